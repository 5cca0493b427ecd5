package dev.vicino.tree;

import dev.vicino.kernel.ColumnKernels;
import java.util.Arrays;

/** Up to 64 rows, column by column, so that a kernel compares many of them at once. */
final class Leaf extends Node {
    private static final int NO_NUMBER = -1;

    private final int[] slots;

    /** Value c of row i is at {@code c·stride + i}. Not to be changed. */
    final float[] columns;

    /** The stored norm of each row ({@link dev.vicino.scan.Norms}). Not to be changed. */
    final float[] norms;

    private Leaf(int number, float[] region, int[] slots, float[] columns, float[] norms) {
        super(number, region);
        this.slots = slots;
        this.columns = columns;
        this.norms = norms;
    }

    /**
     * Of rows of a batch.
     *
     * @param order which rows, from one place up to another
     */
    static Leaf of(int number, float[] region, Batch batch, int[] order, int from, int to) {
        int stride = ColumnKernels.stride(to - from);
        int d = batch.dimension();
        int[] slots = new int[to - from];
        float[] columns = new float[d * stride];
        float[] norms = new float[stride];
        float[] row = new float[d];
        for (int i = 0; i < slots.length; i++) {
            int place = order[from + i];
            slots[i] = batch.slot(place);
            batch.row(place, row);
            norms[i] = batch.norm(place);
            for (int c = 0; c < d; c++) {
                columns[c * stride + i] = row[c];
            }
        }
        return new Leaf(number, region, slots, columns, norms);
    }

    /** Of one row, which is nowhere yet. */
    static Leaf of(int slot, float[] row, float norm) {
        return new Leaf(NO_NUMBER, new float[0], new int[] {slot}, row.clone(), new float[] {norm});
    }

    @Override
    int size() {
        return slots.length;
    }

    /** The slot of row i. */
    int slot(int i) {
        return slots[i];
    }

    /** Copies row i. */
    void row(int i, float[] into) {
        for (int c = 0; c < into.length; c++) {
            into[c] = columns[c * norms.length + i];
        }
    }

    /** The place of a slot; −1 where it is not here. */
    int place(int slot) {
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == slot) {
                return i;
            }
        }
        return -1;
    }

    /** This leaf and another row, which the region is around too. */
    Leaf with(float[] grown, int slot, float[] row, float norm) {
        int size = slots.length;
        int[] moreSlots = Arrays.copyOf(slots, size + 1);
        moreSlots[size] = slot;
        int stride = ColumnKernels.stride(size + 1);
        float[] moreColumns = new float[row.length * stride];
        for (int c = 0; c < row.length; c++) {
            System.arraycopy(columns, c * norms.length, moreColumns, c * stride, size);
            moreColumns[c * stride + size] = row[c];
        }
        float[] moreNorms = Arrays.copyOf(norms, stride);
        moreNorms[size] = norm;
        return new Leaf(number, grown, moreSlots, moreColumns, moreNorms);
    }

    /** This leaf without the row in a place; the last one goes there. */
    Leaf without(int place) {
        int last = slots.length - 1;
        int[] fewer = Arrays.copyOf(slots, last);
        float[] otherColumns = columns.clone();
        float[] otherNorms = norms.clone();
        if (place < last) {
            fewer[place] = slots[last];
            otherNorms[place] = norms[last];
            for (int at = 0; at < columns.length; at += norms.length) {
                otherColumns[at + place] = columns[at + last];
            }
        }
        return new Leaf(number, region, fewer, otherColumns, otherNorms);
    }
}
