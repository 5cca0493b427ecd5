package dev.vicino.tree;

import java.util.Arrays;

/** The branches on the way straight down to a leaf, and what was found of their children: so that none is bounded twice. */
final class Descent {
    private Branch[] branches = new Branch[8];
    private int[] taken = new int[8];
    private float[] bounds = new float[8 * Branch.CHILDREN];
    private int depth;

    /** Adds a branch, the bounds of its children, and which of them was taken. */
    void add(Branch branch, float[] of, int place) {
        if (depth == branches.length) {
            branches = Arrays.copyOf(branches, 2 * depth);
            taken = Arrays.copyOf(taken, 2 * depth);
            bounds = Arrays.copyOf(bounds, 2 * depth * Branch.CHILDREN);
        }
        branches[depth] = branch;
        taken[depth] = place;
        System.arraycopy(of, 0, bounds, depth * Branch.CHILDREN, Branch.CHILDREN);
        depth++;
    }

    boolean isEmpty() {
        return depth == 0;
    }

    /** Goes back to the last branch, and copies the bounds of its children, that of the one taken beyond all others. */
    Branch back(float[] into) {
        depth--;
        System.arraycopy(bounds, depth * Branch.CHILDREN, into, 0, Branch.CHILDREN);
        into[taken[depth]] = Float.NaN;
        return branches[depth];
    }

    /** Lets go of all branches. */
    void forget() {
        Arrays.fill(branches, null);
        depth = 0;
    }
}
