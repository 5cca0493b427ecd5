package dev.vicino.lists;

import dev.vicino.code.Sample;
import dev.vicino.rows.RowStore;

/**
 * Rows to learn a code from, each relative to the centroid of its list.
 *
 * @param slots of the rows
 * @param assigned the list of each
 */
record ListedRows(RowStore rows, Coarse coarse, int[] slots, int[] assigned) implements Sample {
    @Override
    public int size() {
        return slots.length;
    }

    @Override
    public void copy(int place, float[] into) {
        rows.get(slots[place], into);
    }

    @Override
    public void origin(int place, float[] into) {
        coarse.get(assigned[place], into);
    }
}
