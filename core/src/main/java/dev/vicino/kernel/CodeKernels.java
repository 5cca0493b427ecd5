package dev.vicino.kernel;

/**
 * A query compared with rows of {@link Codes}, in whole numbers. The caller makes sure that no sum of a segment leaves 16 bits.
 */
public sealed interface CodeKernels permits ScalarCodeKernels, SimdCodeKernels {
    /** Whether codes are compared faster than the floats they stand for. */
    boolean areFast();

    /**
     * Σ cᵢ·qᵢ for {@code count} rows from {@code from} on.
     *
     * @param query as many values as the codes are wide
     * @param codes laid out in rows
     */
    void dot(short[] query, Codes codes, int from, int count, int[] out);

    /**
     * As {@link #dot} for pairs of a query and a row, each by itself.
     *
     * @param queries one after the other, as many values each as the codes are wide
     * @param lanes which query
     * @param rows which row
     * @param count pairs
     */
    void dotPairs(short[] queries, int[] lanes, Codes codes, int[] rows, int count, int[] out);

    /**
     * As {@link #dot} for codes laid out in blocks.
     *
     * @param query the values in the places that the layout gives them
     * @param from a multiple of {@link Codes#BLOCK}
     * @param out as long as the next such multiple from {@code count} on
     */
    void dotBlocks(short[] query, Codes codes, int from, int count, int[] out);

    /** Σ|cᵢ−qᵢ| for codes laid out in rows. */
    void l1(short[] query, Codes codes, int from, int count, int[] out);

    /**
     * Lower bounds from sums over codes: offset + terms − scales·(factor·sum + margin) − tails·tail, one a row.
     *
     * @param lower filled from the front
     */
    void bounds(
            int[] sums,
            int count,
            float[] scales,
            float[] terms,
            float[] tails,
            float factor,
            float margin,
            float tail,
            float offset,
            float[] lower);
}
