package dev.vicino.kernel;

/** The matrix product of rows and queries in whole numbers of 16 bits, and what its bounds leave possible. */
public sealed interface ShortKernels permits ScalarShortKernels, SimdShortKernels {
    /** Rows in a tile, which has as many sums as one of floats. */
    int TILE_ROWS = ProductKernels.TILE_ROWS;

    /** Room behind the last bound, which are stored a vector at a time: floats in the largest vector. */
    int SPARE = 16;

    /** Σ aᵢ·bᵢ of {@code count} whole numbers from two places on; the caller makes sure that it fits in 32 bits. */
    int dot(short[] a, int aFrom, short[] b, int bFrom, int count);

    /** Queries in a packed group: value i of all of them lies together, then value i + 1 of all. */
    int groupSize();

    /**
     * As {@link ProductKernels#products} in whole numbers: the sum over every {@code segment} values is divided by 2^shift, rounded down,
     * and these quotients are added. The caller makes sure that neither the sum of a segment nor that of the quotients leaves 16 bits.
     *
     * @param queries packed groups, d·{@link #groupSize} each
     * @param segment a divisor of d
     */
    void products(short[] queries, int group, short[] rows, int count, int d, int segment, int shift, short[] out);

    /**
     * The places in {@code products} whose lower bound is at most the query's threshold. The bound is
     * offset + term − scale·(factor·product + margin) − error·errorFactor − tail·tailFactor.
     *
     * @param lower the bounds in those places, from {@code first} on; has room for {@code count} rows and {@link #SPARE} more
     * @param places likewise
     * @return the place behind the last
     */
    int bounded(
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
}
