package dev.vicino.kernel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.B2F;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * By the Vector API. Rows anywhere in memory cost a miss of the caches each, some hundred nanoseconds, so four float32 rows are read side
 * by side, and the lines of all codes are touched before the first is compared: plain loads are Java's prefetch.
 */
final class SimdGatherKernels implements GatherKernels {
    private static final VectorSpecies<Float> F32 = SimdKernels.F32;
    private static final int LANES = F32.length();
    private static final int STEP = 2 * LANES;
    private static final VectorSpecies<Integer> I32 = F32.vectorShape().withLanes(int.class);
    private static final VectorSpecies<Byte> I8 = F32.vectorShape().withLanes(byte.class);
    private static final VectorSpecies<Long> I64 = F32.vectorShape().withLanes(long.class);
    private static final int WORDS = I64.length();

    /** As many bytes as there are floats in a vector, or the fewest that can be loaded. */
    private static final VectorSpecies<Byte> FEW_BYTES =
            VectorShape.forBitSize(Math.max(64, F32.vectorBitSize() / 4)).withLanes(byte.class);

    private static final MemorySegment ALL = Memory.ALL;
    private static final long LINE = 64;

    private static final VectorShuffle<Float> DOWN8 = down(8);
    private static final VectorShuffle<Float> DOWN4 = down(4);
    private static final VectorShuffle<Float> DOWN2 = down(2);
    private static final VectorShuffle<Float> DOWN1 = down(1);

    /** Keeps the loads of {@link #touch} from being dropped. */
    static long touched;

    private static VectorShuffle<Float> down(int lanes) {
        return VectorShuffle.fromOp(F32, lane -> (lane + lanes) % LANES);
    }

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

    @Override
    public void dotBytes(float[] weights, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = dotBytes(weights, codes.at(slots[i]));
        }
    }

    private static float dotBytes(float[] w, long c) {
        FloatVector sum = FloatVector.zero(F32);
        FloatVector odd = FloatVector.zero(F32);
        int i = 0;
        for (; i <= w.length - STEP; i += STEP) {
            sum = ((FloatVector) ByteVector.fromMemorySegment(FEW_BYTES, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, w, i), sum);
            odd = ((FloatVector) ByteVector.fromMemorySegment(FEW_BYTES, ALL, c + i + LANES, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, w, i + LANES), odd);
        }
        for (; i < w.length; i += LANES) {
            sum = ((FloatVector) ByteVector.fromMemorySegment(FEW_BYTES, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, w, i), sum);
        }
        sum = sum.add(odd);
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
    public void squaredBytes(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = squaredBytes(steps, offsets, codes.at(slots[i]));
        }
    }

    private static float squaredBytes(float[] steps, float[] offsets, long c) {
        FloatVector sum = FloatVector.zero(F32);
        for (int i = 0; i < steps.length; i += LANES) {
            FloatVector difference = ((FloatVector) ByteVector.fromMemorySegment(FEW_BYTES, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, steps, i), FloatVector.fromArray(F32, offsets, i));
            sum = difference.fma(difference, sum);
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
    public void absoluteBytes(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            out[i] = absoluteBytes(steps, offsets, codes.at(slots[i]));
        }
    }

    private static float absoluteBytes(float[] steps, float[] offsets, long c) {
        FloatVector sum = FloatVector.zero(F32);
        for (int i = 0; i < steps.length; i += LANES) {
            sum = ((FloatVector) ByteVector.fromMemorySegment(FEW_BYTES, ALL, c + i, LITTLE_ENDIAN)
                            .convertShape(B2F, F32, 0))
                    .fma(FloatVector.fromArray(F32, steps, i), FloatVector.fromArray(F32, offsets, i))
                    .abs()
                    .add(sum);
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
    public void touch(Slots slots, int[] which, int from, int to, int bytes) {
        int lines = bytes / (int) LINE;
        long sum = 0;
        for (int i = from; i < to; i++) {
            long at = slots.at(which[i]);
            for (int line = 0; line < lines; line++) {
                sum += ALL.get(Memory.INT, at + LINE * line);
            }
        }
        if (sum == 0x5eed_0f_a_51_9aL) {
            touched = sum;
        }
    }

    @Override
    public Moments moments(float[] values, float[] centre, float[] out) {
        FloatVector least = FloatVector.broadcast(F32, Float.POSITIVE_INFINITY);
        FloatVector most = FloatVector.broadcast(F32, Float.NEGATIVE_INFINITY);
        FloatVector sum = FloatVector.zero(F32);
        FloatVector square = FloatVector.zero(F32);
        FloatVector product = FloatVector.zero(F32);
        for (int i = 0; i < centre.length; i += LANES) {
            FloatVector value = FloatVector.fromArray(F32, values, i);
            FloatVector middle = FloatVector.fromArray(F32, centre, i);
            FloatVector difference = value.sub(middle);
            difference.intoArray(out, i);
            least = least.min(difference);
            most = most.max(difference);
            sum = sum.add(difference);
            square = difference.fma(difference, square);
            product = value.fma(middle, product);
        }
        float[] sums = new float[3 * LANES];
        sum.intoArray(sums, 0);
        square.intoArray(sums, LANES);
        product.intoArray(sums, 2 * LANES);
        return new Moments(
                least.reduceLanes(MIN), most.reduceLanes(MAX), total(sums, 0), total(sums, 1), total(sums, 2));
    }

    /** In the order of the lanes, which reduceLanes does not promise. */
    private static float total(float[] sums, int which) {
        float total = 0;
        for (int i = which * LANES; i < (which + 1) * LANES; i++) {
            total += sums[i];
        }
        return total;
    }

    @Override
    public void bits(Planes query, Slots codes, int[] slots, int count, long[] scratch, int[] out) {
        for (int i = 0; i < count; i++) {
            scratch[i] = codes.at(slots[i]);
        }
        touch(scratch, count, query.weights().length / Planes.WORDS);
        if (WORDS < Planes.WORDS) {
            bitsByBytes(query, scratch, count, out);
        } else if (query.stride() == WORDS) {
            bitsInOne(query, scratch, count, out);
        } else if (query.stride() == 2 * WORDS) {
            bitsInTwo(query, scratch, count, out);
        } else {
            bitsInMany(query, scratch, count, out);
        }
    }

    /** Few instructions a line: a processor looks no more than some hundred of them ahead, and fetches what it sees there. */
    private static void touch(long[] addresses, int count, int lines) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += ALL.get(Memory.INT, addresses[i]);
        }
        for (int line = 1; line < lines; line++) {
            for (int i = 0; i < count; i++) {
                sum += ALL.get(Memory.INT, addresses[i] + LINE * line);
            }
        }
        if (sum == 0x5eed_0f_a_51_9aL) {
            touched = sum;
        }
    }

    private static void bitsInOne(Planes query, long[] addresses, int count, int[] out) {
        long[] q = query.words();
        LongVector weight = LongVector.fromArray(I64, query.weights(), 0);
        for (int i = 0; i < count; i++) {
            LongVector x = LongVector.fromMemorySegment(I64, ALL, addresses[i], LITTLE_ENDIAN);
            LongVector sum = LongVector.zero(I64);
            for (int p = q.length - WORDS; p >= 0; p -= WORDS) {
                sum = sum.add(sum).add(x.and(LongVector.fromArray(I64, q, p)).lanewise(BIT_COUNT));
            }
            out[i] = (int) sum.lanewise(LSHL, weight).reduceLanes(ADD);
        }
    }

    private static void bitsInTwo(Planes query, long[] addresses, int count, int[] out) {
        long[] q = query.words();
        LongVector weight0 = LongVector.fromArray(I64, query.weights(), 0);
        LongVector weight1 = LongVector.fromArray(I64, query.weights(), WORDS);
        for (int i = 0; i < count; i++) {
            long at = addresses[i];
            LongVector x0 = LongVector.fromMemorySegment(I64, ALL, at, LITTLE_ENDIAN);
            LongVector x1 = LongVector.fromMemorySegment(I64, ALL, at + LINE, LITTLE_ENDIAN);
            LongVector sum0 = LongVector.zero(I64);
            LongVector sum1 = LongVector.zero(I64);
            for (int p = q.length - 2 * WORDS; p >= 0; p -= 2 * WORDS) {
                sum0 = sum0.add(sum0)
                        .add(x0.and(LongVector.fromArray(I64, q, p)).lanewise(BIT_COUNT));
                sum1 = sum1.add(sum1)
                        .add(x1.and(LongVector.fromArray(I64, q, p + WORDS)).lanewise(BIT_COUNT));
            }
            out[i] = (int) sum0.lanewise(LSHL, weight0)
                    .add(sum1.lanewise(LSHL, weight1))
                    .reduceLanes(ADD);
        }
    }

    private static void bitsInMany(Planes query, long[] addresses, int count, int[] out) {
        long[] q = query.words();
        int stride = query.stride();
        for (int i = 0; i < count; i++) {
            long at = addresses[i];
            LongVector total = LongVector.zero(I64);
            for (int w = 0; w < stride; w += WORDS) {
                LongVector x = LongVector.fromMemorySegment(I64, ALL, at + 8L * w, LITTLE_ENDIAN);
                LongVector sum = LongVector.zero(I64);
                for (int p = q.length - stride + w; p >= 0; p -= stride) {
                    sum = sum.add(sum)
                            .add(x.and(LongVector.fromArray(I64, q, p)).lanewise(BIT_COUNT));
                }
                total = total.add(sum.lanewise(LSHL, LongVector.fromArray(I64, query.weights(), w)));
            }
            out[i] = (int) total.reduceLanes(ADD);
        }
    }

    /**
     * For machines that count the ones of bytes only (AVX2, NEON). A byte holds 8·(2⁵−1), so five planes are summed in bytes, and all
     * words of one vector have one weight but where planes of the code meet; those are done word by word.
     */
    private static void bitsByBytes(Planes query, long[] addresses, int count, int[] out) {
        long[] q = query.words();
        long[] weights = query.weights();
        int stride = query.stride();
        for (int i = 0; i < count; i++) {
            long at = addresses[i];
            int total = 0;
            for (int w = 0; w < stride; w += WORDS) {
                ByteVector x = ByteVector.fromMemorySegment(I8, ALL, at + 8L * w, LITTLE_ENDIAN);
                ByteVector sum = ByteVector.zero(I8);
                for (int p = q.length - stride + w; p >= 0; p -= stride) {
                    ByteVector plane = LongVector.fromArray(I64, q, p).reinterpretAsBytes();
                    sum = sum.add(sum).add(x.and(plane).lanewise(BIT_COUNT));
                }
                ShortVector pairs = sum.reinterpretAsShorts();
                pairs = pairs.and((short) 0xff).add(pairs.lanewise(LSHR, 8));
                IntVector fours = pairs.reinterpretAsInts();
                fours = fours.and(0xffff).add(fours.lanewise(LSHR, 16));
                LongVector eights = fours.reinterpretAsLongs();
                eights = eights.and(0xffff_ffffL).add(eights.lanewise(LSHR, 32));
                total += (int) eights.lanewise(LSHL, LongVector.fromArray(I64, weights, w))
                        .reduceLanes(ADD);
            }
            out[i] = total;
        }
    }

    @Override
    public void planes(float[] values, int count, float low, float inverse, int planes, long[] words, int stride) {
        for (int w = 0; w < count / Long.SIZE; w++) {
            for (int p = 0; p < planes; p++) {
                words[p * stride + w] = 0;
            }
            for (int j = 0; j < Long.SIZE; j += LANES) {
                IntVector v = (IntVector) FloatVector.fromArray(F32, values, w * Long.SIZE + j)
                        .sub(low)
                        .mul(inverse)
                        .add(0.5f)
                        .convertShape(F2I, I32, 0);
                for (int p = 0; p < planes; p++) {
                    words[p * stride + w] |= v.and(1 << p).compare(NE, 0).toLong() << j;
                }
            }
        }
    }

    /** The words of a vector of bytes hold no more than this. */
    @Override
    public int maxPlanes() {
        return WORDS < Planes.WORDS ? 5 : 6;
    }
}
