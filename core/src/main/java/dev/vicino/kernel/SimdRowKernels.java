package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.DOWN1;
import static dev.vicino.kernel.Simd.DOWN2;
import static dev.vicino.kernel.Simd.DOWN4;
import static dev.vicino.kernel.Simd.DOWN8;
import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.LE;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * By the Vector API, one body for every width up to 512 bits.
 *
 * <p>Rows are read strictly in order, one at a time with one vector of sums: several streams, or more sums, are faster in the
 * cache and slower by half from memory, where the hardware's prefetcher wants one stream.
 */
final class SimdRowKernels implements RowKernels {
    @Override
    public void dot(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        assert query.length == d && from >= 0 && from + count <= rows.size();
        long stride = rows.stride();
        long row = rows.at(from);
        for (int r = 0; r < count; r++, row += stride) {
            out[r] = dot(query, row, d);
        }
    }

    @Override
    public void squaredL2(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        assert query.length == d && from >= 0 && from + count <= rows.size();
        long stride = rows.stride();
        long row = rows.at(from);
        for (int r = 0; r < count; r++, row += stride) {
            out[r] = squaredL2(query, row, d);
        }
    }

    @Override
    public void l1(float[] query, Rows rows, int from, int count, float[] out) {
        int d = rows.dimension();
        assert query.length == d && from >= 0 && from + count <= rows.size();
        long stride = rows.stride();
        long row = rows.at(from);
        for (int r = 0; r < count; r++, row += stride) {
            out[r] = l1(query, row, d);
        }
    }

    /*
     * Each of the three sums a row in PARTIAL_SUMS sums, in one, two or four vectors; LANES is a constant, so the JIT drops the branches of
     * other widths. The vectors are folded in halves, always in the same order: reduceLanes promises none, and compiled code differs from
     * interpreted. All of it stands in one method, three times over, because a vector that crosses a call which is not inlined is boxed, at
     * a hundred times the cost of the call.
     */

    static float dot(float[] q, long x, int d) {
        FloatVector sum0 = FloatVector.zero(F32);
        FloatVector sum1 = FloatVector.zero(F32);
        FloatVector sum2 = FloatVector.zero(F32);
        FloatVector sum3 = FloatVector.zero(F32);
        int i = 0;
        for (; i <= d - PARTIAL_SUMS; i += PARTIAL_SUMS) {
            sum0 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, q, i), sum0);
            if (LANES <= 8) {
                sum1 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, q, i + LANES), sum1);
            }
            if (LANES == 4) {
                sum2 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, q, i + 2 * LANES), sum2);
                sum3 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, q, i + 3 * LANES), sum3);
            }
        }
        if (i < d) {
            VectorMask<Float> rest = F32.indexInRange(i, d);
            sum0 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN, rest)
                    .fma(FloatVector.fromArray(F32, q, i, rest), sum0);
            if (LANES <= 8) {
                rest = F32.indexInRange(i + LANES, d);
                sum1 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN, rest)
                        .fma(FloatVector.fromArray(F32, q, i + LANES, rest), sum1);
            }
            if (LANES == 4) {
                rest = F32.indexInRange(i + 2 * LANES, d);
                sum2 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN, rest)
                        .fma(FloatVector.fromArray(F32, q, i + 2 * LANES, rest), sum2);
                rest = F32.indexInRange(i + 3 * LANES, d);
                sum3 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN, rest)
                        .fma(FloatVector.fromArray(F32, q, i + 3 * LANES, rest), sum3);
            }
        }
        if (LANES == 16) {
            sum0 = sum0.add(sum0.rearrange(DOWN8));
        } else if (LANES == 8) {
            sum0 = sum0.add(sum1);
        } else {
            sum0 = sum0.add(sum2).add(sum1.add(sum3));
        }
        if (LANES >= 8) {
            sum0 = sum0.add(sum0.rearrange(DOWN4));
        }
        sum0 = sum0.add(sum0.rearrange(DOWN2));
        return sum0.add(sum0.rearrange(DOWN1)).lane(0);
    }

    static float squaredL2(float[] q, long x, int d) {
        FloatVector sum0 = FloatVector.zero(F32);
        FloatVector sum1 = FloatVector.zero(F32);
        FloatVector sum2 = FloatVector.zero(F32);
        FloatVector sum3 = FloatVector.zero(F32);
        FloatVector difference;
        int i = 0;
        for (; i <= d - PARTIAL_SUMS; i += PARTIAL_SUMS) {
            difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, q, i));
            sum0 = difference.fma(difference, sum0);
            if (LANES <= 8) {
                difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, q, i + LANES));
                sum1 = difference.fma(difference, sum1);
            }
            if (LANES == 4) {
                difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, q, i + 2 * LANES));
                sum2 = difference.fma(difference, sum2);
                difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, q, i + 3 * LANES));
                sum3 = difference.fma(difference, sum3);
            }
        }
        if (i < d) {
            VectorMask<Float> rest = F32.indexInRange(i, d);
            difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN, rest)
                    .sub(FloatVector.fromArray(F32, q, i, rest));
            sum0 = difference.fma(difference, sum0);
            if (LANES <= 8) {
                rest = F32.indexInRange(i + LANES, d);
                difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN, rest)
                        .sub(FloatVector.fromArray(F32, q, i + LANES, rest));
                sum1 = difference.fma(difference, sum1);
            }
            if (LANES == 4) {
                rest = F32.indexInRange(i + 2 * LANES, d);
                difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN, rest)
                        .sub(FloatVector.fromArray(F32, q, i + 2 * LANES, rest));
                sum2 = difference.fma(difference, sum2);
                rest = F32.indexInRange(i + 3 * LANES, d);
                difference = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN, rest)
                        .sub(FloatVector.fromArray(F32, q, i + 3 * LANES, rest));
                sum3 = difference.fma(difference, sum3);
            }
        }
        if (LANES == 16) {
            sum0 = sum0.add(sum0.rearrange(DOWN8));
        } else if (LANES == 8) {
            sum0 = sum0.add(sum1);
        } else {
            sum0 = sum0.add(sum2).add(sum1.add(sum3));
        }
        if (LANES >= 8) {
            sum0 = sum0.add(sum0.rearrange(DOWN4));
        }
        sum0 = sum0.add(sum0.rearrange(DOWN2));
        return sum0.add(sum0.rearrange(DOWN1)).lane(0);
    }

    static float l1(float[] q, long x, int d) {
        FloatVector sum0 = FloatVector.zero(F32);
        FloatVector sum1 = FloatVector.zero(F32);
        FloatVector sum2 = FloatVector.zero(F32);
        FloatVector sum3 = FloatVector.zero(F32);
        int i = 0;
        for (; i <= d - PARTIAL_SUMS; i += PARTIAL_SUMS) {
            sum0 = sum0.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, q, i))
                    .abs());
            if (LANES <= 8) {
                sum1 = sum1.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, q, i + LANES))
                        .abs());
            }
            if (LANES == 4) {
                sum2 = sum2.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, q, i + 2 * LANES))
                        .abs());
                sum3 = sum3.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, q, i + 3 * LANES))
                        .abs());
            }
        }
        if (i < d) {
            VectorMask<Float> rest = F32.indexInRange(i, d);
            sum0 = sum0.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN, rest)
                    .sub(FloatVector.fromArray(F32, q, i, rest))
                    .abs());
            if (LANES <= 8) {
                rest = F32.indexInRange(i + LANES, d);
                sum1 = sum1.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN, rest)
                        .sub(FloatVector.fromArray(F32, q, i + LANES, rest))
                        .abs());
            }
            if (LANES == 4) {
                rest = F32.indexInRange(i + 2 * LANES, d);
                sum2 = sum2.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN, rest)
                        .sub(FloatVector.fromArray(F32, q, i + 2 * LANES, rest))
                        .abs());
                rest = F32.indexInRange(i + 3 * LANES, d);
                sum3 = sum3.add(FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN, rest)
                        .sub(FloatVector.fromArray(F32, q, i + 3 * LANES, rest))
                        .abs());
            }
        }
        if (LANES == 16) {
            sum0 = sum0.add(sum0.rearrange(DOWN8));
        } else if (LANES == 8) {
            sum0 = sum0.add(sum1);
        } else {
            sum0 = sum0.add(sum2).add(sum1.add(sum3));
        }
        if (LANES >= 8) {
            sum0 = sum0.add(sum0.rearrange(DOWN4));
        }
        sum0 = sum0.add(sum0.rearrange(DOWN2));
        return sum0.add(sum0.rearrange(DOWN1)).lane(0);
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
