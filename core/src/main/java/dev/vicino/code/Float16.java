package dev.vicino.code;

import dev.vicino.kernel.HalfGathers;
import dev.vicino.kernel.Kernels;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Values in half precision, of length 1 under cosine; a value beyond its range is taken for the end of it. A code is 2·d bytes, filled up
 * with zeros to a multiple of 32, and under the dot product the height of the row above the sphere's equator ({@link Sphere}), float32.
 */
final class Float16 implements Code {
    private static final HalfGathers KERNELS = Kernels.BEST.halfGathers();
    private static final ValueLayout.OfShort HALF = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final float LARGEST = 65504;

    /** The deviation of a value that was rounded to 11 bits, in shares of it, roughly. */
    private static final double ROUNDING = 0x1p-12 / Math.sqrt(3) * 1.2;

    private static final int MAX_ROWS_LEARNT = 10_000;

    private final Form form;
    private final int dimension;
    private final Sphere sphere;
    private final int padded;
    /** How long rows are: the root of the mean square. */
    private final float length;

    private Float16(Form form, int dimension, Sphere sphere, float length) {
        this.form = form;
        this.dimension = dimension;
        this.sphere = sphere;
        this.padded = Math.ceilDiv(dimension, HalfGathers.ALIGNMENT) * HalfGathers.ALIGNMENT;
        this.length = length;
    }

    /** Learns how long rows are, which errors go with. */
    static Float16 learn(Form form, int dimension, Sphere sphere, Sample sample) {
        int rows = Math.min(sample.size(), MAX_ROWS_LEARNT);
        float[] row = new float[dimension];
        double squares = 0;
        for (int i = 0; i < rows; i++) {
            sample.copy((int) ((long) i * sample.size() / rows), row);
            for (float value : row) {
                squares += (double) value * value;
            }
        }
        double length = form == Form.COSINE || rows == 0 ? 1 : Math.sqrt(squares / rows);
        return new Float16(form, dimension, sphere, (float) Math.min(length, Float.MAX_VALUE));
    }

    /** Reads what {@link #parameters} wrote; null where it has another length. */
    static @Nullable Float16 open(Form form, int dimension, Sphere sphere, float[] values) {
        return values.length == 1 ? new Float16(form, dimension, sphere, values[0]) : null;
    }

    @Override
    public float[] parameters() {
        return new float[] {length};
    }

    /** Any values have their halves. */
    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return false;
    }

    @Override
    public int bytes() {
        return padded * Short.BYTES + (form == Form.DOT ? Float.BYTES : 0);
    }

    @Override
    public Encoder encoder() {
        float[] row = new float[dimension];
        return (vector, base, at) -> {
            copy(vector, row);
            for (int i = 0; i < padded; i++) {
                float value = i < dimension ? Math.clamp(row[i], -LARGEST, LARGEST) : 0;
                base.set(HALF, at + (long) i * Short.BYTES, Float.floatToFloat16(value));
            }
            if (form == Form.DOT) {
                base.set(Memory.FLOAT, at + (long) padded * Short.BYTES, sphere.height(vector));
            }
        };
    }

    private void copy(float[] vector, float[] into) {
        if (form == Form.COSINE) {
            Sphere.normalise(vector, into);
        } else {
            System.arraycopy(vector, 0, into, 0, dimension);
        }
    }

    @Override
    public void decode(MemorySegment base, long at, float[] out) {
        for (int i = 0; i < dimension; i++) {
            out[i] = Float.float16ToFloat(base.get(HALF, at + (long) i * Short.BYTES));
        }
    }

    @Override
    public Scorer scorer(Slots codes) {
        return new HalfScorer(codes);
    }

    private final class HalfScorer implements Scorer {
        private final Slots codes;
        private final float[] values = new float[padded];
        private final float[] row = new float[dimension];
        private double norm;
        private float height;

        HalfScorer(Slots codes) {
            this.codes = codes;
        }

        @Override
        public void prepare(float[] query) {
            copy(query, row);
            System.arraycopy(row, 0, values, 0, dimension);
            height = 0;
            double square = 0;
            for (float value : row) {
                square += (double) value * value;
            }
            norm = Math.sqrt(square);
        }

        @Override
        public void prepareNode(float[] vector) {
            prepare(vector);
            height = form == Form.DOT ? sphere.height(vector) : 0;
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            switch (form) {
                case SQUARED_L2 -> KERNELS.squaredL2(values, codes, slots, count, out);
                case L1 -> KERNELS.l1(values, codes, slots, count, out);
                case COSINE, DOT -> KERNELS.dot(values, codes, slots, count, out);
            }
            for (int i = 0; i < count && (form == Form.COSINE || form == Form.DOT); i++) {
                out[i] = -out[i];
                if (height != 0) {
                    MemorySegment base = codes.base(slots[i]);
                    out[i] -= height * base.get(Memory.FLOAT, codes.at(slots[i]) + (long) padded * Short.BYTES);
                }
            }
        }

        @Override
        public float error(int slot) {
            double rounding = ROUNDING * length;
            return (float)
                    switch (form) {
                        case COSINE, DOT -> rounding * norm / Math.sqrt(dimension);
                        // the values that are rounded most are those that differ most, so 3 and not 2
                        case SQUARED_L2 -> 3 * rounding * Math.hypot(norm, length) / Math.sqrt(dimension);
                        case L1 -> rounding;
                    };
        }
    }
}
