package dev.vicino.bench.race;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The true neighbours of some queries.
 *
 * @param hits the ids that are right for each query: the k nearest, and who is as near as the last of them
 * @param counts how many right ids an answer can have: k, or fewer where there are fewer
 */
public record Truth(List<Set<Long>> hits, int[] counts) {
    /** How many more than k are looked at for ties. */
    private static final int MORE = 32;

    /** Scores are rounded differently by everybody; those that differ by less are ties. */
    private static final float TIE = 1e-6f;

    /**
     * Of an exact index.
     *
     * @param options with the filter, if any
     */
    public static Truth of(VectorIndex exact, Vectors queries, int k, SearchOptions options) {
        List<Neighbors> nearest = exact.searchAll(queries, k + MORE, options);
        return new Truth(
                nearest.stream().map(of -> hits(of, k)).toList(),
                nearest.stream().mapToInt(of -> Math.min(k, of.size())).toArray());
    }

    private static Set<Long> hits(Neighbors nearest, int k) {
        Set<Long> hits = new HashSet<>();
        for (int i = 0;
                i < nearest.size() && (i < k || Math.abs(nearest.score(i) - nearest.score(k - 1)) <= TIE);
                i++) {
            hits.add(nearest.id(i));
        }
        return hits;
    }

    /** The share of all true neighbours that were found. */
    public double recall(long[][] found) {
        if (found.length != counts.length) {
            throw new IllegalArgumentException("found.length = " + found.length + ", expected " + counts.length);
        }
        long right = 0;
        for (int i = 0; i < found.length; i++) {
            long distinct = Arrays.stream(found[i])
                    .distinct()
                    .filter(hits.get(i)::contains)
                    .count();
            right += Math.min(distinct, counts[i]);
        }
        return (double) right / Arrays.stream(counts).sum();
    }
}
