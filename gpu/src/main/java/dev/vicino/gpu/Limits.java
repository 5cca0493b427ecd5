package dev.vicino.gpu;

/**
 * How much is done at once.
 *
 * @param queries of one search on the card; each has room for {@link Kernels#CAPACITY} rows
 * @param searches at a time; further threads wait
 * @param blockBytes of rows in single precision that travel at once: enough to hide what a launch costs, few enough that two blocks
 *     leave the card to others
 * @param residentShare of the card's free memory that rows may take; where they need more they are streamed
 */
record Limits(int queries, int searches, long blockBytes, double residentShare) {
    static final Limits DEFAULT = new Limits(1024, 4, 256L << 20, 0.9);
}
