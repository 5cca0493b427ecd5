package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.I16;
import static dev.vicino.kernel.Simd.I32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.B2S;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.S2I;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API. */
final class SimdCodeKernels implements CodeKernels {
    /** As many bytes as there are shorts in a vector. */
    private static final VectorSpecies<Byte> I8 =
            VectorShape.forBitSize(Math.max(64, F32.vectorBitSize() / 2)).withLanes(byte.class);

    /** Rows whose sums {@link #dotBlock} makes: two vectors of shorts. */
    private static final int PART = 2 * I16.length();

    @Override
    public void dot(short[] query, Codes codes, int from, int count, int[] out) {
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
            for (int part = 0; part < Codes.BLOCK; part += PART) {
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
    public void l1(short[] query, Codes codes, int from, int count, int[] out) {
        int width = codes.width();
        assert query.length == width && from >= 0 && from + count <= codes.size();
        long row = codes.at(from);
        for (int r = 0; r < count; r++, row += width) {
            int sum = 0;
            for (int i = 0; i < width; i += Codes.CHUNK) {
                sum += l1Chunk(query, row, i, Math.min(i + Codes.CHUNK, width));
            }
            out[r] = sum;
        }
    }

    private static int l1Chunk(short[] q, long row, int from, int to) {
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
    public void bounds(
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
    public boolean areFast() {
        return true;
    }
}
