package dev.vicino.kernel;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.Vector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels by the Vector API, one body for every width up to 512 bits. Reads absolute addresses ({@link Memory#ALL}).
 *
 * <p>Rows are read strictly in order, one at a time with one vector of sums: several streams, or more sums, are faster in the
 * cache and slower by half from memory, where the hardware's prefetcher wants one stream.
 */
public final class SimdKernels implements Kernels {
    /** The machine's preferred width, 512 bits at most; {@code -Dvicino.vectorBits} forces another, for tests. */
    static final VectorSpecies<Float> F32 = VectorShape.forBitSize(Integer.getInteger(
                    "vicino.vectorBits",
                    Math.min(512, VectorShape.preferredShape().vectorBitSize())))
            .withLanes(float.class);

    private static final VectorSpecies<Integer> I32 = F32.vectorShape().withLanes(int.class);
    private static final VectorSpecies<Short> I16 = F32.vectorShape().withLanes(short.class);
    private static final int SHORT_GROUP = 2 * I16.length();

    /** As many shorts as {@link #F32} has floats. */
    private static final VectorSpecies<Short> I16_HALF =
            VectorShape.forBitSize(F32.vectorBitSize() / 2).withLanes(short.class);

    private static final VectorSpecies<Byte> I8 =
            VectorShape.forBitSize(Math.max(64, F32.vectorBitSize() / 2)).withLanes(byte.class);

    private static final int LANES = F32.length();
    private static final int GROUP = 2 * LANES;
    private static final IntVector IOTA = IntVector.zero(I32).addIndex(1);
    private static final MemorySegment ALL = Memory.ALL;

    /** Lane j takes lane j + s, for the folding of sums in halves. */
    private static final VectorShuffle<Float> DOWN8 = down(8);

    private static final VectorShuffle<Float> DOWN4 = down(4);
    private static final VectorShuffle<Float> DOWN2 = down(2);
    private static final VectorShuffle<Float> DOWN1 = down(1);

    private static VectorShuffle<Float> down(int lanes) {
        return VectorShuffle.fromOp(F32, lane -> (lane + lanes) % LANES);
    }

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

    // Each of the three sums a row in PARTIAL_SUMS sums, in one, two or four vectors; LANES is a constant, so the JIT
    // drops the branches
    // of other widths. The vectors are folded in halves, always in the same order: reduceLanes promises none, and
    // compiled code
    // differs from interpreted. All of it stands in one method, three times over, because a vector that crosses a call
    // which is
    // not inlined is boxed, at a hundred times the cost of the call.

    private static float dot(float[] q, long x, int d) {
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

    private static float squaredL2(float[] q, long x, int d) {
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

    private static float l1(float[] q, long x, int d) {
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

    @Override
    public void dotCodes(short[] query, Codes codes, int from, int count, int[] out) {
        int width = codes.width();
        assert query.length == width && from >= 0 && from + count <= codes.size();
        long row = codes.at(from);
        for (int r = 0; r < count; r++, row += width) {
            out[r] = dotCode(query, 0, row, width);
        }
    }

    @Override
    public void dotPairs(short[] queries, int[] lanes, Codes codes, int[] rows, int count, int[] out) {
        int width = codes.width();
        for (int i = 0; i < count; i++) {
            out[i] = dotCode(queries, lanes[i] * width, codes.at(rows[i]), width);
        }
    }

    private static int dotCode(short[] q, int at, long row, int width) {
        IntVector sum = IntVector.zero(I32);
        for (int from = 0; from < width; from += Codes.CHUNK) {
            int to = Math.min(from + Codes.CHUNK, width);
            for (int part = from; part < from + Codes.LANES; part += I16.length()) {
                ShortVector sums = ShortVector.zero(I16);
                for (int i = part; i < to; i += Codes.LANES) {
                    ShortVector codes = (ShortVector) ByteVector.fromMemorySegment(I8, ALL, row + i, LITTLE_ENDIAN)
                            .convertShape(B2S, I16, 0);
                    sums = sums.add(codes.mul(ShortVector.fromArray(I16, q, at + i)));
                }
                // In 32 bits, even and odd lanes apart; whole numbers have the same sum in any order.
                IntVector pairs = sums.reinterpretAsInts();
                sum = sum.add(pairs.lanewise(LSHL, 16).lanewise(ASHR, 16)).add(pairs.lanewise(ASHR, 16));
            }
        }
        return sum.reduceLanes(ADD);
    }

    @Override
    public void dotBlocks(short[] query, Codes codes, int from, int count, int[] out) {
        int width = codes.width();
        assert query.length == width && from % Codes.BLOCK == 0 && from + count <= codes.size();
        for (int r = 0; r < count; r += Codes.BLOCK) {
            for (int part = 0; part < Codes.BLOCK; part += SHORT_GROUP) {
                dotBlock(query, codes.at(from + r) + part, width, out, r + part);
            }
        }
    }

    /** Two vectors of rows: a value of the query times that value of all of them, added up in 16 bits for a segment, then in 32. */
    private static void dotBlock(short[] q, long at, int width, int[] out, int to) {
        int lanes = I16.length();
        IntVector sum0 = IntVector.zero(I32);
        IntVector sum1 = IntVector.zero(I32);
        IntVector sum2 = IntVector.zero(I32);
        IntVector sum3 = IntVector.zero(I32);
        for (int segment = 0; segment < width; segment += Codes.SEGMENT) {
            ShortVector a = ShortVector.zero(I16);
            ShortVector b = ShortVector.zero(I16);
            for (int i = segment; i < segment + Codes.SEGMENT; i++) {
                long line = at + (long) i * Codes.BLOCK;
                ShortVector value = ShortVector.broadcast(I16, q[i]);
                a = a.add(((ShortVector) ByteVector.fromMemorySegment(I8, ALL, line, LITTLE_ENDIAN)
                                .convertShape(B2S, I16, 0))
                        .mul(value));
                b = b.add(((ShortVector) ByteVector.fromMemorySegment(I8, ALL, line + lanes, LITTLE_ENDIAN)
                                .convertShape(B2S, I16, 0))
                        .mul(value));
            }
            sum0 = sum0.add(a.convertShape(S2I, I32, 0));
            sum1 = sum1.add(a.convertShape(S2I, I32, 1));
            sum2 = sum2.add(b.convertShape(S2I, I32, 0));
            sum3 = sum3.add(b.convertShape(S2I, I32, 1));
        }
        sum0.intoArray(out, to);
        sum1.intoArray(out, to + LANES);
        sum2.intoArray(out, to + 2 * LANES);
        sum3.intoArray(out, to + 3 * LANES);
    }

    @Override
    public void l1Codes(short[] query, Codes codes, int from, int count, int[] out) {
        int width = codes.width();
        assert query.length == width && from >= 0 && from + count <= codes.size();
        long row = codes.at(from);
        for (int r = 0; r < count; r++, row += width) {
            int sum = 0;
            for (int i = 0; i < width; i += Codes.CHUNK) {
                sum += l1CodesChunk(query, row, i, Math.min(i + Codes.CHUNK, width));
            }
            out[r] = sum;
        }
    }

    private static int l1CodesChunk(short[] q, long row, int from, int to) {
        int sum = 0;
        for (int part = 0; part < Codes.LANES; part += I16.length()) {
            ShortVector sums = ShortVector.zero(I16);
            for (int i = from + part; i < to; i += Codes.LANES) {
                ShortVector codes = (ShortVector) ByteVector.fromMemorySegment(I8, ALL, row + i, LITTLE_ENDIAN)
                        .convertShape(B2S, I16, 0);
                sums = sums.add(codes.sub(ShortVector.fromArray(I16, q, i)).abs());
            }
            // In 32 bits, even and odd lanes apart; whole numbers have the same sum in any order.
            IntVector pairs = sums.reinterpretAsInts();
            sum += pairs.lanewise(LSHL, 16)
                    .lanewise(ASHR, 16)
                    .add(pairs.lanewise(ASHR, 16))
                    .reduceLanes(ADD);
        }
        return sum;
    }

    @Override
    public void boundCodes(
            int[] sums,
            int count,
            float[] scales,
            float[] terms,
            float[] tails,
            float factor,
            float margin,
            float tail,
            float offset,
            float[] lower) {
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            FloatVector sum = (FloatVector) IntVector.fromArray(I32, sums, i).convertShape(I2F, F32, 0);
            FloatVector rest = FloatVector.fromArray(F32, tails, i)
                    .mul(-tail)
                    .add(FloatVector.fromArray(F32, terms, i).add(offset));
            sum.mul(factor)
                    .add(margin)
                    .mul(FloatVector.fromArray(F32, scales, i))
                    .neg()
                    .add(rest)
                    .intoArray(lower, i);
        }
        for (; i < count; i++) {
            lower[i] = offset + terms[i] - tails[i] * tail - scales[i] * (factor * sums[i] + margin);
        }
    }

    @Override
    public int dot(short[] a, int aFrom, short[] b, int bFrom, int count) {
        IntVector sums = IntVector.zero(I32);
        int i = 0;
        for (; i <= count - LANES; i += LANES) {
            Vector<Integer> x = ShortVector.fromArray(I16_HALF, a, aFrom + i).convertShape(S2I, I32, 0);
            sums = sums.add(x.mul(ShortVector.fromArray(I16_HALF, b, bFrom + i).convertShape(S2I, I32, 0)));
        }
        int sum = sums.reduceLanes(ADD);
        for (; i < count; i++) {
            sum += a[aFrom + i] * b[bFrom + i];
        }
        return sum;
    }

    @Override
    public int shortGroupSize() {
        return SHORT_GROUP;
    }

    @Override
    public void shortProducts(
            short[] queries, int group, short[] rows, int count, int d, int segment, int shift, short[] out) {
        for (int from = 0; from < d; from += segment) {
            for (int r = 0; r < count; r += TILE_ROWS) {
                if (from == 0) {
                    Arrays.fill(out, r * SHORT_GROUP, (r + TILE_ROWS) * SHORT_GROUP, (short) 0);
                }
                shortTile(
                        queries,
                        group + from * SHORT_GROUP,
                        rows,
                        r * d + from,
                        d,
                        segment,
                        shift,
                        out,
                        r * SHORT_GROUP);
            }
        }
    }

    private static void shortTile(
            short[] queries, int group, short[] rows, int row0, int d, int count, int shift, short[] out, int to) {
        int lanes = I16.length();
        ShortVector zero = ShortVector.zero(I16);
        ShortVector a0 = zero;
        ShortVector a1 = zero;
        ShortVector b0 = zero;
        ShortVector b1 = zero;
        ShortVector c0 = zero;
        ShortVector c1 = zero;
        ShortVector d0 = zero;
        ShortVector d1 = zero;
        ShortVector e0 = zero;
        ShortVector e1 = zero;
        ShortVector f0 = zero;
        ShortVector f1 = zero;
        int row1 = row0 + d;
        int row2 = row1 + d;
        int row3 = row2 + d;
        int row4 = row3 + d;
        int row5 = row4 + d;
        for (int i = 0, q = group; i < count; i++, q += SHORT_GROUP) {
            ShortVector q0 = ShortVector.fromArray(I16, queries, q);
            ShortVector q1 = ShortVector.fromArray(I16, queries, q + lanes);
            ShortVector x = ShortVector.broadcast(I16, rows[row0 + i]);
            a0 = a0.add(x.mul(q0));
            a1 = a1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row1 + i]);
            b0 = b0.add(x.mul(q0));
            b1 = b1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row2 + i]);
            c0 = c0.add(x.mul(q0));
            c1 = c1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row3 + i]);
            d0 = d0.add(x.mul(q0));
            d1 = d1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row4 + i]);
            e0 = e0.add(x.mul(q0));
            e1 = e1.add(x.mul(q1));
            x = ShortVector.broadcast(I16, rows[row5 + i]);
            f0 = f0.add(x.mul(q0));
            f1 = f1.add(x.mul(q1));
        }
        ShortVector.fromArray(I16, out, to).add(a0.lanewise(ASHR, shift)).intoArray(out, to);
        ShortVector.fromArray(I16, out, to + lanes)
                .add(a1.lanewise(ASHR, shift))
                .intoArray(out, to + lanes);
        ShortVector.fromArray(I16, out, to + 2 * lanes)
                .add(b0.lanewise(ASHR, shift))
                .intoArray(out, to + 2 * lanes);
        ShortVector.fromArray(I16, out, to + 3 * lanes)
                .add(b1.lanewise(ASHR, shift))
                .intoArray(out, to + 3 * lanes);
        ShortVector.fromArray(I16, out, to + 4 * lanes)
                .add(c0.lanewise(ASHR, shift))
                .intoArray(out, to + 4 * lanes);
        ShortVector.fromArray(I16, out, to + 5 * lanes)
                .add(c1.lanewise(ASHR, shift))
                .intoArray(out, to + 5 * lanes);
        ShortVector.fromArray(I16, out, to + 6 * lanes)
                .add(d0.lanewise(ASHR, shift))
                .intoArray(out, to + 6 * lanes);
        ShortVector.fromArray(I16, out, to + 7 * lanes)
                .add(d1.lanewise(ASHR, shift))
                .intoArray(out, to + 7 * lanes);
        ShortVector.fromArray(I16, out, to + 8 * lanes)
                .add(e0.lanewise(ASHR, shift))
                .intoArray(out, to + 8 * lanes);
        ShortVector.fromArray(I16, out, to + 9 * lanes)
                .add(e1.lanewise(ASHR, shift))
                .intoArray(out, to + 9 * lanes);
        ShortVector.fromArray(I16, out, to + 10 * lanes)
                .add(f0.lanewise(ASHR, shift))
                .intoArray(out, to + 10 * lanes);
        ShortVector.fromArray(I16, out, to + 11 * lanes)
                .add(f1.lanewise(ASHR, shift))
                .intoArray(out, to + 11 * lanes);
    }

    @Override
    public int shortBounded(
            short[] products,
            int count,
            RowTerms rows,
            QueryTerms queries,
            int query,
            int first,
            float[] lower,
            int[] places) {
        float[] scales = rows.scales();
        float[] terms = rows.terms();
        float[] errors = rows.errors();
        float[] tails = rows.tails();
        int end = first;
        for (int part = 0; part < SHORT_GROUP; part += LANES) {
            FloatVector factor = FloatVector.fromArray(F32, queries.factors(), query + part);
            FloatVector margin = FloatVector.fromArray(F32, queries.margins(), query + part);
            FloatVector error = FloatVector.fromArray(F32, queries.errorFactors(), query + part);
            FloatVector tail = FloatVector.fromArray(F32, queries.tailFactors(), query + part);
            FloatVector offset = FloatVector.fromArray(F32, queries.offsets(), query + part);
            FloatVector threshold = FloatVector.fromArray(F32, queries.thresholds(), query + part);
            for (int r = 0; r < count; r++) {
                int place = r * SHORT_GROUP + part;
                FloatVector product = (FloatVector) ShortVector.fromArray(I16_HALF, products, place)
                        .convertShape(S2I, I32, 0)
                        .convertShape(I2F, F32, 0);
                FloatVector off = product.fma(factor, margin).mul(scales[r]);
                off = error.fma(FloatVector.broadcast(F32, errors[r]), off);
                off = tail.fma(FloatVector.broadcast(F32, tails[r]), off);
                FloatVector bound = offset.add(terms[r]).sub(off);
                VectorMask<Float> near = bound.compare(LE, threshold);
                bound.compress(near).intoArray(lower, end);
                IOTA.add(place).compress(near.cast(I32)).intoArray(places, end);
                end += near.trueCount();
            }
        }
        return end;
    }

    @Override
    public boolean hasFastCodes() {
        return true;
    }

    @Override
    public String description() {
        return "SIMD, " + F32.vectorBitSize() + " bits";
    }
}
