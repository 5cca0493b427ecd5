package dev.vicino;

import org.jspecify.annotations.Nullable;

/**
 * How a search is done.
 *
 * @param threads how many threads work on it, the caller's own among them; at least 1. One query is divided by rows, many by query.
 * @param filter the ids that may be found; null for all
 */
public record SearchOptions(int threads, @Nullable IdSet filter) {
    /** One thread, the caller's, and no filter. */
    public static final SearchOptions DEFAULT = new SearchOptions(1, null);

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public SearchOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + ", expected at least 1");
        }
    }

    /** These options with another number of threads. */
    public SearchOptions withThreads(int threads) {
        return new SearchOptions(threads, filter);
    }

    /** These options with another filter; null for none. */
    public SearchOptions withFilter(@Nullable IdSet filter) {
        return new SearchOptions(threads, filter);
    }
}
