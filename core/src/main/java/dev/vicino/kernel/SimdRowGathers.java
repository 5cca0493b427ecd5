package dev.vicino.kernel;

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
import jdk.incubator.vector.VectorMask;

/**
 * By the Vector API. A row anywhere in memory costs a miss of the caches, some hundred nanoseconds, so four rows are read side by side.
 */
final class SimdRowGathers implements RowGathers {
    private static final int STEP = 2 * LANES;

    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int i = 0;
        for (; i < count - 1; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            int last = count - 1;
            long b = rows.at(slots[Math.min(i + 1, last)]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            dot4(query, rows.at(slots[i]), b, c, e, out, i, count);
        }
        for (; i < count; i++) {
            long a = rows.at(slots[i]);
            dot4(query, a, a, a, a, out, i, count);
        }
        int whole = query.length / STEP * STEP;
        if (whole < query.length) {
            for (i = 0; i < count; i++) {
                out[i] += dotRest(query, whole, rows.at(slots[i]));
            }
        }
    }

    private static void dot4(float[] q, long a, long b, long c, long e, float[] out, int at, int end) {
        FloatVector a0 = FloatVector.zero(F32);
        FloatVector b0 = FloatVector.zero(F32);
        FloatVector c0 = FloatVector.zero(F32);
        FloatVector e0 = FloatVector.zero(F32);
        FloatVector a1 = FloatVector.zero(F32);
        FloatVector b1 = FloatVector.zero(F32);
        FloatVector c1 = FloatVector.zero(F32);
        FloatVector e1 = FloatVector.zero(F32);
        for (int i = 0; i <= q.length - STEP; i += STEP) {
            FloatVector x = FloatVector.fromArray(F32, q, i);
            a0 = FloatVector.fromMemorySegment(F32, ALL, a + 4L * i, LITTLE_ENDIAN)
                    .fma(x, a0);
            b0 = FloatVector.fromMemorySegment(F32, ALL, b + 4L * i, LITTLE_ENDIAN)
                    .fma(x, b0);
            c0 = FloatVector.fromMemorySegment(F32, ALL, c + 4L * i, LITTLE_ENDIAN)
                    .fma(x, c0);
            e0 = FloatVector.fromMemorySegment(F32, ALL, e + 4L * i, LITTLE_ENDIAN)
                    .fma(x, e0);
            FloatVector y = FloatVector.fromArray(F32, q, i + LANES);
            long j = 4L * (i + LANES);
            a1 = FloatVector.fromMemorySegment(F32, ALL, a + j, LITTLE_ENDIAN).fma(y, a1);
            b1 = FloatVector.fromMemorySegment(F32, ALL, b + j, LITTLE_ENDIAN).fma(y, b1);
            c1 = FloatVector.fromMemorySegment(F32, ALL, c + j, LITTLE_ENDIAN).fma(y, c1);
            e1 = FloatVector.fromMemorySegment(F32, ALL, e + j, LITTLE_ENDIAN).fma(y, e1);
        }
        a0 = a0.add(a1);
        b0 = b0.add(b1);
        c0 = c0.add(c1);
        e0 = e0.add(e1);
        if (LANES == 16) {
            a0 = a0.add(a0.rearrange(DOWN8));
            b0 = b0.add(b0.rearrange(DOWN8));
            c0 = c0.add(c0.rearrange(DOWN8));
            e0 = e0.add(e0.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            a0 = a0.add(a0.rearrange(DOWN4));
            b0 = b0.add(b0.rearrange(DOWN4));
            c0 = c0.add(c0.rearrange(DOWN4));
            e0 = e0.add(e0.rearrange(DOWN4));
        }
        a0 = a0.add(a0.rearrange(DOWN2));
        b0 = b0.add(b0.rearrange(DOWN2));
        c0 = c0.add(c0.rearrange(DOWN2));
        e0 = e0.add(e0.rearrange(DOWN2));
        store(
                a0.add(a0.rearrange(DOWN1)).lane(0),
                b0.add(b0.rearrange(DOWN1)).lane(0),
                c0.add(c0.rearrange(DOWN1)).lane(0),
                e0.add(e0.rearrange(DOWN1)).lane(0),
                out,
                at,
                end);
    }

    private static void store(float a, float b, float c, float e, float[] out, int at, int end) {
        out[at] = a;
        if (at + 3 < end) {
            out[at + 1] = b;
            out[at + 2] = c;
            out[at + 3] = e;
        } else if (at + 1 < end) {
            out[at + 1] = b;
            out[Math.min(at + 2, end - 1)] = at + 2 < end ? c : b;
        }
    }

    private static float dotRest(float[] q, int from, long x) {
        FloatVector sum = FloatVector.zero(F32);
        for (int i = from; i < q.length; i += LANES) {
            VectorMask<Float> rest = F32.indexInRange(i, q.length);
            sum = FloatVector.fromMemorySegment(F32, ALL, x + 4L * i, LITTLE_ENDIAN, rest)
                    .fma(FloatVector.fromArray(F32, q, i, rest), sum);
        }
        if (LANES == 16) {
            sum = sum.add(sum.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(DOWN4));
        }
        sum = sum.add(sum.rearrange(DOWN2));
        return sum.add(sum.rearrange(DOWN1)).lane(0);
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int i = 0;
        for (; i < count - 1; i += 4) {
            int last = count - 1;
            long b = rows.at(slots[Math.min(i + 1, last)]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            squaredL2Of4(query, rows.at(slots[i]), b, c, e, out, i, count);
        }
        for (; i < count; i++) {
            long a = rows.at(slots[i]);
            squaredL2Of4(query, a, a, a, a, out, i, count);
        }
        int whole = query.length / LANES * LANES;
        if (whole < query.length) {
            for (i = 0; i < count; i++) {
                out[i] += squaredL2Rest(query, whole, rows.at(slots[i]));
            }
        }
    }

    private static void squaredL2Of4(float[] q, long a, long b, long c, long e, float[] out, int at, int end) {
        FloatVector a0 = FloatVector.zero(F32);
        FloatVector b0 = FloatVector.zero(F32);
        FloatVector c0 = FloatVector.zero(F32);
        FloatVector e0 = FloatVector.zero(F32);
        for (int i = 0; i <= q.length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(F32, q, i);
            FloatVector difference = FloatVector.fromMemorySegment(F32, ALL, a + 4L * i, LITTLE_ENDIAN)
                    .sub(x);
            a0 = difference.fma(difference, a0);
            difference = FloatVector.fromMemorySegment(F32, ALL, b + 4L * i, LITTLE_ENDIAN)
                    .sub(x);
            b0 = difference.fma(difference, b0);
            difference = FloatVector.fromMemorySegment(F32, ALL, c + 4L * i, LITTLE_ENDIAN)
                    .sub(x);
            c0 = difference.fma(difference, c0);
            difference = FloatVector.fromMemorySegment(F32, ALL, e + 4L * i, LITTLE_ENDIAN)
                    .sub(x);
            e0 = difference.fma(difference, e0);
        }
        if (LANES == 16) {
            a0 = a0.add(a0.rearrange(DOWN8));
            b0 = b0.add(b0.rearrange(DOWN8));
            c0 = c0.add(c0.rearrange(DOWN8));
            e0 = e0.add(e0.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            a0 = a0.add(a0.rearrange(DOWN4));
            b0 = b0.add(b0.rearrange(DOWN4));
            c0 = c0.add(c0.rearrange(DOWN4));
            e0 = e0.add(e0.rearrange(DOWN4));
        }
        a0 = a0.add(a0.rearrange(DOWN2));
        b0 = b0.add(b0.rearrange(DOWN2));
        c0 = c0.add(c0.rearrange(DOWN2));
        e0 = e0.add(e0.rearrange(DOWN2));
        store(
                a0.add(a0.rearrange(DOWN1)).lane(0),
                b0.add(b0.rearrange(DOWN1)).lane(0),
                c0.add(c0.rearrange(DOWN1)).lane(0),
                e0.add(e0.rearrange(DOWN1)).lane(0),
                out,
                at,
                end);
    }

    private static float squaredL2Rest(float[] q, int from, long x) {
        VectorMask<Float> rest = F32.indexInRange(from, q.length);
        FloatVector sum = FloatVector.fromMemorySegment(F32, ALL, x + 4L * from, LITTLE_ENDIAN, rest)
                .sub(FloatVector.fromArray(F32, q, from, rest));
        sum = sum.mul(sum);
        if (LANES == 16) {
            sum = sum.add(sum.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(DOWN4));
        }
        sum = sum.add(sum.rearrange(DOWN2));
        return sum.add(sum.rearrange(DOWN1)).lane(0);
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int i = 0;
        for (; i < count - 1; i += 4) {
            int last = count - 1;
            long b = rows.at(slots[Math.min(i + 1, last)]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            l1Of4(query, rows.at(slots[i]), b, c, e, out, i, count);
        }
        for (; i < count; i++) {
            long a = rows.at(slots[i]);
            l1Of4(query, a, a, a, a, out, i, count);
        }
        int whole = query.length / LANES * LANES;
        if (whole < query.length) {
            for (i = 0; i < count; i++) {
                out[i] += l1Rest(query, whole, rows.at(slots[i]));
            }
        }
    }

    private static void l1Of4(float[] q, long a, long b, long c, long e, float[] out, int at, int end) {
        FloatVector a0 = FloatVector.zero(F32);
        FloatVector b0 = FloatVector.zero(F32);
        FloatVector c0 = FloatVector.zero(F32);
        FloatVector e0 = FloatVector.zero(F32);
        for (int i = 0; i <= q.length - LANES; i += LANES) {
            FloatVector x = FloatVector.fromArray(F32, q, i);
            long j = 4L * i;
            a0 = FloatVector.fromMemorySegment(F32, ALL, a + j, LITTLE_ENDIAN)
                    .sub(x)
                    .abs()
                    .add(a0);
            b0 = FloatVector.fromMemorySegment(F32, ALL, b + j, LITTLE_ENDIAN)
                    .sub(x)
                    .abs()
                    .add(b0);
            c0 = FloatVector.fromMemorySegment(F32, ALL, c + j, LITTLE_ENDIAN)
                    .sub(x)
                    .abs()
                    .add(c0);
            e0 = FloatVector.fromMemorySegment(F32, ALL, e + j, LITTLE_ENDIAN)
                    .sub(x)
                    .abs()
                    .add(e0);
        }
        if (LANES == 16) {
            a0 = a0.add(a0.rearrange(DOWN8));
            b0 = b0.add(b0.rearrange(DOWN8));
            c0 = c0.add(c0.rearrange(DOWN8));
            e0 = e0.add(e0.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            a0 = a0.add(a0.rearrange(DOWN4));
            b0 = b0.add(b0.rearrange(DOWN4));
            c0 = c0.add(c0.rearrange(DOWN4));
            e0 = e0.add(e0.rearrange(DOWN4));
        }
        a0 = a0.add(a0.rearrange(DOWN2));
        b0 = b0.add(b0.rearrange(DOWN2));
        c0 = c0.add(c0.rearrange(DOWN2));
        e0 = e0.add(e0.rearrange(DOWN2));
        store(
                a0.add(a0.rearrange(DOWN1)).lane(0),
                b0.add(b0.rearrange(DOWN1)).lane(0),
                c0.add(c0.rearrange(DOWN1)).lane(0),
                e0.add(e0.rearrange(DOWN1)).lane(0),
                out,
                at,
                end);
    }

    private static float l1Rest(float[] q, int from, long x) {
        VectorMask<Float> rest = F32.indexInRange(from, q.length);
        FloatVector sum = FloatVector.fromMemorySegment(F32, ALL, x + 4L * from, LITTLE_ENDIAN, rest)
                .sub(FloatVector.fromArray(F32, q, from, rest))
                .abs();
        if (LANES == 16) {
            sum = sum.add(sum.rearrange(DOWN8));
        }
        if (LANES >= 8) {
            sum = sum.add(sum.rearrange(DOWN4));
        }
        sum = sum.add(sum.rearrange(DOWN2));
        return sum.add(sum.rearrange(DOWN1)).lane(0);
    }
}
