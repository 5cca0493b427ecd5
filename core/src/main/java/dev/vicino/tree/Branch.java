package dev.vicino.tree;

import dev.vicino.kernel.ColumnKernels;
import java.util.Arrays;

/** Up to sixteen nodes and their regions side by side. */
final class Branch extends Node {
    /** Most children: as many as a kernel bounds in one pass at any width. */
    static final int CHILDREN = ColumnKernels.LANES;

    private final Node[] children;
    private final int size;

    /** Rows added and removed below since this was built. */
    private final int changes;

    /** The regions of the children, column by column, as {@link Shape#pack} has them. Not to be changed. */
    final float[] first;

    final float[] second;

    private Branch(int number, float[] region, Node[] children, int changes, Shape shape) {
        super(number, region);
        this.children = children;
        this.changes = changes;
        int rows = 0;
        for (Node child : children) {
            rows += child.size();
        }
        this.size = rows;
        this.first = new float[shape.dimension() * CHILDREN];
        this.second = new float[shape.secondFloats()];
        for (int i = 0; i < children.length; i++) {
            shape.pack(children[i].region, i, first, second);
        }
    }

    /** Of nodes that were built together. */
    static Branch of(int number, float[] region, Node[] children, Shape shape) {
        return new Branch(number, region, children, 0, shape);
    }

    @Override
    int size() {
        return size;
    }

    int count() {
        return children.length;
    }

    Node child(int i) {
        return children[i];
    }

    /** The place of the child of a number. */
    int place(int childNumber) {
        int place = 0;
        while (children[place].number != childNumber) {
            place++;
        }
        return place;
    }

    /**
     * Whether another change makes it so many that this is to be built anew: half as many as there are rows. So a change has its share of
     * the work of a constant number of rows a level, and what was built evenly is never far from it.
     */
    boolean isWornOut() {
        return changes + 1 > size / 2;
    }

    /** This branch with another child in a place, after a change below it. */
    Branch with(float[] grown, int place, Node child, Shape shape) {
        Node[] others = children.clone();
        others[place] = child;
        return new Branch(number, grown, others, changes + 1, shape);
    }

    /** This branch without the child in a place, after a change below it. */
    Branch without(int place, Shape shape) {
        Node[] others = Arrays.copyOf(children, children.length - 1);
        System.arraycopy(children, place + 1, others, place, others.length - place);
        return new Branch(number, region, others, changes + 1, shape);
    }
}
