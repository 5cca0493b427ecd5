package dev.vicino.tree;

import java.util.Arrays;

/**
 * All rows of a tree in the order in which they were added, numbered from 0 on: that is the order of their slots, without those of removed
 * rows.
 */
final class Inventory {
    private final Tree tree;
    /** Rows of the tree, and behind them those that are aside, in no order. */
    private final Gathered rows;
    /** Slot and place of each row, rising. */
    private final long[] sorted;

    Inventory(Tree tree, int dimension) {
        this.tree = tree;
        this.rows = new Gathered(dimension, tree.size());
        Node root = tree.root();
        if (root != null) {
            rows.add(root);
        }
        this.sorted = new long[tree.size()];
        for (int place = 0; place < sorted.length; place++) {
            int slot = place < rows.size() ? rows.slot(place) : tree.aside().slot(place - rows.size());
            sorted[place] = (long) slot << Integer.SIZE | place;
        }
        Arrays.sort(sorted);
    }

    int size() {
        return sorted.length;
    }

    private int slot(int number) {
        return (int) (sorted[number] >>> Integer.SIZE);
    }

    private int place(int number) {
        return (int) sorted[number];
    }

    long id(int number) {
        return tree.ids().of(slot(number));
    }

    /** Copies a row. */
    void row(int number, float[] into) {
        int place = place(number);
        if (place < rows.size()) {
            rows.row(place, into);
        } else {
            System.arraycopy(tree.aside().row(place - rows.size()), 0, into, 0, into.length);
        }
    }

    /** The stored norm of a row; NaN where it is aside. */
    float norm(int number) {
        return isAside(number) ? Float.NaN : rows.norm(place(number));
    }

    boolean isAside(int number) {
        return place(number) >= rows.size();
    }

    /** The number of each place: which rows follow each other in the tree. */
    int[] numbers() {
        int[] numbers = new int[sorted.length];
        for (int number = 0; number < sorted.length; number++) {
            numbers[place(number)] = number;
        }
        return numbers;
    }

    /** The rows that are not aside, their numbers for slots. */
    Batch renumbered() {
        int[] numbers = numbers();
        return new Batch() {
            @Override
            public int size() {
                return rows.size();
            }

            @Override
            public int dimension() {
                return rows.dimension();
            }

            @Override
            public int slot(int place) {
                return numbers[place];
            }

            @Override
            public void row(int place, float[] into) {
                rows.row(place, into);
            }

            @Override
            public float norm(int place) {
                return rows.norm(place);
            }
        };
    }

    /** The rows that are, likewise. */
    Aside renumberedAside() {
        int[] numbers = numbers();
        int count = tree.aside().size();
        float[][] values = new float[count][];
        for (int i = 0; i < count; i++) {
            values[i] = tree.aside().row(i);
        }
        return new Aside(Arrays.copyOfRange(numbers, rows.size(), numbers.length), values);
    }

    /** The ids of all numbers. */
    long[] ids() {
        long[] ids = new long[sorted.length];
        for (int number = 0; number < ids.length; number++) {
            ids[number] = id(number);
        }
        return ids;
    }
}
