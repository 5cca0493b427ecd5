package dev.vicino.rows;

/**
 * What a search found, nearest first, ties by the smaller id.
 *
 * @param slots of the points
 * @param ids of the points
 * @param distances from the query
 * @param plan the way it went
 * @param compared codes compared
 * @param exact rows compared
 * @param hops nodes whose links were followed, or lists that were scanned
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
