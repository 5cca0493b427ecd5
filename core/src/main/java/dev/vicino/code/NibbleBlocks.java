package dev.vicino.code;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.NibbleKernels;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * Codes of nibbles, 32 rows side by side, compared by tables in registers: FastScan. A block is the nibbles ({@link NibbleKernels}), then
 * 32 float32 constants and 32 factors ({@link Residual}).
 */
final class NibbleBlocks implements BlockCode {
    private static final NibbleKernels KERNELS = Kernels.BEST.nibbles();
    private static final int FACTOR = ROWS * Float.BYTES;
    private static final int TOP = 255;

    private final Form form;
    private final int dimension;
    private final Turn turn;
    private final NibbleQuantiser quantiser;
    /** What rows are relative to that are not told: d values; no values where they are relative to the list. */
    private final float[] centre;
    /** The deviation of ⟨p, v⟩ from what it stands for, for a v of length 1. */
    private final float error;

    private final Supplier<float[]> parameters;

    private final int tableBytes;
    private final int nibbleBytes;

    private NibbleBlocks(
            Form form,
            int dimension,
            Turn turn,
            NibbleQuantiser quantiser,
            float[] centre,
            float error,
            Supplier<float[]> parameters) {
        this.form = form;
        this.dimension = dimension;
        this.turn = turn;
        this.quantiser = quantiser;
        this.centre = centre;
        this.error = error;
        this.parameters = parameters;
        this.tableBytes = quantiser.groups() * NibbleKernels.LINE;
        this.nibbleBytes = quantiser.planes() * tableBytes;
    }

    /** RaBitQ, relative to lists. */
    static NibbleBlocks ofBits(Form form, int dimension, Rotation rotation, int bits, float error) {
        BitQuantiser quantiser = new BitQuantiser(bits, rotation.turned());
        return new NibbleBlocks(form, dimension, rotation, quantiser, new float[0], error, () -> new float[] {error});
    }

    /** Product quantisation of 4 bits. */
    static NibbleBlocks ofParts(Form form, int dimension, ProductParameters learnt) {
        PartQuantiser quantiser =
                new PartQuantiser(learnt.codebooks(), learnt.turn().turned());
        return new NibbleBlocks(
                form, dimension, learnt.turn(), quantiser, learnt.centre(), learnt.error(), learnt::values);
    }

    @Override
    public int blockBytes() {
        return nibbleBytes + 2 * FACTOR;
    }

    @Override
    public Packer packer() {
        return new NibblePacker();
    }

    @Override
    public BlockScorer scorer() {
        return new NibbleScorer();
    }

    @Override
    public void decode(MemorySegment base, long block, int lane, float[] origin, float[] out) {
        byte[] nibbles = new byte[quantiser.planes() * quantiser.groups()];
        for (int i = 0; i < nibbles.length; i++) {
            int both =
                    base.get(ValueLayout.JAVA_BYTE, block + (long) i * NibbleKernels.LINE + NibbleKernels.place(lane));
            nibbles[i] = (byte) (both >>> shift(lane) & 15);
        }
        float[] turned = new float[turn.turned()];
        quantiser.decode(nibbles, turned);
        float scale = quantiser.isDirection() ? scale(base, block, lane) : 1;
        for (int i = 0; i < turned.length; i++) {
            turned[i] *= scale;
        }
        turn.back(turned, out);
        float[] from = isRelative() ? origin : centre;
        for (int i = 0; i < dimension; i++) {
            out[i] += from[i];
        }
    }

    /** s of {@link Residual}. */
    private float scale(MemorySegment base, long block, int lane) {
        float factor = base.get(Memory.FLOAT, constant(block, nibbleBytes, lane) + FACTOR);
        return -factor / (form == Form.SQUARED_L2 ? 2 : 1);
    }

    private static int shift(int lane) {
        return lane < NibbleKernels.LINE ? 0 : 4;
    }

    @Override
    public float[] parameters() {
        return parameters.get();
    }

    /** Rows relative to lists drift with them; of others the error goes with the distance from the centre, as that of {@link RaBitQ}. */
    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return !isRelative() && Drifted.from(centre, mean, square);
    }

    private boolean isRelative() {
        return centre.length == 0;
    }

    private static long constant(long block, int nibbleBytes, int lane) {
        return block + nibbleBytes + (long) lane * Float.BYTES;
    }

    private final class NibblePacker implements Packer {
        private final Residual residual = new Residual(form, turn, dimension);
        private final NibbleQuantiser.Writer writer = quantiser.writer();
        private final byte[] nibbles = new byte[quantiser.planes() * quantiser.groups()];

        NibblePacker() {
            residual.origin(isRelative() ? new float[dimension] : centre);
        }

        @Override
        public void origin(float[] origin) {
            if (isRelative()) {
                residual.origin(origin);
            }
        }

        @Override
        public void put(float[] vector, MemorySegment base, long block, int lane) {
            float[] turned = residual.of(vector);
            writer.quantise(turned, nibbles);
            residual.quantised(writer.product(turned), writer.product(residual.turnedOrigin()));
            for (int i = 0; i < nibbles.length; i++) {
                put(base, block + (long) i * NibbleKernels.LINE, lane, nibbles[i]);
            }
            long constant = constant(block, nibbleBytes, lane);
            base.set(Memory.FLOAT, constant, residual.constant());
            base.set(Memory.FLOAT, constant + FACTOR, residual.factor());
        }

        private static void put(MemorySegment base, long line, int lane, int nibble) {
            long at = line + NibbleKernels.place(lane);
            int other = base.get(ValueLayout.JAVA_BYTE, at) & (0xf0 >>> shift(lane));
            base.set(ValueLayout.JAVA_BYTE, at, (byte) (other | nibble << shift(lane)));
        }

        @Override
        public void move(
                MemorySegment fromBase, long fromBlock, int fromLane, MemorySegment toBase, long toBlock, int toLane) {
            for (int i = 0; i < nibbleBytes; i += NibbleKernels.LINE) {
                int both = fromBase.get(ValueLayout.JAVA_BYTE, fromBlock + i + NibbleKernels.place(fromLane));
                put(toBase, toBlock + i, toLane, both >>> shift(fromLane) & 15);
            }
            long from = constant(fromBlock, nibbleBytes, fromLane);
            long to = constant(toBlock, nibbleBytes, toLane);
            toBase.set(Memory.FLOAT, to, fromBase.get(Memory.FLOAT, from));
            toBase.set(Memory.FLOAT, to + FACTOR, fromBase.get(Memory.FLOAT, from + FACTOR));
        }
    }

    private final class NibbleScorer implements BlockScorer {
        private final RelativeQuery relative = new RelativeQuery(form, turn, dimension);
        private final float[] entries = new float[tableBytes];
        private final byte[] tables = new byte[tableBytes];
        private final short[] scratch = new short[NibbleKernels.SCRATCH];
        private int[] sums = new int[ROWS];
        private float step;
        private float bias;
        /** The variance that rounding the tables brings. */
        private double rounding;

        @Override
        public void prepare(float[] query) {
            if (isRelative()) {
                relative.clearOrigin();
            } else {
                relative.origin(centre);
            }
            float[] turned = relative.prepare(query);
            quantiser.tables(turned, entries);
            bias = quantiser.bias(turned) + (float) (((1 << quantiser.planes()) - 1) * roundTables());
            double squares = ((1 << (2 * quantiser.planes())) - 1) / 3.0; // Σ 4^p
            rounding = squares * quantiser.groups() * step * step / 12;
        }

        /** Gives all tables one step, so that the widest has 255; tells the sum of their least entries. */
        private double roundTables() {
            float widest = 0;
            double least = 0;
            for (int table = 0; table < tableBytes; table += NibbleKernels.LINE) {
                float low = entries[table];
                float high = low;
                for (int i = table + 1; i < table + NibbleKernels.LINE; i++) {
                    low = Math.min(low, entries[i]);
                    high = Math.max(high, entries[i]);
                }
                widest = Math.max(widest, high - low);
                least += low;
                for (int i = table; i < table + NibbleKernels.LINE; i++) {
                    entries[i] -= low;
                }
            }
            step = Math.min(widest, Float.MAX_VALUE) / TOP;
            float inverse = step > 0 ? 1 / step : 0;
            for (int i = 0; i < tableBytes; i++) {
                tables[i] = (byte) (int) (entries[i] * inverse + 0.5f);
            }
            return least;
        }

        @Override
        public void origin(float[] origin) {
            if (isRelative()) {
                relative.origin(origin);
            }
        }

        @Override
        public void score(MemorySegment base, long at, int blocks, float[] out) {
            if (sums.length < blocks * ROWS) {
                sums = Arrays.copyOf(sums, 2 * blocks * ROWS);
            }
            KERNELS.sums(tables, quantiser.planes(), base, at, blockBytes(), blocks, scratch, sums);
            KERNELS.estimates(sums, step, bias, relative.offset(), base, at + nibbleBytes, blockBytes(), blocks, out);
        }

        @Override
        public float error(MemorySegment base, long block, int lane) {
            float factor = base.get(Memory.FLOAT, constant(block, nibbleBytes, lane) + FACTOR);
            return Math.abs(factor) * (float) Math.sqrt(relative.square() * error * error + rounding);
        }
    }
}
