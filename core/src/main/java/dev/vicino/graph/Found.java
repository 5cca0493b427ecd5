package dev.vicino.graph;

/**
 * What a search of a graph found, nearest first, ties by the smaller id.
 *
 * @param slots of the nodes
 * @param ids of the nodes
 * @param distances from the query
 * @param plan the way it went
 * @param compared codes compared
 * @param exact rows compared
 * @param hops nodes whose links were followed
 * @param complete whether it came to its end in time
 */
public record Found(
        int[] slots,
        long[] ids,
        float[] distances,
        String plan,
        long compared,
        long exact,
        long hops,
        boolean complete) {}
