package dev.vicino.code;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Product quantisation of single rows, compared by tables of sums (asymmetric distance computation). A code is a byte a part, or half a
 * byte where numbers have 4 bits, filled up with zeros to a multiple of 8; then the float32 constant and factor of {@link Residual}, and
 * under the dot product the height of the row above the sphere's equator ({@link Sphere}).
 */
final class ProductCode implements Code {
    /** Bytes of a code that are read at once. */
    private static final int WORD = Long.BYTES;

    /** Entries of the table of a byte. */
    private static final int ENTRIES = 256;

    private final Form form;
    private final int dimension;
    private final Sphere sphere;
    private final ProductParameters learnt;
    private final Codebooks codebooks;
    private final boolean halves;
    /** Bytes that hold numbers, and those behind them up to the factors. */
    private final int used;

    private final int padded;

    ProductCode(Form form, int dimension, Sphere sphere, ProductParameters learnt) {
        this.form = form;
        this.dimension = dimension;
        this.sphere = sphere;
        this.learnt = learnt;
        this.codebooks = learnt.codebooks();
        this.halves = codebooks.size() < ENTRIES;
        this.used = halves ? Math.ceilDiv(codebooks.parts(), 2) : codebooks.parts();
        this.padded = Math.ceilDiv(used, WORD) * WORD;
    }

    @Override
    public int bytes() {
        return padded + (form == Form.DOT ? 3 : 2) * Float.BYTES;
    }

    @Override
    public Encoder encoder() {
        return new RowEncoder();
    }

    @Override
    public void decode(MemorySegment base, long at, float[] out) {
        byte[] numbers = new byte[2 * padded];
        for (int i = 0; i < used; i++) {
            int number = base.get(ValueLayout.JAVA_BYTE, at + i) & 0xff;
            if (halves) {
                numbers[2 * i] = (byte) (number & 15);
                numbers[2 * i + 1] = (byte) (number >>> 4);
            } else {
                numbers[i] = (byte) number;
            }
        }
        float[] turned = new float[learnt.turn().turned()];
        codebooks.decode(numbers, turned);
        learnt.turn().back(turned, out);
        for (int i = 0; i < learnt.centre().length; i++) {
            out[i] += learnt.centre()[i];
        }
    }

    @Override
    public Scorer scorer(Slots codes) {
        return new TableScorer(codes);
    }

    /** The error goes with the distance from the centre; rows relative to lists drift with them. */
    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return !isRelative() && Drifted.from(learnt.centre(), mean, square);
    }

    @Override
    public float[] parameters() {
        return learnt.values();
    }

    @Override
    public boolean isRelative() {
        return learnt.centre().length == 0;
    }

    private final class RowEncoder implements Encoder {
        private final Residual residual = new Residual(form, learnt.turn(), dimension);
        private final NibbleQuantiser.Writer writer =
                new PartQuantiser(codebooks, learnt.turn().turned()).writer();
        private final byte[] numbers = new byte[2 * padded];

        RowEncoder() {
            residual.origin(isRelative() ? new float[dimension] : learnt.centre());
        }

        @Override
        public void origin(float[] origin) {
            if (isRelative()) {
                residual.origin(origin);
            }
        }

        @Override
        public void encode(float[] vector, MemorySegment base, long at) {
            float[] turned = residual.of(vector);
            writer.quantise(turned, numbers);
            residual.quantised(writer.product(turned), writer.product(residual.turnedOrigin()));
            for (int i = 0; i < padded; i++) {
                int number = halves ? numbers[2 * i] | numbers[2 * i + 1] << 4 : numbers[i];
                base.set(ValueLayout.JAVA_BYTE, at + i, (byte) number);
            }
            base.set(Memory.FLOAT, at + padded, residual.constant());
            base.set(Memory.FLOAT, at + padded + 4, residual.factor());
            if (form == Form.DOT) {
                base.set(Memory.FLOAT, at + padded + 8, sphere.height(vector));
            }
        }
    }

    private final class TableScorer implements Scorer {
        private final Slots codes;
        private final RelativeQuery relative = new RelativeQuery(form, learnt.turn(), dimension);
        private final float[] entries = new float[2 * used * codebooks.size()];
        private final float[] tables = new float[padded * ENTRIES];
        private float height;

        TableScorer(Slots codes) {
            this.codes = codes;
        }

        @Override
        public void prepare(float[] query) {
            height = 0;
            if (isRelative()) {
                relative.clearOrigin();
            } else {
                relative.origin(learnt.centre());
            }
            float[] turned = relative.prepare(query);
            if (halves) {
                codebooks.tables(turned, entries);
                combine();
            } else {
                codebooks.tables(turned, tables);
            }
        }

        /** The table of a byte from those of its halves. */
        private void combine() {
            int size = codebooks.size();
            for (int i = 0; i < used; i++) {
                for (int upper = 0; upper < size; upper++) {
                    float entry = entries[(2 * i + 1) * size + upper];
                    for (int lower = 0; lower < size; lower++) {
                        tables[i * ENTRIES + upper * size + lower] = entry + entries[2 * i * size + lower];
                    }
                }
            }
        }

        @Override
        public void prepareNode(float[] vector) {
            prepare(vector);
            height = form == Form.DOT ? sphere.height(vector) : 0;
        }

        @Override
        public void origin(float[] origin) {
            if (isRelative()) {
                relative.origin(origin);
            }
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            for (int i = 0; i < count; i++) {
                MemorySegment base = Memory.DIRECT ? Memory.ALL : codes.base(slots[i]);
                long at = codes.at(slots[i]);
                float factor = base.get(Memory.FLOAT, at + padded + 4);
                out[i] = relative.offset() + base.get(Memory.FLOAT, at + padded) + factor * sum(base, at);
                if (height != 0) {
                    out[i] -= height * base.get(Memory.FLOAT, at + padded + 8);
                }
            }
        }

        /** Two sums, for each addition waits for the one before. */
        private float sum(MemorySegment base, long at) {
            float even = 0;
            float odd = 0;
            int table = 0;
            for (int i = 0; i < padded; i += WORD, table += WORD * ENTRIES) {
                long word = base.get(Memory.LONG, at + i);
                even += tables[table + (int) (word & 0xff)];
                odd += tables[table + ENTRIES + (int) (word >>> 8 & 0xff)];
                even += tables[table + 2 * ENTRIES + (int) (word >>> 16 & 0xff)];
                odd += tables[table + 3 * ENTRIES + (int) (word >>> 24 & 0xff)];
                even += tables[table + 4 * ENTRIES + (int) (word >>> 32 & 0xff)];
                odd += tables[table + 5 * ENTRIES + (int) (word >>> 40 & 0xff)];
                even += tables[table + 6 * ENTRIES + (int) (word >>> 48 & 0xff)];
                odd += tables[table + 7 * ENTRIES + (int) (word >>> 56)];
            }
            return even + odd;
        }

        @Override
        public float error(int slot) {
            float factor = codes.base(slot).get(Memory.FLOAT, codes.at(slot) + padded + 4);
            return Math.abs(factor) * learnt.error() * (float) Math.sqrt(relative.square());
        }
    }
}
