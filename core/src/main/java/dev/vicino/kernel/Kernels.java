package dev.vicino.kernel;

import dev.vicino.memory.Memory;

/**
 * The inner loops. {@link ScalarKernels} is the specification; {@link SimdKernels} must agree with it exactly where every
 * intermediate value is a small integer, and within {@link #relativeError} otherwise.
 *
 * <p>A kernel takes a block of rows, never one, fills an array and returns no vector: one virtual call a block costs nothing, and
 * the JIT keeps the vectors in registers. Ranges are checked by assertions alone; callers check at the public edge.
 */
public sealed interface Kernels permits ScalarKernels, SimdKernels {
    /**
     * Partial sums of every one-row kernel: value i of a row goes to sum i mod 16, by fused multiply-adds in rising i, and the
     * sums are folded in halves (j with j+8, then j+4, j+2, j+1). The order is the same at every vector width, so that a score
     * is the same number on every machine that has SIMD.
     */
    int PARTIAL_SUMS = 16;

    /** The best for this machine, chosen once; a constant receiver lets the JIT inline the calls. */
    Kernels BEST = Choice.best();

    /** x·q for {@code count} rows from {@code from} on, into {@code out[0, count)}. */
    void dot(float[] query, Rows rows, int from, int count, float[] out);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, Rows rows, int from, int count, float[] out);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, Rows rows, int from, int count, float[] out);

    /**
     * The positions of the values that are at most a threshold, in rising order.
     *
     * @param positions at least {@code count} long; filled from the front
     * @return how many there are
     */
    int atMost(float[] values, int count, float threshold, int[] positions);

    /** Queries in a packed group: value i of all of them lies together, then value i + 1 of all. */
    int groupSize();

    /**
     * The products of rows with a group of queries, a tile of the matrix product.
     *
     * @param queries packed groups, d·{@link #groupSize} floats each
     * @param group where the group begins
     * @param rows row-major, d floats each, {@code count} of them; as long as the next multiple of {@link #TILE_ROWS} rows
     * @param out the products, {@link #groupSize} a row; as long as that multiple too
     */
    void products(float[] queries, int group, float[] rows, int count, int d, float[] out);

    /** Rows in a tile: with two vectors of queries 12 sums, which fit in the 16 vector registers of AVX2 beside their operands. */
    int TILE_ROWS = 6;

    /**
     * The places in {@code products} whose lower bound, product·scale + term·factor + offset, is at most the query's threshold.
     * Scales and terms are one a row; factors, offsets and thresholds one a query, from {@code query} on.
     *
     * @param lower the bounds, one a product
     * @param places filled from the front
     * @return how many there are
     */
    int bounded(
            float[] products,
            int count,
            float[] scales,
            float[] terms,
            float[] factors,
            float[] offsets,
            float[] thresholds,
            int query,
            float[] lower,
            int[] places);

    /**
     * Σ cᵢ·qᵢ for {@code count} rows of codes from {@code from} on, in whole numbers. The caller makes sure that no sum of a segment
     * leaves 16 bits ({@link Codes}).
     *
     * @param query as many values as the codes are wide
     * @param codes laid out in rows
     */
    void dotCodes(short[] query, Codes codes, int from, int count, int[] out);

    /**
     * As {@link #dotCodes} for pairs of a query and a row, each by itself.
     *
     * @param queries one after the other, as many values each as the codes are wide
     * @param lanes which query
     * @param rows which row
     * @param count pairs
     */
    void dotPairs(short[] queries, int[] lanes, Codes codes, int[] rows, int count, int[] out);

    /**
     * As {@link #dotCodes} for codes laid out in blocks.
     *
     * @param query the values in the places that the layout gives them
     * @param from a multiple of {@link Codes#BLOCK}
     * @param out as long as the next such multiple from {@code count} on
     */
    void dotBlocks(short[] query, Codes codes, int from, int count, int[] out);

    /** Σ|cᵢ−qᵢ| for codes laid out in rows. */
    void l1Codes(short[] query, Codes codes, int from, int count, int[] out);

    /**
     * Lower bounds from sums over codes: offset + terms − scales·(factor·sum + margin) − tails·tail, one a row.
     *
     * @param lower filled from the front
     */
    void boundCodes(
            int[] sums,
            int count,
            float[] scales,
            float[] terms,
            float[] tails,
            float factor,
            float margin,
            float tail,
            float offset,
            float[] lower);

    /** Σ aᵢ·bᵢ of {@code count} whole numbers from two places on; the caller makes sure that it fits in 32 bits. */
    int dot(short[] a, int aFrom, short[] b, int bFrom, int count);

    /** Queries in a packed group of whole numbers of 16 bits. */
    int shortGroupSize();

    /**
     * As {@link #products} in whole numbers of 16 bits: the sum over every {@code segment} values is divided by 2^shift, rounded down,
     * and these quotients are added. The caller makes sure that neither the sum of a segment nor that of the quotients leaves 16 bits.
     *
     * @param queries packed groups, d·{@link #shortGroupSize} each
     * @param segment a divisor of d
     */
    void shortProducts(short[] queries, int group, short[] rows, int count, int d, int segment, int shift, short[] out);

    /**
     * The places in {@code products} whose lower bound is at most the query's threshold. The bound is
     * offset + term − scale·(factor·product + margin) − error·errorFactor − tail·tailFactor.
     *
     * @param lower the bounds in those places, from {@code first} on; has room for {@code count} rows and {@link #PARTIAL_SUMS} more
     * @param places likewise
     * @return the place behind the last
     */
    int shortBounded(
            short[] products,
            int count,
            RowTerms rows,
            QueryTerms queries,
            int query,
            int first,
            float[] lower,
            int[] places);

    /** What bounds take of rows: one value a row. */
    record RowTerms(float[] scales, float[] terms, float[] errors, float[] tails) {
        /** For a block of rows. */
        public RowTerms(int rows) {
            this(new float[rows], new float[rows], new float[rows], new float[rows]);
        }
    }

    /** What bounds take of queries: one value a query. */
    record QueryTerms(
            float[] factors,
            float[] margins,
            float[] errorFactors,
            float[] tailFactors,
            float[] offsets,
            float[] thresholds) {
        /** For a batch of queries. */
        public QueryTerms(int queries) {
            this(
                    new float[queries],
                    new float[queries],
                    new float[queries],
                    new float[queries],
                    new float[queries],
                    new float[queries]);
        }
    }

    /** Whether codes are compared faster than the floats they stand for. */
    boolean hasFastCodes();

    /** What these kernels are, for reports: {@code "scalar"} or {@code "SIMD, 512 bits"}. */
    String description();

    /**
     * A bound on the rounding error of a sum of products by any of these kernels, relative to Σ|xᵢ·qᵢ| (or to the sum itself
     * where all terms are positive): (d/16 + 5)·2⁻²⁴ for the SIMD order, d·2⁻²⁴ for any order at all, with a little to spare for
     * terms of second order (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1).
     */
    static double relativeError(int dimension) {
        return (dimension + 2) * 0x1p-24 * 1.01;
    }

    /** Chooses once; the warning is printed by whoever first needs a kernel. */
    final class Choice {
        private Choice() {}

        private static Kernels best() {
            boolean simd = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
            if (simd && Memory.DIRECT) {
                return new SimdKernels();
            }
            System.Logger log = System.getLogger("dev.vicino");
            log.log(
                    System.Logger.Level.WARNING,
                    "Vicino searches without SIMD, several times slower than it could: start Java with"
                            + " --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED");
            return new ScalarKernels();
        }
    }
}
