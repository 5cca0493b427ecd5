package dev.vicino.graph;

/**
 * How much of what a walk finds its beam holds: nodes that are not much farther than one of them, the anchor.
 *
 * @param capacity nodes at most
 * @param anchor rank of that node, from 1 on; as long as fewer are held, all are; {@link Integer#MAX_VALUE} where nothing goes by it
 * @param factor how much farther, in proportion to its distance
 * @param zero what is told as the distance of a vector from itself
 * @param slack how much farther at least
 */
record Width(int capacity, int anchor, float factor, float zero, float slack) {
    /** So many nodes, as near as any. */
    static Width fixed(int capacity) {
        return new Width(capacity, Integer.MAX_VALUE, 0, 0, 0);
    }

    /** The largest distance held, by that of the anchor. */
    float bound(float distance) {
        return distance + Math.max(factor * (distance - zero), slack);
    }
}
