package dev.vicino.tree;

/**
 * How a tree is built.
 *
 * @param kind what its nodes are
 * @param leaf most rows in a leaf; {@value #MIN_LEAF} … {@value #MAX_LEAF}
 */
public record TreeParameters(Kind kind, int leaf) {
    public static final int MIN_LEAF = 4;

    /** A kernel tells by one long which of a leaf are near. */
    public static final int MAX_LEAF = 64;

    /** What is known of the rows below a node. */
    public enum Kind {
        /** The box they are in: a k-d tree. */
        BOX,
        /** A ball they are in: a ball tree. */
        BALL
    }

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public TreeParameters {
        if (leaf < MIN_LEAF || leaf > MAX_LEAF) {
            throw new IllegalArgumentException("leaf = " + leaf + ", expected " + MIN_LEAF + ".." + MAX_LEAF);
        }
    }
}
