package dev.vicino.code;

/**
 * Compares one query after another with codes. Distances are those of the index: smaller is nearer. Not safe for use by several threads.
 */
public interface Scorer {
    /** Makes a query ready, which is read and not kept. */
    void prepare(float[] query);

    /**
     * Makes a vector ready that is itself to be a node of a graph. Under the dot product nodes are compared as points of a sphere in one
     * dimension more, where the nearest point has the largest product with a query; elsewhere this is {@link #prepare}.
     */
    default void prepareNode(float[] vector) {
        prepare(vector);
    }

    /** What the codes that follow are relative to, for this query, where the code is such; otherwise nothing. */
    default void origin(float[] origin) {}

    /** Distances of the codes in {@code count} slots from the query, estimated, into {@code out[0, count)}. */
    void score(int[] slots, int count, float[] out);

    /** The standard deviation of the estimate of a slot's distance from this query, roughly; 0 where the distances are exact. */
    float error(int slot);
}
