package dev.vicino;

import dev.vicino.scan.Stop;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How a search is done.
 *
 * @param threads how many threads work on it, the caller's own among them; at least 1. One exact query is divided by rows, many
 *     queries by query.
 * @param filter the ids that may be found; null for all
 * @param effort how far an approximate index looks: of a graph efSearch, the nodes that a walk holds on average; 0 for the index's own choice. Exact search has no use for it.
 * @param rerank how many of those found by code are compared again exactly, where the index does that; 0 to go by the error of the code
 * @param exact whether to compare with every vector, whatever the index is
 * @param timeLimit when a search ends with what it has found so far, {@link Neighbors.Work#complete} being false; null for never
 * @param cancelled asked again and again while a search goes on, from its threads; once true, the search fails with
 *     {@link java.util.concurrent.CancellationException}
 */
public record SearchOptions(
        int threads,
        @Nullable IdSet filter,
        int effort,
        int rerank,
        boolean exact,
        @Nullable Duration timeLimit,
        BooleanSupplier cancelled) {
    /** A higher effort compares everything many times over; it is taken for a mistake. */
    public static final int MAX_EFFORT = 1 << 20;

    /** The clock's zero is arbitrary; nobody waits for a year. */
    private static final Duration LONGEST_LIMIT = Duration.ofDays(365);

    /** One thread, the caller's, no filter, the effort that the index chooses, all the time it needs. */
    public static final SearchOptions DEFAULT = new SearchOptions(1, null, 0, 0, false, null, () -> false);

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public SearchOptions {
        Arguments.checkPositive("threads", threads);
        if (effort < 0 || effort > MAX_EFFORT) {
            throw new IllegalArgumentException("effort = " + effort + ", expected 0.." + MAX_EFFORT);
        }
        if (rerank < 0) {
            throw new IllegalArgumentException("rerank = " + rerank + ", expected at least 0");
        }
        if (timeLimit != null && !timeLimit.isPositive()) {
            throw new IllegalArgumentException("timeLimit = " + timeLimit + ", expected more than 0");
        }
    }

    /** These options with another number of threads. */
    public SearchOptions withThreads(int threads) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** These options with another filter; null for none. */
    public SearchOptions withFilter(@Nullable IdSet filter) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** These options with another effort; 0 for the index's own choice. */
    public SearchOptions withEffort(int effort) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** These options with another number of rows to compare again; 0 to go by the error of the code. */
    public SearchOptions withRerank(int rerank) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** These options, to compare with every vector or not. */
    public SearchOptions withExact(boolean exact) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** These options with another limit of time a query; null for none. */
    public SearchOptions withTimeLimit(@Nullable Duration timeLimit) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** These options with another sign to stop, which must be cheap to ask. */
    public SearchOptions withCancelled(BooleanSupplier cancelled) {
        return new SearchOptions(threads, filter, effort, rerank, exact, timeLimit, cancelled);
    }

    /** When a search that begins now has to end. */
    Stop stop() {
        long deadline = timeLimit == null || timeLimit.compareTo(LONGEST_LIMIT) > 0
                ? Stop.NO_DEADLINE
                : System.nanoTime() + timeLimit.toNanos();
        return new Stop(deadline, cancelled);
    }
}
