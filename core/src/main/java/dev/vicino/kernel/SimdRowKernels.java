package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/**
 * By the Vector API, one body for every width up to 512 bits.
 *
 * <p>Rows are read strictly in order, one at a time: several streams are faster in the cache and slower by half from memory, where the
 * hardware's prefetcher wants one stream.
 *
 * <p>{@link SimdDot}, {@link SimdSquaredL2} and {@link SimdL1} add up a row in one, two or four vectors, a long row in twice as many;
 * LANES is a constant, so the JIT drops the branches of other widths. The vectors are folded in halves, always in the same order:
 * reduceLanes promises none, and compiled code differs from interpreted. All of a sum stands in one method, and again for every sum and
 * for four rows, because a vector that crosses a call which is not inlined is boxed, at a hundred times the cost of the call.
 */
final class SimdRowKernels implements RowKernels {
    @Override
    public void dot(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        assert query.length == d && from >= 0 && from + count <= rows.size();
        long stride = rows.stride();
        long row = rows.at(from);
        for (int r = 0; r < count; r++, row += stride) {
            out[r] = SimdDot.of(query, row, d);
        }
    }

    @Override
    public void squaredL2(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        assert query.length == d && from >= 0 && from + count <= rows.size();
        long stride = rows.stride();
        long row = rows.at(from);
        for (int r = 0; r < count; r++, row += stride) {
            out[r] = SimdSquaredL2.of(query, row, d);
        }
    }

    @Override
    public void l1(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        assert query.length == d && from >= 0 && from + count <= rows.size();
        long stride = rows.stride();
        long row = rows.at(from);
        for (int r = 0; r < count; r++, row += stride) {
            out[r] = SimdL1.of(query, row, d);
        }
    }

    @Override
    public int atMost(float[] values, int count, float threshold, int[] positions) {
        int found = 0;
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            long near =
                    FloatVector.fromArray(F32, values, i).compare(LE, threshold).toLong();
            for (; near != 0; near &= near - 1) {
                positions[found++] = i + Long.numberOfTrailingZeros(near);
            }
        }
        for (; i < count; i++) {
            if (values[i] <= threshold) {
                positions[found++] = i;
            }
        }
        return found;
    }
}
