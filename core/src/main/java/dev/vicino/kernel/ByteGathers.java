package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/** As {@link RowGathers} for codes of a signed byte a value. */
public sealed interface ByteGathers permits ScalarByteGathers, SimdByteGathers {
    /** Weights, steps and offsets are as long as a multiple of this, and so are the codes, filled up with zeros. */
    int ALIGNMENT = 16;

    /** Σ cᵢ·wᵢ of the codes in {@code count} slots, into {@code out[0, count)}. */
    void dot(float[] weights, Slots codes, int[] slots, int count, float[] out);

    /** Σ(cᵢ·sᵢ + oᵢ)² likewise. */
    void squaredL2(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out);

    /** Σ|cᵢ·sᵢ + oᵢ| likewise. */
    void l1(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out);
}
