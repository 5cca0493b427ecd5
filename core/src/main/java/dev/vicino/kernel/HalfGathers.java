package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/** As {@link RowGathers} for rows of float16, finite values of IEEE 754 binary16, two bytes each. */
public sealed interface HalfGathers permits ScalarHalfGathers, SimdHalfGathers {
    /** Queries are as long as a multiple of this, and so are the rows, filled up with zeros. */
    int ALIGNMENT = 16;

    /** x·q of the rows in {@code count} slots, into {@code out[0, count)}. */
    void dot(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, Slots rows, int[] slots, int count, float[] out);
}
