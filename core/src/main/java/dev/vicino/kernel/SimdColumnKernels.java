package dev.vicino.kernel;

import static dev.vicino.kernel.RowKernels.PARTIAL_SUMS;
import static dev.vicino.kernel.Simd.F32;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;

/**
 * By the Vector API, one entry a lane. Every sum has its loops for itself: they run for some tens of nanoseconds, and a choice inside them
 * would take as long. Partial sums go to the scratch memory and are folded from there, since a vector that crosses a call may be boxed.
 */
final class SimdColumnKernels implements ColumnKernels {
    @Override
    public void dot(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < sums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = i; c < query.length; c += PARTIAL_SUMS) {
                    sum = FloatVector.fromArray(F32, columns, c * stride + entry)
                            .fma(FloatVector.broadcast(F32, query[c]), sum);
                }
                sum.intoArray(scratch, i * Simd.LANES);
            }
            fold(scratch, sums, out, entry);
        }
    }

    @Override
    public void squaredL2(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < sums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = i; c < query.length; c += PARTIAL_SUMS) {
                    FloatVector difference = FloatVector.fromArray(F32, columns, c * stride + entry)
                            .sub(query[c]);
                    sum = difference.fma(difference, sum);
                }
                sum.intoArray(scratch, i * Simd.LANES);
            }
            fold(scratch, sums, out, entry);
        }
    }

    @Override
    public void l1(float[] query, float[] columns, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < sums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = i; c < query.length; c += PARTIAL_SUMS) {
                    sum = sum.add(FloatVector.fromArray(F32, columns, c * stride + entry)
                            .sub(query[c])
                            .abs());
                }
                sum.intoArray(scratch, i * Simd.LANES);
            }
            fold(scratch, sums, out, entry);
        }
    }

    @Override
    public void greatestDot(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < sums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = i; c < query.length; c += PARTIAL_SUMS) {
                    float q = query[c];
                    sum = FloatVector.fromArray(F32, q < 0 ? low : high, c * stride + entry)
                            .fma(FloatVector.broadcast(F32, q), sum);
                }
                sum.intoArray(scratch, i * Simd.LANES);
            }
            fold(scratch, sums, out, entry);
        }
    }

    @Override
    public void leastSquaredL2(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < sums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = i; c < query.length; c += PARTIAL_SUMS) {
                    int at = c * stride + entry;
                    FloatVector below = FloatVector.fromArray(F32, low, at).sub(query[c]);
                    FloatVector above = FloatVector.broadcast(F32, query[c]).sub(FloatVector.fromArray(F32, high, at));
                    FloatVector outside = below.max(above).max(0);
                    sum = outside.fma(outside, sum);
                }
                sum.intoArray(scratch, i * Simd.LANES);
            }
            fold(scratch, sums, out, entry);
        }
    }

    @Override
    public void leastL1(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch) {
        int sums = ColumnKernels.partialSums(query.length, PARTIAL_SUMS);
        for (int entry = 0; entry < stride; entry += Simd.LANES) {
            for (int i = 0; i < sums; i++) {
                FloatVector sum = FloatVector.zero(F32);
                for (int c = i; c < query.length; c += PARTIAL_SUMS) {
                    int at = c * stride + entry;
                    FloatVector below = FloatVector.fromArray(F32, low, at).sub(query[c]);
                    FloatVector above = FloatVector.broadcast(F32, query[c]).sub(FloatVector.fromArray(F32, high, at));
                    sum = sum.add(below.max(above).max(0));
                }
                sum.intoArray(scratch, i * Simd.LANES);
            }
            fold(scratch, sums, out, entry);
        }
    }

    /** Adds partial sums in halves, as those of rows are. */
    private static void fold(float[] sums, int count, float[] out, int entry) {
        for (int half = count / 2; half > 0; half /= 2) {
            for (int i = 0; i < half; i++) {
                FloatVector.fromArray(F32, sums, i * Simd.LANES)
                        .add(FloatVector.fromArray(F32, sums, (i + half) * Simd.LANES))
                        .intoArray(sums, i * Simd.LANES);
            }
        }
        FloatVector.fromArray(F32, sums, 0).intoArray(out, entry);
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
