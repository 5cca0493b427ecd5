package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Plain loops. A row is copied to an array and summed in {@value #LANES} independent sums, because the JIT vectorises a loop over arrays
 * whose iterations do not depend on each other, and never the sum of a row in one variable.
 */
final class ScalarRowKernels implements RowKernels {
    static final int LANES = 64;

    @Override
    public void dot(float[] query, Rows rows, int from, int count, float[] out) {
        float[] row = new float[query.length];
        float[] sums = new float[LANES];
        for (int r = 0; r < count; r++) {
            out[r] = dot(query, rows.base(), rows.at(from + r), row, sums);
        }
    }

    /** Of one row; the arrays are overwritten. */
    static float dot(float[] query, MemorySegment base, long at, float[] row, float[] sums) {
        int d = query.length;
        MemorySegment.copy(base, Memory.FLOAT, at, row, 0, d);
        Arrays.fill(sums, 0);
        int i = 0;
        for (; i <= d - LANES; i += LANES) {
            addProducts(row, query, i, LANES, sums);
        }
        addProducts(row, query, i, d - i, sums);
        return fold(sums);
    }

    @Override
    public void squaredL2(float[] query, Rows rows, int from, int count, float[] out) {
        float[] row = new float[query.length];
        float[] sums = new float[LANES];
        for (int r = 0; r < count; r++) {
            out[r] = squaredL2(query, rows.base(), rows.at(from + r), row, sums);
        }
    }

    /** Of one row; the arrays are overwritten. */
    static float squaredL2(float[] query, MemorySegment base, long at, float[] row, float[] sums) {
        int d = query.length;
        MemorySegment.copy(base, Memory.FLOAT, at, row, 0, d);
        Arrays.fill(sums, 0);
        int i = 0;
        for (; i <= d - LANES; i += LANES) {
            addSquares(row, query, i, LANES, sums);
        }
        addSquares(row, query, i, d - i, sums);
        return fold(sums);
    }

    @Override
    public void l1(float[] query, Rows rows, int from, int count, float[] out) {
        float[] row = new float[query.length];
        float[] sums = new float[LANES];
        for (int r = 0; r < count; r++) {
            out[r] = l1(query, rows.base(), rows.at(from + r), row, sums);
        }
    }

    /** Of one row; the arrays are overwritten. */
    static float l1(float[] query, MemorySegment base, long at, float[] row, float[] sums) {
        int d = query.length;
        MemorySegment.copy(base, Memory.FLOAT, at, row, 0, d);
        Arrays.fill(sums, 0);
        int i = 0;
        for (; i <= d - LANES; i += LANES) {
            addDifferences(row, query, i, LANES, sums);
        }
        addDifferences(row, query, i, d - i, sums);
        return fold(sums);
    }

    private static void addProducts(float[] x, float[] q, int from, int count, float[] sums) {
        for (int j = 0; j < count; j++) {
            sums[j] += x[from + j] * q[from + j];
        }
    }

    private static void addSquares(float[] x, float[] q, int from, int count, float[] sums) {
        for (int j = 0; j < count; j++) {
            float difference = x[from + j] - q[from + j];
            sums[j] += difference * difference;
        }
    }

    private static void addDifferences(float[] x, float[] q, int from, int count, float[] sums) {
        for (int j = 0; j < count; j++) {
            sums[j] += Math.abs(x[from + j] - q[from + j]);
        }
    }

    private static float fold(float[] sums) {
        for (int half = LANES / 2; half > 0; half /= 2) {
            for (int j = 0; j < half; j++) {
                sums[j] += sums[j + half];
            }
        }
        return sums[0];
    }

    @Override
    public int atMost(float[] values, int count, float threshold, int[] positions) {
        int found = 0;
        for (int i = 0; i < count; i++) {
            if (values[i] <= threshold) {
                positions[found++] = i;
            }
        }
        return found;
    }
}
