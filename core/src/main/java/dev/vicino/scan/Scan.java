package dev.vicino.scan;

import dev.vicino.format.IndexFileWriter;
import org.jspecify.annotations.Nullable;

/**
 * Exact search over rows: one query or many, all scans with the same answers. Safe for use by any number of threads. Whoever calls
 * keeps the memory of the rows alive.
 */
public sealed interface Scan extends AutoCloseable permits ExactScan, CardScan {
    /**
     * What is found for one query.
     *
     * @param allowed which rows may be found; null for all
     * @param stop when to end with what has been found so far
     */
    Hits search(float[] values, Goal goal, @Nullable Bitmap allowed, int threads, Stop stop);

    /** As {@link #search} for each of many queries, in their order. */
    Hits[] searchAll(float[][] queries, Goal goal, @Nullable Bitmap allowed, int threads, Stop stop);

    /** Adds the codes, where there are any, to a file that is to be. */
    void addTo(IndexFileWriter writer);

    /**
     * Copies mapped codes to memory of their own, on large pages; searches take the copy once it is whole. Whoever calls keeps the
     * file open meanwhile.
     */
    void load();

    /** Memory of the codes. */
    long bytes();

    @Override
    void close();
}
