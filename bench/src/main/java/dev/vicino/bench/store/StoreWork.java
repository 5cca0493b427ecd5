package dev.vicino.bench.store;

import dev.vicino.command.Labels;

/** What can be measured; each is some rows of the table. */
enum StoreWork {
    /** Durable writes of batches and of single points. */
    UPSERT,
    /** The same while a graph takes the points in. */
    LIVE,
    /** Searches through the collection beside the bare index. */
    SEARCH,
    /** Filters beside none. */
    FILTERED,
    /** Searches while another index is built. */
    BUILD,
    /** Opening, until the first answer. */
    OPEN,
    /** Stores in memory of other libraries. */
    MEMORY_STORES,
    /** Filtered search of Lucene. */
    LUCENE;

    /** The name on the command line and in the table. */
    @Override
    public String toString() {
        return Labels.of(this);
    }
}
