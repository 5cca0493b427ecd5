package dev.vicino.kernel;

/** A query compared with float32 rows that lie one behind the other, and which of them are near. */
public sealed interface RowKernels permits ScalarRowKernels, SimdRowKernels {
    /**
     * Partial sums of a row: value i goes to sum i mod 16, by fused multiply-adds in rising i, and the sums are folded in halves (j with
     * j+8, then j+4, j+2, j+1). The order is the same at every vector width, so that a score is the same number on every machine that has
     * SIMD.
     */
    int PARTIAL_SUMS = 16;

    /** x·q for {@code count} rows from {@code from} on, into {@code out[0, count)}. */
    void dot(float[] query, Rows rows, int from, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, Rows rows, int from, int count, float[] out);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, Rows rows, int from, int count, float[] out);

    /**
     * The positions of the values that are at most a threshold, in rising order.
     *
     * @param positions at least {@code count} long; filled from the front
     * @return how many there are
     */
    int atMost(float[] values, int count, float threshold, int[] positions);
}
