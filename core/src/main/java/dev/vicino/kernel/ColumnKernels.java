package dev.vicino.kernel;

/**
 * A query compared with a few rows, or boxes, that lie column by column: value c of entry i is {@code columns[c·stride + i]}. Made for few
 * dimensions, where the values of one row would not fill a vector: many rows are compared at once, each in a lane of its own.
 *
 * <p>The sums of rows are those of {@link RowKernels}, bit for bit. Those of boxes are added in the same order, so that a box is never
 * farther than a row in it, rounding included: differences, products, multiply-adds and sums are monotone once they are rounded.
 *
 * <p>A stride is a multiple of {@link #LANES}, and every entry up to it gets a result, whoever is there or not.
 */
public sealed interface ColumnKernels permits ScalarColumnKernels, SimdColumnKernels {
    /** The widest vector has so many floats. */
    int LANES = 16;

    /** Floats of scratch memory that a call overwrites. */
    int SCRATCH = RowKernels.PARTIAL_SUMS * LANES;

    /** x·q of each row, into {@code out[0, stride)}. */
    void dot(float[] query, float[] columns, int stride, float[] out, float[] scratch);

    /** Σ(xᵢ−qᵢ)² likewise. */
    void squaredL2(float[] query, float[] columns, int stride, float[] out, float[] scratch);

    /** Σ|xᵢ−qᵢ| likewise. */
    void l1(float[] query, float[] columns, int stride, float[] out, float[] scratch);

    /** The greatest x·q of any x in each box, of which {@code low} and {@code high} are opposite corners. */
    void greatestDot(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch);

    /** The least Σ(xᵢ−qᵢ)² likewise. */
    void leastSquaredL2(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch);

    /** The least Σ|xᵢ−qᵢ| likewise. */
    void leastL1(float[] query, float[] low, float[] high, int stride, float[] out, float[] scratch);

    /**
     * Which of the first values are at most a threshold: bit i says whether value i is; NaN never is.
     *
     * @param count up to 64; the array is long enough for the next multiple of {@link #LANES}
     */
    long atMost(float[] values, int count, float threshold);

    /**
     * How many partial sums an entry has: as many as there are values, rounded up to a power of two, since the others are zero.
     *
     * @param most those of {@link RowKernels} in the same version
     */
    static int partialSums(int dimension, int most) {
        return dimension >= most ? most : Integer.highestOneBit(2 * dimension - 1);
    }

    /** The next multiple of {@link #LANES}. */
    static int stride(int count) {
        return (count + LANES - 1) & -LANES;
    }
}
