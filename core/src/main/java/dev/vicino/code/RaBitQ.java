package dev.vicino.code;

import dev.vicino.kernel.BitGathers;
import dev.vicino.kernel.BitGathers.Moments;
import dev.vicino.kernel.BitGathers.Planes;
import dev.vicino.kernel.Kernels;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * RaBitQ: a few bits a value of the rotated residual to the mean (Gao and Long, arXiv:2405.12497; more than one bit arXiv:2409.09913).
 *
 * <p>With r the rotated residual of a row, u its code of B bits a value and y = u − (2^B−1)/2, ⟨r, q⟩ is estimated by s·⟨y, q⟩ with
 * s = ‖r‖²/⟨y, r⟩. Where r is random in direction the estimate is unbiased, and its error has the deviation
 * ‖r‖·‖q‖·√((1−c²)/c²)/√(D−1), c being the cosine of r and y. Here one rotation and one mean serve all rows.
 *
 * <p>A code is B·D/8 bytes of bit planes and behind them these factors, float32: a and f with which the distance is
 * a + f·⟨y, q⟩ + (what depends on the query alone); f·Σu; and under the dot product the height of the row above the sphere's
 * equator ({@link Sphere}).
 *
 * <p>A query is cut into planes of bits too, so that a product is counting ones.
 */
public final class RaBitQ implements Code {
    private static final BitGathers KERNELS = Kernels.BEST.bitGathers();
    static final long SEED = 0x5eed_0f_9a_b17L;
    static final int MAX_ROWS_LEARNT = 10_000;

    /** The mean square of a value of y, by the number of bits, where residuals are normally distributed. */
    private static final double[] SQUARES = {0, 0.25, 0.88, 2.6, 7.6, 24, 82, 260, 820};

    private final int bits;
    private final Form form;
    private final Sphere sphere;
    private final Rotation rotation;
    private final float[] centre;
    private final float error;

    /** Bytes of planes in front of the factors. */
    private final int planeBytes;

    private final int dimension;

    private RaBitQ(int bits, Form form, int dimension, Sphere sphere, float[] centre, float error) {
        this.bits = bits;
        this.form = form;
        this.dimension = dimension;
        this.sphere = sphere;
        this.rotation = new Rotation(dimension, SEED);
        this.centre = centre;
        this.error = error;
        this.planeBytes = bits * rotation.turned() / Byte.SIZE;
    }

    /**
     * Learns the mean and the usual error from a sample of vectors.
     *
     * @param bits a value
     * @param sphere of the dot product; of no use under other metrics
     */
    public static RaBitQ learn(int bits, Form form, int dimension, Sphere sphere, Sample sample) {
        int rows = Math.min(sample.size(), MAX_ROWS_LEARNT);
        RaBitQ origin = new RaBitQ(bits, form, dimension, sphere, new float[new Rotation(dimension, SEED).turned()], 0);
        double[] sum = new double[origin.centre.length];
        Rotated rotated = origin.new Rotated();
        float[] row = new float[dimension];
        for (int i = 0; i < rows; i++) {
            sample.copy((int) ((long) i * sample.size() / rows), row);
            float[] turned = rotated.of(row);
            for (int j = 0; j < sum.length; j++) {
                sum[j] += turned[j];
            }
        }
        float[] centre = new float[sum.length];
        for (int j = 0; j < sum.length; j++) {
            float mean = (float) (sum[j] / Math.max(1, rows));
            centre[j] = Float.isFinite(mean) ? mean : 0;
        }
        return new RaBitQ(bits, form, dimension, sphere, centre, 0).withError(sample, rows);
    }

    private RaBitQ withError(Sample sample, int rows) {
        RowEncoder encoder = new RowEncoder();
        float[] row = new float[dimension];
        double sum = 0;
        int some = Math.min(rows, MAX_ROWS_LEARNT / 10);
        for (int i = 0; i < some; i++) {
            sample.copy((int) ((long) i * sample.size() / some), row);
            sum += encoder.error(row);
        }
        return new RaBitQ(bits, form, dimension, sphere, centre, mean(sum, some));
    }

    /** Nothing is known where nothing was learnt from: then the estimates are not to be trusted at all. */
    private static float mean(double sum, int count) {
        float mean = (float) (sum / count);
        return Float.isFinite(mean) ? mean : Float.MAX_VALUE;
    }

    /** Reads what {@link #parameters} wrote; null where it has another length or values that are not finite. */
    static @Nullable RaBitQ open(int bits, Form form, int dimension, Sphere sphere, float[] values) {
        int rotated = new Rotation(dimension, SEED).turned();
        if (values.length != rotated + 1) {
            return null;
        }
        return new RaBitQ(bits, form, dimension, sphere, Arrays.copyOf(values, rotated), values[rotated]);
    }

    @Override
    public float[] parameters() {
        float[] values = Arrays.copyOf(centre, centre.length + 1);
        values[centre.length] = error;
        return values;
    }

    @Override
    public int bytes() {
        return planeBytes + (form == Form.DOT ? 4 : 3) * Float.BYTES;
    }

    @Override
    public Encoder encoder() {
        return new RowEncoder();
    }

    @Override
    public void decode(MemorySegment base, long at, float[] out) {
        float scale = Math.abs(base.get(Memory.FLOAT, at + planeBytes + 4)) / (form == Form.SQUARED_L2 ? 2 : 1);
        float[] turned = new float[centre.length];
        for (int i = 0; i < turned.length; i++) {
            int value = 0;
            for (int plane = 0; plane < bits; plane++) {
                long word = at + (long) plane * turned.length / Byte.SIZE + (long) i / Long.SIZE * Long.BYTES;
                value |= (int) (base.get(Memory.LONG, word) >>> i % Long.SIZE & 1) << plane;
            }
            turned[i] = centre[i] + scale * (value - ((1 << bits) - 1) / 2f);
        }
        rotation.back(turned, out);
    }

    @Override
    public Scorer scorer(Slots codes) {
        return new BitScorer(codes);
    }

    @Override
    public boolean hasDrifted(double[] mean, double square) {
        float[] row = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            row[i] = (float) mean[i];
        }
        float[] turned = new float[centre.length];
        rotation.turn(row, turned, new float[centre.length]);
        double[] turnedMean = new double[turned.length];
        for (int i = 0; i < turned.length; i++) {
            turnedMean[i] = turned[i];
        }
        return Drifted.from(centre, turnedMean, square);
    }

    /** Turns vectors, one at a time. */
    final class Rotated {
        private final float[] unit = new float[dimension];
        private final float[] out = new float[rotation.turned()];
        private final float[] scratch = new float[rotation.turned()];

        /** The rotated vector, of length 1 under cosine; overwritten by the next. */
        float[] of(float[] vector) {
            float[] source = vector;
            if (form == Form.COSINE) {
                Sphere.normalise(vector, unit);
                source = unit;
            }
            rotation.turn(source, out, scratch);
            return out;
        }
    }

    private final class RowEncoder implements Encoder {
        private final Rotated rotated = new Rotated();
        private final int size = centre.length;
        private final float[] residual = new float[size];
        private final BitLevels levels = new BitLevels(bits, size);

        @Override
        public void encode(float[] vector, MemorySegment base, long at) {
            float[] turned = quantise(vector);
            for (int plane = 0; plane < bits; plane++) {
                for (int word = 0; word < size / Long.SIZE; word++) {
                    base.set(Memory.LONG, at + (long) plane * size / Byte.SIZE + 8L * word, word(plane, word));
                }
            }
            double scale = levels.product() > 0 ? levels.square() / levels.product() : 0;
            double factor = form == Form.SQUARED_L2 ? -2 * scale : -scale;
            double constant = levels.square();
            if (form != Form.SQUARED_L2) {
                constant = 0;
                for (int i = 0; i < size; i++) {
                    constant -= (double) (turned[i] - centre[i]) * centre[i];
                }
            }
            long factors = at + planeBytes;
            put(base, factors, constant);
            put(base, factors + 4, factor);
            put(base, factors + 8, factor * levels.sum());
            if (form == Form.DOT) {
                put(base, factors + 12, sphere.height(vector));
            }
        }

        private static void put(MemorySegment base, long at, double value) {
            base.set(Memory.FLOAT, at, (float) Math.clamp(value, -Float.MAX_VALUE, Float.MAX_VALUE));
        }

        private long word(int plane, int word) {
            long bitsOfWord = 0;
            for (int j = 0; j < Long.SIZE; j++) {
                bitsOfWord |= (long) (levels.values()[word * Long.SIZE + j] >>> plane & 1) << j;
            }
            return bitsOfWord;
        }

        /** The deviation of ⟨y, q⟩ from what it stands for, for a query at distance 1 from the mean. */
        double error(float[] vector) {
            quantise(vector);
            double norm = levels.norm();
            double cosine = levels.product() / Math.sqrt(levels.square() * norm);
            return cosine > 0 ? Math.sqrt(norm * (1 - cosine * cosine) / (size - 1)) : 0;
        }

        private float[] quantise(float[] vector) {
            float[] turned = rotated.of(vector);
            for (int i = 0; i < size; i++) {
                residual[i] = turned[i] - centre[i];
            }
            levels.quantise(residual);
            return turned;
        }
    }

    private final class BitScorer implements Scorer {
        private final Slots codes;
        private final Rotated rotated = new Rotated();
        private final float[] sums = new float[BitGathers.SUMS];
        private final float[] values = new float[centre.length];
        private final Planes planes;
        private int[] products = new int[64];
        private long[] scratch = new long[64];
        private float step;
        private float low;
        private float halfSum;
        private float offset;
        /** The deviation of ⟨y, q⟩. */
        private float spread;

        private float height;

        BitScorer(Slots codes) {
            this.codes = codes;
            int words = planeBytes / Long.BYTES;
            int stride = Math.ceilDiv(words, Planes.WORDS) * Planes.WORDS;
            long[] weights = new long[stride];
            for (int i = 0; i < words; i++) {
                weights[i] = i / (words / bits);
            }
            this.planes = Planes.of(words, weights);
        }

        @Override
        public void prepare(float[] query) {
            height = 0;
            float[] turned = rotated.of(query);
            Moments moments = KERNELS.moments(turned, centre, values, sums);
            int top = (1 << BitGathers.PLANES) - 1;
            low = moments.least();
            step = (moments.most() - low) / top;
            double ofRows = moments.square() * error * error;
            double ofQuery = values.length * SQUARES[bits] * step * step / 12; // rounding is off by up to half a step
            spread = (float) Math.min(Float.MAX_VALUE, Math.sqrt(ofRows + ofQuery));
            offset = form == Form.SQUARED_L2 ? moments.square() : -moments.product();
            int words = values.length / Long.SIZE;
            KERNELS.planes(values, values.length, low, step > 0 ? 1 / step : 0, planes.words(), planes.stride());
            halfSum = ((1 << bits) - 1) / 2f * (values.length * low + step * rounded(words));
            for (int plane = 0; plane < BitGathers.PLANES; plane++) {
                for (int copy = 1; copy < bits; copy++) {
                    int from = plane * planes.stride();
                    System.arraycopy(planes.words(), from, planes.words(), from + copy * words, words);
                }
            }
        }

        /** The sum of the steps of all values, as they were rounded: their errors weigh as much as y, not as u. */
        private long rounded(int words) {
            long sum = 0;
            for (int plane = 0; plane < BitGathers.PLANES; plane++) {
                for (int word = 0; word < words; word++) {
                    sum += (long) Long.bitCount(planes.words()[plane * planes.stride() + word]) << plane;
                }
            }
            return sum;
        }

        @Override
        public void prepareNode(float[] vector) {
            prepare(vector);
            height = form == Form.DOT ? sphere.height(vector) : 0;
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            if (products.length < count) {
                products = new int[2 * count];
                scratch = new long[2 * count];
            }
            KERNELS.dot(planes, codes, slots, count, scratch, products);
            for (int i = 0; i < count; i++) {
                MemorySegment base = Memory.DIRECT ? Memory.ALL : codes.base(slots[i]);
                long at = codes.at(slots[i]) + planeBytes;
                out[i] = offset
                        + base.get(Memory.FLOAT, at)
                        + base.get(Memory.FLOAT, at + 4) * (step * products[i] - halfSum)
                        + base.get(Memory.FLOAT, at + 8) * low;
            }
            if (height != 0) {
                for (int i = 0; i < count; i++) {
                    long at = codes.at(slots[i]) + planeBytes + 12;
                    out[i] -= height * codes.base(slots[i]).get(Memory.FLOAT, at);
                }
            }
        }

        @Override
        public float error(int slot) {
            float factor = codes.base(slot).get(Memory.FLOAT, codes.at(slot) + planeBytes + 4);
            return Math.abs(factor) * spread;
        }
    }
}
