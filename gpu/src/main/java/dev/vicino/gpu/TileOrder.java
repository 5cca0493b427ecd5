package dev.vicino.gpu;

/**
 * The order in which the tiles of a block are taken: the one at place p is p·stride mod the number of tiles. It goes all over the rows,
 * which are often sorted by where they come from, so that the first tiles give thresholds that are worth something.
 */
final class TileOrder {
    /** Steps of this part of the whole leave no large gap, however many there have been. */
    private static final double GOLDEN_SECTION = 0.6180339887498949;

    private TileOrder() {}

    /** A number below that of the tiles, 1 at least, that has no divisor in common with it: every tile has one place. */
    static int stride(int tiles) {
        int stride = Math.max(1, (int) (tiles * GOLDEN_SECTION));
        while (greatestCommonDivisor(stride, tiles) != 1) {
            stride--;
        }
        return stride;
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
