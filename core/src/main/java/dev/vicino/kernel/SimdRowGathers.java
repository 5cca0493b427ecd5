package dev.vicino.kernel;

import static dev.vicino.kernel.RowKernels.PARTIAL_SUMS;
import static dev.vicino.kernel.Simd.DOWN1;
import static dev.vicino.kernel.Simd.DOWN2;
import static dev.vicino.kernel.Simd.DOWN4;
import static dev.vicino.kernel.Simd.DOWN8;
import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import dev.vicino.memory.Slots;
import jdk.incubator.vector.FloatVector;

/**
 * By the Vector API. A row anywhere in memory costs a miss of the caches, some hundred nanoseconds, so four rows are read side by side,
 * each with the sums of {@link SimdRowKernels}, in its order.
 *
 * <p>Every sum has its loop over groups of four: one loop for all, with a switch in it, took a fifth longer for rows of 100 values.
 */
final class SimdRowGathers implements RowGathers {
    /**
     * Vectors of 128 bits leave no registers for four rows of {@value RowKernels#PARTIAL_SUMS} sums; and with a rest, which needs masks, the
     * JIT boxes the sums of four.
     */
    private static boolean isSideBySide(int dimension) {
        return LANES > 4 && dimension % PARTIAL_SUMS == 0;
    }

    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(query.length);
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            long a = rows.at(slots[i]);
            long b = rows.at(slots[i + 1]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            dot(query, query, query, query, a, b, c, e, out, i, last);
        }
        for (; i < count; i++) {
            out[i] = SimdRowKernels.dot(query, rows.at(slots[i]), query.length);
        }
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(query.length);
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            long a = rows.at(slots[i]);
            long b = rows.at(slots[i + 1]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            squaredL2(query, query, query, query, a, b, c, e, out, i, last);
        }
        for (; i < count; i++) {
            out[i] = SimdRowKernels.squaredL2(query, rows.at(slots[i]), query.length);
        }
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(query.length);
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            long a = rows.at(slots[i]);
            long b = rows.at(slots[i + 1]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            l1(query, query, query, query, a, b, c, e, out, i, last);
        }
        for (; i < count; i++) {
            out[i] = SimdRowKernels.l1(query, rows.at(slots[i]), query.length);
        }
    }

    @Override
    public void dotPairs(float[][] queries, Rows rows, int[] which, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(rows.dimension());
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            int third = Math.min(i + 2, last);
            int fourth = Math.min(i + 3, last);
            dot(
                    queries[i],
                    queries[i + 1],
                    queries[third],
                    queries[fourth],
                    rows.at(which[i]),
                    rows.at(which[i + 1]),
                    rows.at(which[third]),
                    rows.at(which[fourth]),
                    out,
                    i,
                    last);
        }
        for (; i < count; i++) {
            out[i] = SimdRowKernels.dot(queries[i], rows.at(which[i]), rows.dimension());
        }
    }

    @Override
    public void squaredL2Pairs(float[][] queries, Rows rows, int[] which, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(rows.dimension());
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            int third = Math.min(i + 2, last);
            int fourth = Math.min(i + 3, last);
            squaredL2(
                    queries[i],
                    queries[i + 1],
                    queries[third],
                    queries[fourth],
                    rows.at(which[i]),
                    rows.at(which[i + 1]),
                    rows.at(which[third]),
                    rows.at(which[fourth]),
                    out,
                    i,
                    last);
        }
        for (; i < count; i++) {
            out[i] = SimdRowKernels.squaredL2(queries[i], rows.at(which[i]), rows.dimension());
        }
    }

    /*
     * Four pairs of query and row. Written three times over, for a call between them would box the vectors.
     */

    private static void dot(
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
        for (int i = 0; i < qa.length; i += PARTIAL_SUMS) {
            long x = 4L * i;
            a0 = FloatVector.fromMemorySegment(F32, ALL, a + x, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qa, i), a0);
            b0 = FloatVector.fromMemorySegment(F32, ALL, b + x, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qb, i), b0);
            c0 = FloatVector.fromMemorySegment(F32, ALL, c + x, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qc, i), c0);
            e0 = FloatVector.fromMemorySegment(F32, ALL, e + x, LITTLE_ENDIAN)
                    .fma(FloatVector.fromArray(F32, qe, i), e0);
            if (LANES == 8) {
                int j = i + LANES;
                x = 4L * j;
                a1 = FloatVector.fromMemorySegment(F32, ALL, a + x, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qa, j), a1);
                b1 = FloatVector.fromMemorySegment(F32, ALL, b + x, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qb, j), b1);
                c1 = FloatVector.fromMemorySegment(F32, ALL, c + x, LITTLE_ENDIAN)
                        .fma(FloatVector.fromArray(F32, qc, j), c1);
                e1 = FloatVector.fromMemorySegment(F32, ALL, e + x, LITTLE_ENDIAN)
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

    private static void squaredL2(
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
        FloatVector difference;
        for (int i = 0; i < qa.length; i += PARTIAL_SUMS) {
            long x = 4L * i;
            difference = FloatVector.fromMemorySegment(F32, ALL, a + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qa, i));
            a0 = difference.fma(difference, a0);
            difference = FloatVector.fromMemorySegment(F32, ALL, b + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qb, i));
            b0 = difference.fma(difference, b0);
            difference = FloatVector.fromMemorySegment(F32, ALL, c + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qc, i));
            c0 = difference.fma(difference, c0);
            difference = FloatVector.fromMemorySegment(F32, ALL, e + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qe, i));
            e0 = difference.fma(difference, e0);
            if (LANES == 8) {
                int j = i + LANES;
                x = 4L * j;
                difference = FloatVector.fromMemorySegment(F32, ALL, a + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qa, j));
                a1 = difference.fma(difference, a1);
                difference = FloatVector.fromMemorySegment(F32, ALL, b + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qb, j));
                b1 = difference.fma(difference, b1);
                difference = FloatVector.fromMemorySegment(F32, ALL, c + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qc, j));
                c1 = difference.fma(difference, c1);
                difference = FloatVector.fromMemorySegment(F32, ALL, e + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qe, j));
                e1 = difference.fma(difference, e1);
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

    private static void l1(
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
        for (int i = 0; i < qa.length; i += PARTIAL_SUMS) {
            long x = 4L * i;
            a0 = FloatVector.fromMemorySegment(F32, ALL, a + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qa, i))
                    .abs()
                    .add(a0);
            b0 = FloatVector.fromMemorySegment(F32, ALL, b + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qb, i))
                    .abs()
                    .add(b0);
            c0 = FloatVector.fromMemorySegment(F32, ALL, c + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qc, i))
                    .abs()
                    .add(c0);
            e0 = FloatVector.fromMemorySegment(F32, ALL, e + x, LITTLE_ENDIAN)
                    .sub(FloatVector.fromArray(F32, qe, i))
                    .abs()
                    .add(e0);
            if (LANES == 8) {
                int j = i + LANES;
                x = 4L * j;
                a1 = FloatVector.fromMemorySegment(F32, ALL, a + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qa, j))
                        .abs()
                        .add(a1);
                b1 = FloatVector.fromMemorySegment(F32, ALL, b + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qb, j))
                        .abs()
                        .add(b1);
                c1 = FloatVector.fromMemorySegment(F32, ALL, c + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qc, j))
                        .abs()
                        .add(c1);
                e1 = FloatVector.fromMemorySegment(F32, ALL, e + x, LITTLE_ENDIAN)
                        .sub(FloatVector.fromArray(F32, qe, j))
                        .abs()
                        .add(e1);
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
