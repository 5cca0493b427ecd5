package dev.vicino.store.search;

import java.util.List;

/** Points found, best first, and how. */
public record SearchResult(List<ScoredPoint> points, Explanation explanation) {}
