package dev.vicino.kernel;

/** The matrix product of float32 rows and queries, a group of queries at a time, and what its bounds leave possible. */
public sealed interface ProductKernels permits ScalarProductKernels, SimdProductKernels {
    /** Rows in a tile: with two vectors of queries 12 sums, which fit in the 16 vector registers of AVX2 beside their operands. */
    int TILE_ROWS = 6;

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

    /**
     * The products of each part of a vector with all entries of the codebook of that part: Σ valuesᵢ·codebooks[i][v] over the values i of
     * part j, into {@code out[j·size + v]}.
     *
     * @param starts where each part begins, and behind them where the last one ends
     * @param codebooks {@code size} floats a value, a multiple of 16
     */
    void tables(float[] values, int[] starts, float[] codebooks, int size, float[] out);

    /**
     * Takes the products of a group of queries for whichever is the least so far: lane by lane, {@code offsets[j] − product} where that is
     * less than what is there.
     *
     * @param products {@link #groupSize} a row
     * @param offsets one a query of all groups
     * @param group which these are
     * @param least the least, {@link #groupSize} a row
     * @param groupOf the group of each of these
     */
    void least(float[] products, int count, float[] offsets, int group, float[] least, int[] groupOf);

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
}
