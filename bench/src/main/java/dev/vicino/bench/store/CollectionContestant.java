package dev.vicino.bench.store;

import dev.vicino.store.Collection;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.PointId;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import java.io.IOException;
import java.util.List;

/** A collection of ours, searched under a filter. */
record CollectionContestant(String name, Collection collection, Filter filter) implements Contestant {
    @Override
    public long[] answer(float[] query, int k, int effort) throws IOException {
        List<ScoredPoint> found = collection
                .search(SearchRequest.of(Query.of(query), k).withFilter(filter).withEffort(effort))
                .points();
        long[] rows = new long[found.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = ((PointId.Numeric) found.get(i).id()).value();
        }
        return rows;
    }
}
