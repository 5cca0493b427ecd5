package dev.vicino.store.search;

import dev.vicino.store.truth.PointRow;
import java.util.List;

/** Points found, nearest first, which are still as they were found. */
record Found(List<PointRow> rows, float[] scores, Explanation explanation) {}
