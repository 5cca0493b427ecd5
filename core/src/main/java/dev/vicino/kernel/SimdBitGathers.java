package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.I32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.BIT_COUNT;
import static jdk.incubator.vector.VectorOperators.F2I;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.MAX;
import static jdk.incubator.vector.VectorOperators.MIN;
import static jdk.incubator.vector.VectorOperators.NE;

import dev.vicino.memory.Slots;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API. The lines of all codes are touched before the first is compared ({@link Prefetch}). */
final class SimdBitGathers implements BitGathers {
    private static final VectorSpecies<Byte> I8 = F32.vectorShape().withLanes(byte.class);
    private static final VectorSpecies<Long> I64 = F32.vectorShape().withLanes(long.class);
    private static final int WORDS = I64.length();

    /** Two steps at once, four values at a time. */
    @Override
    public void hadamard(float[] values, int from, int count, float scale) {
        int end = from + count;
        int half = LINE;
        for (; 4 * half <= count; half *= 4) {
            for (int block = from; block < end; block += 4 * half) {
                for (int i = block; i < block + half; i += LANES) {
                    FloatVector a = FloatVector.fromArray(F32, values, i);
                    FloatVector b = FloatVector.fromArray(F32, values, i + half);
                    FloatVector c = FloatVector.fromArray(F32, values, i + 2 * half);
                    FloatVector e = FloatVector.fromArray(F32, values, i + 3 * half);
                    FloatVector sum0 = a.add(b);
                    FloatVector sum1 = c.add(e);
                    sum0.add(sum1).intoArray(values, i);
                    sum0.sub(sum1).intoArray(values, i + 2 * half);
                    FloatVector difference0 = a.sub(b);
                    FloatVector difference1 = c.sub(e);
                    difference0.add(difference1).intoArray(values, i + half);
                    difference0.sub(difference1).intoArray(values, i + 3 * half);
                }
            }
        }
        if (half < count) {
            for (int i = from; i < from + half; i += LANES) {
                FloatVector a = FloatVector.fromArray(F32, values, i);
                FloatVector b = FloatVector.fromArray(F32, values, i + half);
                a.add(b).intoArray(values, i);
                a.sub(b).intoArray(values, i + half);
            }
        }
        for (int i = from; i < end; i += LANES) {
            FloatVector.fromArray(F32, values, i).mul(scale).intoArray(values, i);
        }
    }

    @Override
    public void describe(float[] values, float[] centre, float[] out, float[] sums) {
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
        sum.intoArray(sums, 0);
        square.intoArray(sums, LANES);
        product.intoArray(sums, 2 * LANES);
        float all = total(sums, 0);
        float squares = total(sums, 1);
        float products = total(sums, 2);
        sums[0] = least.reduceLanes(MIN);
        sums[1] = most.reduceLanes(MAX);
        sums[2] = all;
        sums[SQUARE] = squares;
        sums[PRODUCT] = products;
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
    public void planes(float[] values, int count, float low, float inverse, long[] words, int stride) {
        for (int w = 0; w < count / Long.SIZE; w++) {
            for (int p = 0; p < PLANES; p++) {
                words[p * stride + w] = 0;
            }
            for (int j = 0; j < Long.SIZE; j += LANES) {
                IntVector v = (IntVector) FloatVector.fromArray(F32, values, w * Long.SIZE + j)
                        .sub(low)
                        .mul(inverse)
                        .add(0.5f)
                        .convertShape(F2I, I32, 0);
                for (int p = 0; p < PLANES; p++) {
                    words[p * stride + w] |= v.and(1 << p).compare(NE, 0).toLong() << j;
                }
            }
        }
    }

    @Override
    public void dot(Planes query, Slots codes, int[] slots, int count, long[] scratch, int[] out) {
        for (int i = 0; i < count; i++) {
            scratch[i] = codes.at(slots[i]);
        }
        Prefetch.touch(scratch, count, query.weights().length / Planes.WORDS);
        if (WORDS < Planes.WORDS) {
            dotByBytes(query, scratch, count, out);
        } else if (query.stride() == WORDS) {
            dotInOne(query, scratch, count, out);
        } else if (query.stride() == 2 * WORDS) {
            dotInTwo(query, scratch, count, out);
        } else {
            dotInMany(query, scratch, count, out);
        }
    }

    private static void dotInOne(Planes query, long[] addresses, int count, int[] out) {
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

    /** Codes of two vectors, as most have two bits a value: the planes of the query stay in registers. */
    private static void dotInTwo(Planes query, long[] addresses, int count, int[] out) {
        long[] q = query.words();
        LongVector weight0 = LongVector.fromArray(I64, query.weights(), 0);
        LongVector weight1 = LongVector.fromArray(I64, query.weights(), WORDS);
        LongVector a0 = LongVector.fromArray(I64, q, 0);
        LongVector b0 = LongVector.fromArray(I64, q, WORDS);
        LongVector a1 = LongVector.fromArray(I64, q, 2 * WORDS);
        LongVector b1 = LongVector.fromArray(I64, q, 3 * WORDS);
        LongVector a2 = LongVector.fromArray(I64, q, 4 * WORDS);
        LongVector b2 = LongVector.fromArray(I64, q, 5 * WORDS);
        LongVector a3 = LongVector.fromArray(I64, q, 6 * WORDS);
        LongVector b3 = LongVector.fromArray(I64, q, 7 * WORDS);
        LongVector a4 = LongVector.fromArray(I64, q, 8 * WORDS);
        LongVector b4 = LongVector.fromArray(I64, q, 9 * WORDS);
        for (int i = 0; i < count; i++) {
            long at = addresses[i];
            LongVector x = LongVector.fromMemorySegment(I64, ALL, at, LITTLE_ENDIAN);
            LongVector y = LongVector.fromMemorySegment(I64, ALL, at + Prefetch.LINE, LITTLE_ENDIAN);
            LongVector sum0 = x.and(a4).lanewise(BIT_COUNT);
            LongVector sum1 = y.and(b4).lanewise(BIT_COUNT);
            sum0 = sum0.add(sum0).add(x.and(a3).lanewise(BIT_COUNT));
            sum1 = sum1.add(sum1).add(y.and(b3).lanewise(BIT_COUNT));
            sum0 = sum0.add(sum0).add(x.and(a2).lanewise(BIT_COUNT));
            sum1 = sum1.add(sum1).add(y.and(b2).lanewise(BIT_COUNT));
            sum0 = sum0.add(sum0).add(x.and(a1).lanewise(BIT_COUNT));
            sum1 = sum1.add(sum1).add(y.and(b1).lanewise(BIT_COUNT));
            sum0 = sum0.add(sum0).add(x.and(a0).lanewise(BIT_COUNT));
            sum1 = sum1.add(sum1).add(y.and(b0).lanewise(BIT_COUNT));
            out[i] = (int) sum0.lanewise(LSHL, weight0)
                    .add(sum1.lanewise(LSHL, weight1))
                    .reduceLanes(ADD);
        }
    }

    private static void dotInMany(Planes query, long[] addresses, int count, int[] out) {
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
    private static void dotByBytes(Planes query, long[] addresses, int count, int[] out) {
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
}
