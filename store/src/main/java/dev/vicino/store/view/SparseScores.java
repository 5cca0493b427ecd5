package dev.vicino.store.view;

import dev.vicino.IdSet;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The dot products of one query with points, as they grow. */
final class SparseScores {
    private final float[] scores;
    private final boolean[] touched;
    private int[] ordinals = new int[64];
    private int size;
    private long compared;

    /**
     * @param end one more than the highest ordinal
     */
    SparseScores(int end) {
        this.scores = new float[end];
        this.touched = new boolean[end];
    }

    void add(int ordinal, float product) {
        if (ordinal >= scores.length) {
            return; // came after the search began
        }
        compared++;
        scores[ordinal] += product;
        if (!touched[ordinal]) {
            touched[ordinal] = true;
            if (size == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, 2 * size);
            }
            ordinals[size++] = ordinal;
        }
    }

    /** The k points of the highest dot products; those alone that share a dimension with the query. */
    Hits best(int k, @Nullable IdSet filter) {
        int[] allowed = Arrays.stream(ordinals, 0, size)
                .filter(ordinal -> filter == null || filter.contains(ordinal))
                .toArray();
        float[] their = new float[allowed.length];
        for (int i = 0; i < allowed.length; i++) {
            their[i] = scores[allowed[i]];
        }
        return Hits.nearest(allowed, their, Hits.Work.scan(compared), k, true);
    }
}
