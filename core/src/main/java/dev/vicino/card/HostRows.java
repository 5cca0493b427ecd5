package dev.vicino.card;

import java.lang.foreign.MemorySegment;

/** Rows in main memory, and what bounds of their distances take of each. */
public interface HostRows {
    /** Rows, n. */
    int size();

    /** Values in a row, d. */
    int dimension();

    /** n·d float32, row-major, at no particular alignment. */
    MemorySegment values();

    /**
     * The scale and the term of {@code count} rows from {@code from} on; {@link BoundedQuery} says what for. The scale of a row that
     * has no bounds is NaN.
     */
    void terms(int from, int count, float[] scales, float[] terms);
}
