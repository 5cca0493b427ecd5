package dev.vicino.tree;

/** Rows of a tree that are near each other, and a region that they are in. Immutable. */
abstract sealed class Node permits Branch, Leaf {
    /** By which changes find it again; the same as that of the node it took the place of. */
    final int number;

    /** A box or a ball, as {@link Shape} has it. Not to be changed. */
    final float[] region;

    Node(int number, float[] region) {
        this.number = number;
        this.region = region;
    }

    /** Rows below. */
    abstract int size();
}
