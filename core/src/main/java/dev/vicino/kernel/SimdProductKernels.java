package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.I32;
import static dev.vicino.kernel.Simd.LANES;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;

/** By the Vector API. */
final class SimdProductKernels implements ProductKernels {
    private static final int GROUP = 2 * LANES;

    @Override
    public int groupSize() {
        return GROUP;
    }

    @Override
    public void products(float[] queries, int group, float[] rows, int count, int d, float[] out) {
        for (int r = 0; r < count; r += TILE_ROWS) {
            tile(queries, group, rows, r * d, d, out, r * GROUP);
        }
    }

    /** Six rows times two vectors of queries: the queries lie in the lanes, so the sums need no folding. */
    private static void tile(float[] queries, int group, float[] rows, int row0, int d, float[] out, int to) {
        FloatVector zero = FloatVector.zero(F32);
        FloatVector a0 = zero;
        FloatVector a1 = zero;
        FloatVector b0 = zero;
        FloatVector b1 = zero;
        FloatVector c0 = zero;
        FloatVector c1 = zero;
        FloatVector d0 = zero;
        FloatVector d1 = zero;
        FloatVector e0 = zero;
        FloatVector e1 = zero;
        FloatVector f0 = zero;
        FloatVector f1 = zero;
        int row1 = row0 + d;
        int row2 = row1 + d;
        int row3 = row2 + d;
        int row4 = row3 + d;
        int row5 = row4 + d;
        for (int i = 0, q = group; i < d; i++, q += GROUP) {
            FloatVector q0 = FloatVector.fromArray(F32, queries, q);
            FloatVector q1 = FloatVector.fromArray(F32, queries, q + LANES);
            FloatVector x = FloatVector.broadcast(F32, rows[row0 + i]);
            a0 = x.fma(q0, a0);
            a1 = x.fma(q1, a1);
            x = FloatVector.broadcast(F32, rows[row1 + i]);
            b0 = x.fma(q0, b0);
            b1 = x.fma(q1, b1);
            x = FloatVector.broadcast(F32, rows[row2 + i]);
            c0 = x.fma(q0, c0);
            c1 = x.fma(q1, c1);
            x = FloatVector.broadcast(F32, rows[row3 + i]);
            d0 = x.fma(q0, d0);
            d1 = x.fma(q1, d1);
            x = FloatVector.broadcast(F32, rows[row4 + i]);
            e0 = x.fma(q0, e0);
            e1 = x.fma(q1, e1);
            x = FloatVector.broadcast(F32, rows[row5 + i]);
            f0 = x.fma(q0, f0);
            f1 = x.fma(q1, f1);
        }
        a0.intoArray(out, to);
        a1.intoArray(out, to + LANES);
        b0.intoArray(out, to + 2 * LANES);
        b1.intoArray(out, to + 3 * LANES);
        c0.intoArray(out, to + 4 * LANES);
        c1.intoArray(out, to + 5 * LANES);
        d0.intoArray(out, to + 6 * LANES);
        d1.intoArray(out, to + 7 * LANES);
        e0.intoArray(out, to + 8 * LANES);
        e1.intoArray(out, to + 9 * LANES);
        f0.intoArray(out, to + 10 * LANES);
        f1.intoArray(out, to + 11 * LANES);
    }

    @Override
    public void tables(float[] values, int[] starts, float[] codebooks, int size, float[] out) {
        for (int part = 0; part < starts.length - 1; part++) {
            int end = starts[part + 1];
            for (int v = 0; v < size; v += LANES) {
                FloatVector sum = FloatVector.zero(F32);
                for (int i = starts[part]; i < end; i++) {
                    sum = FloatVector.fromArray(F32, codebooks, i * size + v)
                            .fma(FloatVector.broadcast(F32, values[i]), sum);
                }
                sum.intoArray(out, part * size + v);
            }
        }
    }

    @Override
    public void least(float[] products, int count, float[] offsets, int group, float[] least, int[] groupOf) {
        for (int half = 0; half < GROUP; half += LANES) {
            FloatVector offset = FloatVector.fromArray(F32, offsets, group * GROUP + half);
            for (int place = half; place < count * GROUP; place += GROUP) {
                FloatVector value = offset.sub(FloatVector.fromArray(F32, products, place));
                VectorMask<Float> less = value.compare(LT, FloatVector.fromArray(F32, least, place));
                if (less.anyTrue()) {
                    value.intoArray(least, place, less);
                    IntVector.broadcast(I32, group).intoArray(groupOf, place, less.cast(I32));
                }
            }
        }
    }

    @Override
    public int bounded(
            float[] products,
            int count,
            float[] scales,
            float[] terms,
            float[] factors,
            float[] offsets,
            float[] thresholds,
            int query,
            float[] lower,
            int[] places) {
        int found = 0;
        for (int half = 0; half < GROUP; half += LANES) {
            FloatVector factor = FloatVector.fromArray(F32, factors, query + half);
            FloatVector offset = FloatVector.fromArray(F32, offsets, query + half);
            FloatVector threshold = FloatVector.fromArray(F32, thresholds, query + half);
            for (int r = 0; r < count; r++) {
                int place = r * GROUP + half;
                FloatVector rest = factor.fma(FloatVector.broadcast(F32, terms[r]), offset);
                FloatVector bound =
                        FloatVector.fromArray(F32, products, place).fma(FloatVector.broadcast(F32, scales[r]), rest);
                long near = bound.compare(LE, threshold).toLong();
                if (near != 0) {
                    bound.intoArray(lower, place);
                    for (; near != 0; near &= near - 1) {
                        places[found++] = place + Long.numberOfTrailingZeros(near);
                    }
                }
            }
        }
        return found;
    }
}
