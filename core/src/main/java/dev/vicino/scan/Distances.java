package dev.vicino.scan;

import dev.vicino.kernel.ColumnKernels;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowGathers;
import dev.vicino.kernel.RowKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The distance of a row from a query under one metric: the definition that every exact answer is held to, bit for bit. Smaller is
 * nearer.
 *
 * <p>A distance is computed in single precision by a {@link RowKernels} sum, whose order is fixed. Where the query or a row is
 * extreme ({@link Norms}) it is computed in double precision instead and rounded once; a result beyond the range of float becomes
 * the largest float of its sign, never an infinity and never NaN.
 *
 * <p>Safe for use by any number of threads, each with queries of its own. Whoever calls keeps the memory of rows and norms alive.
 */
public abstract sealed class Distances {
    private static final RowKernels KERNELS = Kernels.BEST.rows();
    private static final RowGathers GATHERS = Kernels.BEST.rowGathers();
    private static final ColumnKernels COLUMNS = Kernels.BEST.columns();

    final Rows rows;
    final Norms norms;

    private Distances(Rows rows, Norms norms) {
        this.rows = rows;
        this.norms = norms;
    }

    /** −x·q/(‖x‖·‖q‖), clamped to [−1, 1]; 0 where either is a zero vector. The norms are inverse. */
    public static Distances cosine(Rows rows, Norms norms) {
        return new Cosine(rows, norms);
    }

    /** −x·q. */
    public static Distances dot(Rows rows, Norms norms) {
        return new Dot(rows, norms);
    }

    /** Σ(xᵢ−qᵢ)². */
    public static Distances squaredL2(Rows rows, Norms norms) {
        return new SquaredL2(rows, norms);
    }

    /** Σ|xᵢ−qᵢ|. */
    public static Distances l1(Rows rows, Norms norms) {
        return new L1(rows, norms);
    }

    /** Those of a form. */
    public static Distances of(Form form, Rows rows, Norms norms) {
        return switch (form) {
            case COSINE -> cosine(rows, norms);
            case DOT -> dot(rows, norms);
            case SQUARED_L2 -> squaredL2(rows, norms);
            case L1 -> l1(rows, norms);
        };
    }

    public int size() {
        return rows.size();
    }

    public int dimension() {
        return rows.dimension();
    }

    /**
     * Makes a query ready. The values are kept and must not change meanwhile.
     *
     * @param allowed the rows that may be found; null for all
     * @throws IllegalArgumentException for another dimension than the rows' or a value that is not finite
     */
    public Query prepare(float[] query, @Nullable Bitmap allowed) {
        return prepare(query, allowed, Stop.NEVER);
    }

    /** As {@link #prepare(float[], Bitmap)}, for a scan that may have to end early. */
    Query prepare(float[] query, @Nullable Bitmap allowed, Stop stop) {
        if (query.length != dimension()) {
            throw new IllegalArgumentException("query has dimension " + query.length + ", expected " + dimension());
        }
        double norm = Norms.of(query);
        if (!(norm < Double.POSITIVE_INFINITY)) {
            throw Norms.notFinite("query", query);
        }
        return new Query(query, norm, Norms.isExtreme(norm), allowed, stop);
    }

    /** The distances of {@code count} ≤ {@link Query#BLOCK} rows from {@code from} on, into {@code out[0, count)}. */
    final void compute(Query query, int from, int count, float[] out) {
        if (query.extreme) {
            for (int i = 0; i < count; i++) {
                out[i] = inDouble(query, from + i);
            }
            return;
        }
        inFloat(query, from, count, out);
        if (norms.hasExtremes()) {
            for (int row = norms.nextExtreme(from); row < from + count; row = norms.nextExtreme(row + 1)) {
                out[row - from] = inDouble(query, row);
            }
        }
    }

    /**
     * The distances of pairs of a query and a row, none of them extreme, into {@code out[0, count)}; not for L1.
     *
     * @param queries one for each pair
     * @param which row each pair is of
     */
    final void compute(Query[] queries, int[] which, int count, float[] out) {
        float[][] values = new float[count][];
        for (int i = 0; i < count; i++) {
            values[i] = queries[i].values;
        }
        pairsInFloat(queries, values, which, count, out);
    }

    /** The distance of one row. */
    public final float compute(Query query, int row) {
        float[] out = query.scratch().distances;
        compute(query, row, 1, out);
        return out[0];
    }

    /** As {@link #compute(Query, int)}, of a row that is known to be extreme or not. */
    public final float compute(Query query, int row, boolean extreme) {
        return extreme ? inDouble(query, row) : compute(query, row);
    }

    /**
     * The distances of rows that lie column by column, neither of them extreme nor the query, into {@code out[0, stride)}.
     *
     * @param queryNorm ‖q‖
     * @param columns value c of row i at {@code c·stride + i}; not one of these distances' own rows
     * @param inverses 1/‖x‖ of each row under cosine; stride long in any case
     * @param scratch {@link ColumnKernels#SCRATCH} floats that are overwritten
     */
    public abstract void compute(
            float[] query, double queryNorm, float[] columns, float[] inverses, float[] out, float[] scratch);

    /** The distance of a row that is extreme, or from a query that is; not one of these distances' own rows. */
    public final float compute(float[] query, float[] row) {
        return inDouble(form(), row, query);
    }

    /** Which of the four these are. */
    public abstract Form form();

    /** The four definitions. */
    public enum Form {
        COSINE,
        DOT,
        SQUARED_L2,
        L1
    }

    /** Bounds of these distances from products in single precision; null under L1, which has no product. */
    final @Nullable Bounds bounds() {
        return bounds(Kernels.relativeError(dimension()));
    }

    /** Bounds of these distances from products that are off by at most {@code error}·‖x‖‖q‖; null under L1. */
    abstract @Nullable Bounds bounds(double error);

    abstract void inFloat(Query query, int from, int count, float[] out);

    abstract void pairsInFloat(Query[] queries, float[][] values, int[] which, int count, float[] out);

    private float inDouble(Query query, int row) {
        float[] x = new float[dimension()];
        MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(row), x, 0, x.length);
        return inDouble(form(), x, query.values);
    }

    /** The distance of two vectors in double precision, rounded once: what it is where one of them is extreme. */
    public static float inDouble(Form form, float[] x, float[] q) {
        double distance = switch (form) {
            case COSINE -> cosineInDouble(x, q);
            case DOT -> -dotInDouble(x, q);
            case SQUARED_L2 -> squaredL2InDouble(x, q);
            case L1 -> l1InDouble(x, q);
        };
        return (float) Math.clamp(distance, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    private static double cosineInDouble(float[] x, float[] q) {
        double norms = Norms.of(x) * Norms.of(q);
        return norms == 0 ? 0 : Math.clamp(-dotInDouble(x, q) / norms, -1, 1);
    }

    private static double squaredL2InDouble(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double difference = (double) x[i] - q[i];
            sum += difference * difference;
        }
        return sum;
    }

    private static double l1InDouble(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs((double) x[i] - q[i]);
        }
        return sum;
    }

    private static double dotInDouble(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * q[i];
        }
        return sum;
    }

    private static final class Cosine extends Distances {
        Cosine(Rows rows, Norms norms) {
            super(rows, norms);
        }

        @Override
        public Form form() {
            return Form.COSINE;
        }

        @Override
        Bounds bounds(double error) {
            return Bounds.cosine(norms, dimension(), error);
        }

        @Override
        void inFloat(Query query, int from, int count, float[] out) {
            KERNELS.dot(query.values, rows, from, count, out);
            float[] inverses = query.scratch().factors;
            norms.copyTo(from, count, inverses);
            float factor = factor(query.norm);
            for (int i = 0; i < count; i++) {
                out[i] = normalised(out[i], inverses[i], factor);
            }
        }

        @Override
        void pairsInFloat(Query[] queries, float[][] values, int[] which, int count, float[] out) {
            GATHERS.dotPairs(values, rows, which, count, out);
            for (int i = 0; i < count; i++) {
                out[i] = normalised(out[i], norms.memory().get(which[i]), factor(queries[i].norm));
            }
        }

        @Override
        public void compute(
                float[] query, double queryNorm, float[] columns, float[] inverses, float[] out, float[] scratch) {
            COLUMNS.dot(query, columns, inverses.length, out, scratch);
            float factor = factor(queryNorm);
            for (int i = 0; i < inverses.length; i++) {
                out[i] = normalised(out[i], inverses[i], factor);
            }
        }

        private static float factor(double queryNorm) {
            return queryNorm == 0 ? 0 : -1 / (float) queryNorm;
        }

        private static float normalised(float product, float inverse, float factor) {
            return Math.max(-1, Math.min(1, product * (inverse * factor)));
        }
    }

    private static final class Dot extends Distances {
        Dot(Rows rows, Norms norms) {
            super(rows, norms);
        }

        @Override
        public Form form() {
            return Form.DOT;
        }

        @Override
        Bounds bounds(double error) {
            return Bounds.dot(norms, dimension(), error);
        }

        @Override
        void inFloat(Query query, int from, int count, float[] out) {
            KERNELS.dot(query.values, rows, from, count, out);
            negate(out, count);
        }

        @Override
        void pairsInFloat(Query[] queries, float[][] values, int[] which, int count, float[] out) {
            GATHERS.dotPairs(values, rows, which, count, out);
            negate(out, count);
        }

        @Override
        public void compute(
                float[] query, double queryNorm, float[] columns, float[] inverses, float[] out, float[] scratch) {
            COLUMNS.dot(query, columns, inverses.length, out, scratch);
            negate(out, inverses.length);
        }

        private static void negate(float[] out, int count) {
            for (int i = 0; i < count; i++) {
                out[i] = -out[i];
            }
        }
    }

    private static final class SquaredL2 extends Distances {
        SquaredL2(Rows rows, Norms norms) {
            super(rows, norms);
        }

        @Override
        public Form form() {
            return Form.SQUARED_L2;
        }

        @Override
        Bounds bounds(double error) {
            return Bounds.squaredL2(norms, dimension(), error);
        }

        @Override
        void inFloat(Query query, int from, int count, float[] out) {
            KERNELS.squaredL2(query.values, rows, from, count, out);
        }

        @Override
        void pairsInFloat(Query[] queries, float[][] values, int[] which, int count, float[] out) {
            GATHERS.squaredL2Pairs(values, rows, which, count, out);
        }

        @Override
        public void compute(
                float[] query, double queryNorm, float[] columns, float[] inverses, float[] out, float[] scratch) {
            COLUMNS.squaredL2(query, columns, inverses.length, out, scratch);
        }
    }

    private static final class L1 extends Distances {
        L1(Rows rows, Norms norms) {
            super(rows, norms);
        }

        @Override
        public Form form() {
            return Form.L1;
        }

        @Override
        @Nullable
        Bounds bounds(double error) {
            return null;
        }

        @Override
        void inFloat(Query query, int from, int count, float[] out) {
            KERNELS.l1(query.values, rows, from, count, out);
        }

        @Override
        void pairsInFloat(Query[] queries, float[][] values, int[] which, int count, float[] out) {
            throw new UnsupportedOperationException("no batch is pruned under l1");
        }

        @Override
        public void compute(
                float[] query, double queryNorm, float[] columns, float[] inverses, float[] out, float[] scratch) {
            COLUMNS.l1(query, columns, inverses.length, out, scratch);
        }
    }
}
