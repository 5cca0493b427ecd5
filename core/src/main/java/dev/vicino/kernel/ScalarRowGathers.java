package dev.vicino.kernel;

import dev.vicino.memory.Slots;

/** Row by row, as {@link ScalarRowKernels} does. */
final class ScalarRowGathers implements RowGathers {
    private static final int SUMS = ScalarRowKernels.LANES;

    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        float[] row = new float[query.length];
        float[] sums = new float[SUMS];
        for (int i = 0; i < count; i++) {
            out[i] = ScalarRowKernels.dot(query, rows.base(slots[i]), rows.at(slots[i]), row, sums);
        }
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        float[] row = new float[query.length];
        float[] sums = new float[SUMS];
        for (int i = 0; i < count; i++) {
            out[i] = ScalarRowKernels.squaredL2(query, rows.base(slots[i]), rows.at(slots[i]), row, sums);
        }
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        float[] row = new float[query.length];
        float[] sums = new float[SUMS];
        for (int i = 0; i < count; i++) {
            out[i] = ScalarRowKernels.l1(query, rows.base(slots[i]), rows.at(slots[i]), row, sums);
        }
    }

    @Override
    public void dotPairs(float[][] queries, Rows rows, int[] which, int count, float[] out) {
        float[] row = new float[rows.dimension()];
        float[] sums = new float[SUMS];
        for (int i = 0; i < count; i++) {
            out[i] = ScalarRowKernels.dot(queries[i], rows.base(), rows.at(which[i]), row, sums);
        }
    }

    @Override
    public void squaredL2Pairs(float[][] queries, Rows rows, int[] which, int count, float[] out) {
        float[] row = new float[rows.dimension()];
        float[] sums = new float[SUMS];
        for (int i = 0; i < count; i++) {
            out[i] = ScalarRowKernels.squaredL2(queries[i], rows.base(), rows.at(which[i]), row, sums);
        }
    }
}
