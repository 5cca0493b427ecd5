package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/** By the Vector API, one entry a lane. */
final class SimdColumnKernels implements ColumnKernels {
    @Override
    public void dot(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.DOT, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void squaredL2(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.SQUARED_L2, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void l1(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.L1, query, columns, columns, stride, out, scratch);
    }

    @Override
    public void greatestDot(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.GREATEST_DOT, query, low, high, stride, out, scratch);
    }

    @Override
    public void leastSquaredL2(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.LEAST_SQUARED_L2, query, low, high, stride, out, scratch);
    }

    @Override
    public void leastL1(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        sum(ColumnSum.LEAST_L1, query, low, high, stride, out, scratch);
    }

    /** All in one method: a vector that crosses a call which is not inlined is boxed. */
    private static void sum(
            ColumnSum kind, float[] query, float[] low, float[] high, int stride, float[] out, float[] waiting) {
        int partialSums = ColumnSum.partialSums(query.length, RowKernels.PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < partialSums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = ColumnSum.inTurn(i, partialSums); c < query.length; c += RowKernels.PARTIAL_SUMS) {
                    float q = query[c];
                    int at = c * stride + entry;
                    switch (kind) {
                        case DOT -> sum = FloatVector.fromArray(F32, low, at).fma(FloatVector.broadcast(F32, q), sum);
                        case SQUARED_L2 -> {
                            FloatVector difference =
                                    FloatVector.fromArray(F32, low, at).sub(q);
                            sum = difference.fma(difference, sum);
                        }
                        case L1 ->
                            sum = sum.add(
                                    FloatVector.fromArray(F32, low, at).sub(q).abs());
                        case GREATEST_DOT ->
                            sum = FloatVector.fromArray(F32, q < 0 ? low : high, at)
                                    .fma(FloatVector.broadcast(F32, q), sum);
                        case LEAST_SQUARED_L2 -> {
                            FloatVector below =
                                    FloatVector.fromArray(F32, low, at).sub(q);
                            FloatVector above = FloatVector.broadcast(F32, q).sub(FloatVector.fromArray(F32, high, at));
                            FloatVector outside = below.max(above).max(0);
                            sum = outside.fma(outside, sum);
                        }
                        case LEAST_L1 -> {
                            FloatVector below =
                                    FloatVector.fromArray(F32, low, at).sub(q);
                            FloatVector above = FloatVector.broadcast(F32, q).sub(FloatVector.fromArray(F32, high, at));
                            sum = sum.add(below.max(above).max(0));
                        }
                    }
                }
                int level = 0;
                for (int rest = i; (rest & 1) != 0; rest >>= 1) {
                    sum = FloatVector.fromArray(F32, waiting, level).add(sum);
                    level += Simd.LANES;
                }
                sum.intoArray(waiting, level);
                if (i == partialSums - 1) {
                    sum.intoArray(out, entry);
                }
            }
        }
    }

    @Override
    public long atMost(float[] values, int count, float threshold) {
        long found = 0;
        for (int i = 0; i < count; i += Simd.LANES) {
            found |=
                    FloatVector.fromArray(F32, values, i).compare(LE, threshold).toLong() << i;
        }
        return count == Long.SIZE ? found : found & (1L << count) - 1;
    }
}
