package dev.vicino.gpu;

/**
 * Rows on the card that lie one after another. All but the numbers of rows are addresses there.
 *
 * @param values of the rows, in the precision of the pass
 * @param powers what a product is multiplied by, a float a row; 0 in single precision
 * @param scales a float a row
 * @param terms a float a row
 * @param first ordinal of the first row
 * @param count rows; at least 1
 */
record Block(long values, long powers, long scales, long terms, int first, int count) {
    /** So many tiles, the last of which may be short. */
    int tiles() {
        return Math.ceilDiv(count, Kernels.TILE_ROWS);
    }
}
