package dev.vicino.kernel;

import static dev.vicino.kernel.RowKernels.LONG_ROW;
import static dev.vicino.kernel.RowKernels.PARTIAL_SUMS;
import static dev.vicino.kernel.Simd.DOWN1;
import static dev.vicino.kernel.Simd.DOWN2;
import static dev.vicino.kernel.Simd.DOWN4;
import static dev.vicino.kernel.Simd.DOWN8;
import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/**
 * x·q by the Vector API, of one row and of four, in the order that {@link RowKernels#PARTIAL_SUMS} tells. Rules for all such sums are
 * in {@link SimdRowKernels}.
 */
final class SimdDot {
    private SimdDot() {}

    static float of(float[] q, long x, int d) {
        FloatVector sum0 = FloatVector.zero(F32);
        FloatVector sum1 = FloatVector.zero(F32);
        FloatVector sum2 = FloatVector.zero(F32);
        FloatVector sum3 = FloatVector.zero(F32);

        int i = 0;
        if (d >= LONG_ROW) {
            FloatVector more0 = FloatVector.zero(F32);
            FloatVector more1 = FloatVector.zero(F32);
            FloatVector more2 = FloatVector.zero(F32);
            FloatVector more3 = FloatVector.zero(F32);
            for (; i <= d - 2 * PARTIAL_SUMS; i += 2 * PARTIAL_SUMS) {
                int j = i + PARTIAL_SUMS;
                sum0 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, q, i), sum0);
                more0 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, q, j), more0);
                if (LANES <= 8) {
                    sum1 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + LANES), LITTLE_ENDIAN)
                            .fma(FloatVector.fromArray(F32, q, i + LANES), sum1);
                    more1 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (j + LANES), LITTLE_ENDIAN)
                            .fma(FloatVector.fromArray(F32, q, j + LANES), more1);
                }
                if (LANES == 4) {
                    sum2 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 2 * LANES), LITTLE_ENDIAN)
                            .fma(FloatVector.fromArray(F32, q, i + 2 * LANES), sum2);
                    more2 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (j + 2 * LANES), LITTLE_ENDIAN)
                            .fma(FloatVector.fromArray(F32, q, j + 2 * LANES), more2);
                    sum3 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (i + 3 * LANES), LITTLE_ENDIAN)
                            .fma(FloatVector.fromArray(F32, q, i + 3 * LANES), sum3);
                    more3 = FloatVector.fromMemorySegment(F32, ALL, x + 4L * (j + 3 * LANES), LITTLE_ENDIAN)
                            .fma(FloatVector.fromArray(F32, q, j + 3 * LANES), more3);
                }
            }
            sum0 = sum0.add(more0);
            sum1 = sum1.add(more1);
            sum2 = sum2.add(more2);
            sum3 = sum3.add(more3);
        }
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

    /** Four pairs of query and row of {@link SimdRowGathers#isSideBySide} values, into {@code out[at, at + 4)} but not beyond {@code last}. */
    static void ofFour(
            float[] qa,
            float[] qb,
            float[] qc,
            float[] qe,
            long a,
            long b,
            long c,
            long e,
            float[] out,
            int at,
            int last) {
        FloatVector a0 = FloatVector.zero(F32);
        FloatVector b0 = FloatVector.zero(F32);
        FloatVector c0 = FloatVector.zero(F32);
        FloatVector e0 = FloatVector.zero(F32);
        FloatVector a1 = FloatVector.zero(F32);
        FloatVector b1 = FloatVector.zero(F32);
        FloatVector c1 = FloatVector.zero(F32);
        FloatVector e1 = FloatVector.zero(F32);

        int d = qa.length;
        int i = 0;
        if (LANES == 16 && d >= LONG_ROW) {
            for (; i <= d - 2 * PARTIAL_SUMS; i += 2 * PARTIAL_SUMS) {
                int j = i + PARTIAL_SUMS;
                a0 = FloatVector.fromMemorySegment(F32, ALL, a + 4L * i, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qa, i), a0);
                b0 = FloatVector.fromMemorySegment(F32, ALL, b + 4L * i, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qb, i), b0);
                c0 = FloatVector.fromMemorySegment(F32, ALL, c + 4L * i, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qc, i), c0);
                e0 = FloatVector.fromMemorySegment(F32, ALL, e + 4L * i, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qe, i), e0);
                a1 = FloatVector.fromMemorySegment(F32, ALL, a + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qa, j), a1);
                b1 = FloatVector.fromMemorySegment(F32, ALL, b + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qb, j), b1);
                c1 = FloatVector.fromMemorySegment(F32, ALL, c + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qc, j), c1);
                e1 = FloatVector.fromMemorySegment(F32, ALL, e + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qe, j), e1);
            }
            a0 = a0.add(a1);
            b0 = b0.add(b1);
            c0 = c0.add(c1);
            e0 = e0.add(e1);
        }
        for (; i < d; i += PARTIAL_SUMS) {
            a0 = FloatVector.fromMemorySegment(F32, ALL, a + 4L * i, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qa, i), a0);
            b0 = FloatVector.fromMemorySegment(F32, ALL, b + 4L * i, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qb, i), b0);
            c0 = FloatVector.fromMemorySegment(F32, ALL, c + 4L * i, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qc, i), c0);
            e0 = FloatVector.fromMemorySegment(F32, ALL, e + 4L * i, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qe, i), e0);
            if (LANES == 8) {
                int j = i + LANES;
                a1 = FloatVector.fromMemorySegment(F32, ALL, a + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qa, j), a1);
                b1 = FloatVector.fromMemorySegment(F32, ALL, b + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qb, j), b1);
                c1 = FloatVector.fromMemorySegment(F32, ALL, c + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qc, j), c1);
                e1 = FloatVector.fromMemorySegment(F32, ALL, e + 4L * j, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qe, j), e1);
            }
        }
        a0 = LANES == 16 ? a0.add(a0.rearrange(DOWN8)) : a0.add(a1);
        b0 = LANES == 16 ? b0.add(b0.rearrange(DOWN8)) : b0.add(b1);
        c0 = LANES == 16 ? c0.add(c0.rearrange(DOWN8)) : c0.add(c1);
        e0 = LANES == 16 ? e0.add(e0.rearrange(DOWN8)) : e0.add(e1);
        a0 = a0.add(a0.rearrange(DOWN4));
        b0 = b0.add(b0.rearrange(DOWN4));
        c0 = c0.add(c0.rearrange(DOWN4));
        e0 = e0.add(e0.rearrange(DOWN4));
        a0 = a0.add(a0.rearrange(DOWN2));
        b0 = b0.add(b0.rearrange(DOWN2));
        c0 = c0.add(c0.rearrange(DOWN2));
        e0 = e0.add(e0.rearrange(DOWN2));
        out[at] = a0.add(a0.rearrange(DOWN1)).lane(0);
        out[at + 1] = b0.add(b0.rearrange(DOWN1)).lane(0);
        if (at + 2 <= last) {
            out[at + 2] = c0.add(c0.rearrange(DOWN1)).lane(0);
        }
        if (at + 3 <= last) {
            out[at + 3] = e0.add(e0.rearrange(DOWN1)).lane(0);
        }
    }
}
