package dev.vicino;

/**
 * How a search is done.
 *
 * @param threads how many threads work on it, the caller's own among them; at least 1. One query is divided by rows, many by query.
 */
public record SearchOptions(int threads) {
    /** One thread: the caller's. */
    public static final SearchOptions DEFAULT = new SearchOptions(1);

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    public SearchOptions {
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + ", expected at least 1");
        }
    }

    /** These options with another number of threads. */
    public SearchOptions withThreads(int threads) {
        return new SearchOptions(threads);
    }
}
