package dev.vicino.kernel;

/** The sums of {@link ColumnKernels}; what is added of a column is all that they differ in. */
enum ColumnSum {
    DOT,
    SQUARED_L2,
    L1,
    GREATEST_DOT,
    LEAST_SQUARED_L2,
    LEAST_L1;

    /**
     * How many partial sums there are: as many as there are values, rounded up to a power of two, so that the rest need not be added.
     *
     * @param most those of {@link RowKernels} in the same version
     */
    static int partialSums(int dimension, int most) {
        return dimension >= most ? most : Integer.highestOneBit(2 * dimension - 1);
    }

    /**
     * The partial sum that comes i-th. In this order, of bits reversed, folding in halves is adding neighbours: each sum is added to the
     * one before as soon as both are there, and a stack of a few holds what waits.
     */
    static int inTurn(int i, int partialSums) {
        return Integer.reverse(i) >>> (Integer.numberOfLeadingZeros(partialSums) + 1);
    }
}
