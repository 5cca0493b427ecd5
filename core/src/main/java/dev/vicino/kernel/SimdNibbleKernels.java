package dev.vicino.kernel;

import static dev.vicino.kernel.Simd.F32;
import static dev.vicino.kernel.Simd.I16;
import static dev.vicino.kernel.Simd.I32;
import static dev.vicino.kernel.Simd.LANES;
import static dev.vicino.memory.Memory.ALL;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.ZERO_EXTEND_S2I;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** By the Vector API. A vector is one line, two or four, whose sums are folded in the end. */
final class SimdNibbleKernels implements NibbleKernels {
    private static final VectorSpecies<Byte> I8 = F32.vectorShape().withLanes(byte.class);
    private static final int BYTES = I8.length();
    private static final int SHORTS = I16.length();

    /** As many shorts as there are ints in a vector. */
    private static final VectorSpecies<Short> HALF =
            VectorShape.forBitSize(F32.vectorBitSize() / 2).withLanes(short.class);

    /** Where in a vector the table of a byte's line begins. */
    private static final ByteVector TABLE_OF = tables();

    /** Lane j takes lane j + 8. */
    private static final VectorShuffle<Integer> DOWN8 = VectorShuffle.fromOp(I32, lane -> (lane + 8) % LANES);

    private static final VectorMask<Integer> UPPER = VectorMask.fromLong(I32, 0xff00);

    private static ByteVector tables() {
        byte[] starts = new byte[BYTES];
        for (int i = 0; i < BYTES; i++) {
            starts[i] = (byte) (i / LINE * LINE);
        }
        return ByteVector.fromArray(I8, starts, 0);
    }

    @Override
    public void sums(
            byte[] tables,
            int planes,
            MemorySegment base,
            long at,
            long blockBytes,
            int blocks,
            short[] scratch,
            int[] out) {
        Arrays.fill(out, 0, blocks * ROWS, 0);
        int chunk = CHUNK * LINE;
        for (int block = 0; block < blocks; block++) {
            long plane = at + block * blockBytes;
            for (int p = 0; p < planes; p++, plane += tables.length) {
                for (int from = 0; from < tables.length; from += chunk) {
                    add(tables, from, Math.min(from + chunk, tables.length), plane, scratch);
                    fold(scratch, 0, p, out, block * ROWS);
                    fold(scratch, 2 * SHORTS, p, out, block * ROWS + LINE);
                }
            }
        }
    }

    /** Sums of lines in 16 bits: those of the even bytes' lower nibbles, odd, even upper, odd. */
    private static void add(byte[] tables, int from, int to, long plane, short[] sums) {
        ShortVector lower = ShortVector.zero(I16);
        ShortVector lowerOdd = ShortVector.zero(I16);
        ShortVector upper = ShortVector.zero(I16);
        ShortVector upperOdd = ShortVector.zero(I16);
        for (int i = from; i < to; i += BYTES) {
            ByteVector table = ByteVector.fromArray(I8, tables, i);
            ByteVector codes = ByteVector.fromMemorySegment(I8, ALL, plane + i, LITTLE_ENDIAN);
            ShortVector entries =
                    codes.and((byte) 15).or(TABLE_OF).selectFrom(table).reinterpretAsShorts();
            lower = lower.add(entries);
            lowerOdd = lowerOdd.add(entries.lanewise(LSHR, 8));
            entries = codes.reinterpretAsInts()
                    .lanewise(LSHR, 4)
                    .reinterpretAsBytes()
                    .and((byte) 15)
                    .or(TABLE_OF)
                    .selectFrom(table)
                    .reinterpretAsShorts();
            upper = upper.add(entries);
            upperOdd = upperOdd.add(entries.lanewise(LSHR, 8));
        }
        lower.sub(lowerOdd.lanewise(LSHL, 8))
                .intoArray(sums, 0); // what the odd bytes brought overflowed, and goes again
        lowerOdd.intoArray(sums, SHORTS);
        upper.sub(upperOdd.lanewise(LSHL, 8)).intoArray(sums, 2 * SHORTS);
        upperOdd.intoArray(sums, 3 * SHORTS);
    }

    /** Adds the sums of 16 rows, even bytes and odd ones, times 2^p to those in 32 bits. */
    private static void fold(short[] sums, int from, int p, int[] out, int to) {
        if (LANES == 16) {
            IntVector even = ints(sums, from).add(ints(sums, from + LANES));
            IntVector odd = ints(sums, from + SHORTS).add(ints(sums, from + SHORTS + LANES));
            even = even.add(even.rearrange(DOWN8));
            odd = odd.add(odd.rearrange(DOWN8));
            addTo(out, to, even.blend(odd, UPPER), p);
        } else if (LANES == 8) {
            addTo(out, to, ints(sums, from).add(ints(sums, from + LANES)), p);
            addTo(out, to + 8, ints(sums, from + SHORTS).add(ints(sums, from + SHORTS + LANES)), p);
        } else {
            for (int i = 0; i < LINE; i += LANES) {
                addTo(out, to + i, ints(sums, from + i), p);
            }
        }
    }

    private static IntVector ints(short[] sums, int from) {
        return (IntVector) ShortVector.fromArray(HALF, sums, from).convertShape(ZERO_EXTEND_S2I, I32, 0);
    }

    private static void addTo(int[] out, int to, IntVector sums, int p) {
        IntVector.fromArray(I32, out, to).add(sums.lanewise(LSHL, p)).intoArray(out, to);
    }

    @Override
    public void estimates(
            int[] sums,
            float step,
            float bias,
            float offset,
            MemorySegment base,
            long at,
            long blockBytes,
            int blocks,
            float[] out) {
        for (int row = 0; row < blocks * ROWS; row += LANES) {
            long constant = at + row / ROWS * blockBytes + (long) row % ROWS * Float.BYTES;
            FloatVector product = ((FloatVector)
                            IntVector.fromArray(I32, sums, row).convertShape(I2F, F32, 0))
                    .mul(step)
                    .add(bias);
            FloatVector.fromMemorySegment(F32, ALL, constant + ROWS * Float.BYTES, LITTLE_ENDIAN)
                    .mul(product)
                    .add(FloatVector.fromMemorySegment(F32, ALL, constant, LITTLE_ENDIAN)
                            .add(offset))
                    .intoArray(out, row);
        }
    }
}
