package dev.vicino.tree;

/**
 * What a search of a tree found, nearest first, ties by the smaller id.
 *
 * @param ids of the rows
 * @param distances from the query
 * @param exact rows compared
 * @param hops branches whose children were bounded
 * @param complete whether it came to its end in time
 */
public record Found(long[] ids, float[] distances, long exact, long hops, boolean complete) {}
