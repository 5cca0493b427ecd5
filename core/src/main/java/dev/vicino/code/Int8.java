package dev.vicino.code;

import dev.vicino.kernel.ByteGathers;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Prefetch;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Scalar quantisation: a signed byte a value, every dimension with a middle and a step of its own. A value beyond the range that was
 * learnt is taken for its end.
 *
 * <p>A code is d bytes, filled up with zeros to a multiple of 16, and under the dot product the height of the row above the sphere's
 * equator ({@link Sphere}), float32.
 */
public final class Int8 implements Code {
    private static final ByteGathers KERNELS = Kernels.BEST.byteGathers();
    private static final int TOP = 127;

    /** Of the values of one dimension, from the middle to the end. */
    private static final double DEVIATIONS_IN_RANGE = 3;

    /** Bytes of each code that are fetched ahead; the processor goes on by itself. */
    private static final int MAX_TOUCHED = 256;

    private static final int MAX_ROWS_LEARNT = 50_000;

    private final Form form;
    private final int dimension;
    private final Sphere sphere;
    /** One a value, filled up with zeros as the codes are. */
    private final float[] steps;

    private final float[] middles;
    private final float error;
    /** How far rows lie from the middles, roughly. */
    private final float spread;

    private Int8(Form form, int dimension, Sphere sphere, float[] steps, float[] middles) {
        this.form = form;
        this.dimension = dimension;
        this.sphere = sphere;
        this.steps = steps;
        this.middles = middles;
        double square = 0;
        for (float step : steps) {
            square += (double) step * step / 12;
        }
        this.error = (float) Math.sqrt(square / dimension);
        this.spread = (float) (TOP * Math.sqrt(12 * square) / DEVIATIONS_IN_RANGE);
    }

    /** Learns the ranges from a sample of vectors. */
    public static Int8 learn(Form form, int dimension, Sphere sphere, Sample sample) {
        int rows = Math.min(sample.size(), MAX_ROWS_LEARNT);
        float[] least = new float[dimension];
        float[] most = new float[dimension];
        float[] row = new float[dimension];
        for (int i = 0; i < rows; i++) {
            sample.copy((int) ((long) i * sample.size() / rows), row);
            normalise(form, row);
            for (int j = 0; j < dimension; j++) {
                least[j] = i == 0 ? row[j] : Math.min(least[j], row[j]);
                most[j] = i == 0 ? row[j] : Math.max(most[j], row[j]);
            }
        }
        double headroom = 1 + 4 / Math.sqrt(Math.max(1, rows)); // few rows do not show how far others go
        float end = Math.round(TOP / headroom); // whole, or the ends, which weigh most, would all be rounded inwards
        int padded = padded(dimension);
        float[] steps = new float[padded];
        float[] middles = new float[padded];
        for (int j = 0; j < dimension; j++) {
            steps[j] = (most[j] / 2 - least[j] / 2) / end;
            middles[j] = least[j] / 2 + most[j] / 2;
        }
        return new Int8(form, dimension, sphere, steps, middles);
    }

    /** Reads what {@link #parameters} wrote; null where it has another length. */
    static @Nullable Int8 open(Form form, int dimension, Sphere sphere, float[] values) {
        int padded = padded(dimension);
        if (values.length != 2 * padded) {
            return null;
        }
        return new Int8(
                form, dimension, sphere, Arrays.copyOf(values, padded), Arrays.copyOfRange(values, padded, 2 * padded));
    }

    /** Values beyond the range are cut off; a mean that is half-way to its end has many of them. */
    @Override
    public boolean hasDrifted(double[] mean, double square) {
        for (int i = 0; i < dimension; i++) {
            if (Math.abs(mean[i] - middles[i]) > steps[i] * (TOP / 2.0) + 1e-9 * Math.sqrt(square)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public float[] parameters() {
        float[] values = Arrays.copyOf(steps, 2 * steps.length);
        System.arraycopy(middles, 0, values, steps.length, steps.length);
        return values;
    }

    private static int padded(int dimension) {
        return Math.ceilDiv(dimension, ByteGathers.ALIGNMENT) * ByteGathers.ALIGNMENT;
    }

    private static void normalise(Form form, float[] row) {
        if (form == Form.COSINE) {
            Sphere.normalise(row, row);
        }
    }

    @Override
    public int bytes() {
        return steps.length + (form == Form.DOT ? Float.BYTES : 0);
    }

    @Override
    public Encoder encoder() {
        float[] row = new float[dimension];
        return (vector, base, at) -> {
            System.arraycopy(vector, 0, row, 0, dimension);
            normalise(form, row);
            for (int j = 0; j < steps.length; j++) {
                int code = j < dimension && steps[j] > 0 ? Math.round((row[j] - middles[j]) / steps[j]) : 0;
                base.set(ValueLayout.JAVA_BYTE, at + j, (byte) Math.clamp(code, -TOP, TOP));
            }
            if (form == Form.DOT) {
                base.set(Memory.FLOAT, at + steps.length, sphere.height(vector));
            }
        };
    }

    @Override
    public void decode(MemorySegment base, long at, float[] out) {
        for (int j = 0; j < dimension; j++) {
            out[j] = middles[j] + base.get(ValueLayout.JAVA_BYTE, at + j) * steps[j];
        }
    }

    @Override
    public Scorer scorer(Slots codes) {
        return new ByteScorer(codes);
    }

    private final class ByteScorer implements Scorer {
        private final Slots codes;
        private final float[] row = new float[dimension];
        private final float[] values = new float[steps.length];
        private float offset;
        private float norm;
        private float height;

        ByteScorer(Slots codes) {
            this.codes = codes;
        }

        @Override
        public void prepare(float[] query) {
            System.arraycopy(query, 0, row, 0, dimension);
            normalise(form, row);
            height = 0;
            offset = 0;
            double square = 0;
            for (int j = 0; j < dimension; j++) {
                if (form == Form.COSINE || form == Form.DOT) {
                    values[j] = -row[j] * steps[j];
                    offset -= row[j] * middles[j];
                } else {
                    values[j] = middles[j] - row[j];
                }
                double length = form == Form.SQUARED_L2 ? values[j] : row[j];
                square += length * length;
            }
            norm = (float) Math.sqrt(square + (form == Form.SQUARED_L2 ? (double) spread * spread : 0));
        }

        @Override
        public void prepareNode(float[] vector) {
            prepare(vector);
            height = form == Form.DOT ? sphere.height(vector) : 0;
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            Prefetch.touch(codes, slots, 0, count, Math.min(steps.length, MAX_TOUCHED));
            switch (form) {
                case SQUARED_L2 -> KERNELS.squaredL2(steps, values, codes, slots, count, out);
                case L1 -> KERNELS.l1(steps, values, codes, slots, count, out);
                case COSINE, DOT -> {
                    KERNELS.dot(values, codes, slots, count, out);
                    for (int i = 0; i < count; i++) {
                        out[i] += offset;
                    }
                }
            }
            if (height != 0) {
                for (int i = 0; i < count; i++) {
                    MemorySegment base = codes.base(slots[i]);
                    out[i] -= height * base.get(Memory.FLOAT, codes.at(slots[i]) + steps.length);
                }
            }
        }

        @Override
        public float error(int slot) {
            return switch (form) {
                case COSINE, DOT -> error * norm;
                case SQUARED_L2 -> 2 * error * norm;
                case L1 -> error * (float) Math.sqrt(dimension);
            };
        }
    }
}
