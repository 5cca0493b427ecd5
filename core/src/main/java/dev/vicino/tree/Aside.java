package dev.vicino.tree;

import java.util.Arrays;

/**
 * Rows that no bound holds for, since single precision cannot compare them ({@link dev.vicino.scan.Norms}): each is compared with every
 * query. Immutable.
 */
final class Aside {
    static final Aside EMPTY = new Aside(new int[0], new float[0][]);

    private final int[] slots;
    private final float[][] rows;

    /** Of rows and their slots, which are kept. */
    Aside(int[] slots, float[][] rows) {
        this.slots = slots;
        this.rows = rows;
    }

    int size() {
        return slots.length;
    }

    int slot(int i) {
        return slots[i];
    }

    /** Row i. Not to be changed. */
    float[] row(int i) {
        return rows[i];
    }

    Aside with(int slot, float[] row) {
        int size = slots.length;
        int[] moreSlots = Arrays.copyOf(slots, size + 1);
        float[][] moreRows = Arrays.copyOf(rows, size + 1);
        moreSlots[size] = slot;
        moreRows[size] = row.clone();
        return new Aside(moreSlots, moreRows);
    }

    Aside without(int slot) {
        int last = slots.length - 1;
        int place = 0;
        while (slots[place] != slot) {
            place++;
        }
        int[] fewerSlots = Arrays.copyOf(slots, last);
        float[][] fewerRows = Arrays.copyOf(rows, last);
        if (place < last) {
            fewerSlots[place] = slots[last];
            fewerRows[place] = rows[last];
        }
        return new Aside(fewerSlots, fewerRows);
    }
}
