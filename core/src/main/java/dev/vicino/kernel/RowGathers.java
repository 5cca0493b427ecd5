package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/**
 * A query compared with float32 rows that lie anywhere, as a walk meets them. Rows are named by their slots; every call is given a handful
 * of them, so that the reads from memory overlap.
 */
public sealed interface RowGathers permits ScalarRowGathers, SimdRowGathers {
    /** x·q of the rows in {@code count} slots, into {@code out[0, count)}. The order of the sum is fixed on one machine. */
    void dot(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, Slots rows, int[] slots, int count, float[] out);
}
