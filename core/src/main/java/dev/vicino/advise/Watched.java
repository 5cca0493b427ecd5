package dev.vicino.advise;

/**
 * The recall of the searches of one kind.
 *
 * @param plan the way they went, as {@link dev.vicino.Neighbors.Work} calls it
 * @param selectivity of their filters
 * @param recall over the window
 */
public record Watched(String plan, Selectivity selectivity, Interval recall) {}
