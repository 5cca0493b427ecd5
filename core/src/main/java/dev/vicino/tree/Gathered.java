package dev.vicino.tree;

import java.util.Arrays;

/** Rows of leaves, gathered to be built anew. Not safe for use by several threads while it is filled. */
final class Gathered implements Batch {
    private final int dimension;
    private Leaf[] leaves;
    private int[] places;
    private int size;

    Gathered(int dimension, int expected) {
        this.dimension = dimension;
        this.leaves = new Leaf[expected];
        this.places = new int[expected];
    }

    /** Adds all rows below a node. */
    void add(Node node) {
        switch (node) {
            case Leaf leaf -> {
                for (int i = 0; i < leaf.size(); i++) {
                    add(leaf, i);
                }
            }
            case Branch branch -> {
                for (int i = 0; i < branch.count(); i++) {
                    add(branch.child(i));
                }
            }
        }
    }

    private void add(Leaf leaf, int place) {
        if (size == leaves.length) {
            leaves = Arrays.copyOf(leaves, 2 * size + 1);
            places = Arrays.copyOf(places, 2 * size + 1);
        }
        leaves[size] = leaf;
        places[size] = place;
        size++;
    }

    /** Takes the row of a slot away. */
    void remove(int slot) {
        int place = 0;
        while (slot(place) != slot) {
            place++;
        }
        size--;
        leaves[place] = leaves[size];
        places[place] = places[size];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int dimension() {
        return dimension;
    }

    @Override
    public int slot(int place) {
        return leaves[place].slot(places[place]);
    }

    @Override
    public void row(int place, float[] into) {
        leaves[place].row(places[place], into);
    }

    @Override
    public float norm(int place) {
        return leaves[place].norms[places[place]];
    }
}
