package dev.vicino.rows;

import dev.vicino.scan.Parallel;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Points that any number of threads search and change at once, no search waiting for a change: what lies under an index that changes.
 * Whoever calls holds the lifetime of the rows meanwhile.
 */
public interface LivePoints extends AutoCloseable {
    /**
     * The k nearest that are found.
     *
     * @param effort how far to look
     * @param rerank how many of those found by code are compared again; 0 to go by the error of the code
     * @param allowed which may be found; null for all
     * @throws IllegalArgumentException for a query of another dimension or with a value that is not finite
     */
    Found search(float[] query, int k, int effort, int rerank, @Nullable Allowed allowed, Stop stop);

    /**
     * The k nearest of all that are found for each of many queries: the answers of {@link #search} without a filter, that of each query.
     *
     * @param threads most that search
     * @param stop of all together
     */
    default Found[] searchAll(
            IntFunction<float[]> queries, int count, int k, int effort, int rerank, int threads, Stop stop) {
        Found[] found = new Found[count];
        Parallel.run(count, threads, i -> found[i] = search(queries.apply(i), k, effort, rerank, null, stop));
        return found;
    }

    /** All within a distance that are found. */
    Found searchWithin(float[] query, float radius, int effort, @Nullable Allowed allowed, Stop stop);

    /** The k nearest of all, each compared. */
    Found searchExactly(float[] query, int k, @Nullable Allowed allowed, Stop stop);

    /** All within a distance, each compared. */
    Found searchExactlyWithin(float[] query, float radius, @Nullable Allowed allowed, Stop stop);

    /** Does what relies on slots: none is given to another point until it is done, though points may be removed, or be in other slots. */
    <T> T reading(Supplier<T> work);

    /** The points of some ids. */
    Allowed allowed(long[] wanted, LongPredicate isWanted);

    /** Grows with every change; what was derived from ids holds as long as it does not. */
    long version();

    /** Points that are there. */
    int size();

    boolean contains(long id);

    /** Tells the id and the vector of every point, in the order of their slots. The sink may change the points. */
    void forEach(Sink sink);

    /** Hears points. */
    interface Sink {
        void accept(long id, float[] vector);
    }

    /**
     * Adds a point.
     *
     * @return false, and nothing is changed, where the id is there already
     * @throws IllegalStateException where a file is damaged in a part that changes rely on; so do all changes; searches go on
     */
    boolean add(long id, float[] vector);

    /**
     * Adds many points, all or none.
     *
     * @param ids all different
     * @param vectors one for each
     * @throws IllegalArgumentException naming an id that is there already
     */
    default void addAll(long[] ids, IntFunction<float[]> vectors, int threads) {
        boolean[] done = new boolean[ids.length];
        try {
            Parallel.run(ids.length, threads, i -> {
                if (!add(ids[i], vectors.apply(i))) {
                    throw isThere(ids[i]);
                }
                done[i] = true;
            });
        } catch (Throwable e) {
            for (int i = 0; i < ids.length; i++) {
                if (done[i]) {
                    remove(ids[i]);
                }
            }
            throw e;
        }
    }

    /** What is said of an id that is not new. */
    static IllegalArgumentException isThere(long id) {
        return new IllegalArgumentException("id " + id + " is there already, expected a new one");
    }

    /** Gives an id another vector, or adds it. */
    void update(long id, float[] vector);

    /** Removes a point; tells whether it was there. */
    boolean remove(long id);

    /** Does at once what is otherwise done bit by bit after removals, so that their room is used again. */
    void reclaim();

    /** Makes anew, of the vectors that are there now, what codes and navigation rest on. Changes wait, searches do not. */
    void learnAnew();

    /** Copies what is mapped and read hot to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    void load();

    /** What the code loses, as {@link dev.vicino.code.Loss} has it; NaN where there is none, or nothing to try it on. */
    double codeLoss();

    /** Memory taken beside the rows that were there to begin with and a mapped file. */
    long bytes();

    /**
     * Looks at all of it.
     *
     * @throws IllegalStateException saying what is wrong
     */
    void check();

    /** Tells all that is there now, renumbered from 0 on. Changes wait until the sink has heard it, searches do not. */
    void save(Snapshot.Sink sink) throws IOException;

    /** Frees what it allocated, once. The lifetime of the rows has ended, so that nobody searches or changes it any more. */
    @Override
    void close();
}
