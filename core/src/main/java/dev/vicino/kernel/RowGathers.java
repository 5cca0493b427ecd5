package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/**
 * Queries compared with float32 rows that lie anywhere, as a walk meets them. Every call is given a handful of rows, so that the reads
 * from memory overlap. The results are those of {@link RowKernels}, bit for bit.
 */
public sealed interface RowGathers permits ScalarRowGathers, SimdRowGathers {
    /** x·q of the rows in {@code count} slots, into {@code out[0, count)}. */
    void dot(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, Slots rows, int[] slots, int count, float[] out);

    /**
     * x·q of pairs of a query and a row, into {@code out[0, count)}.
     *
     * @param queries one for each pair
     * @param which row each pair is of
     */
    void dotPairs(float[][] queries, Rows rows, int[] which, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2Pairs(float[][] queries, Rows rows, int[] which, int count, float[] out);
}
