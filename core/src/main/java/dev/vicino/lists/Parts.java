package dev.vicino.lists;

import dev.vicino.rows.Epochs;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowStore;

/**
 * The parts of inverted lists that searches and changes share.
 *
 * @param space that it takes, and the lists as they are now
 */
record Parts(ListParameters parameters, RowStore rows, Points points, Epochs epochs, Space space) {
    /** Memory taken beside the rows that were there to begin with and a mapped file. */
    long bytes() {
        return space.bytes() + rows.bytesAdded() + points.bytes();
    }
}
