package dev.vicino;

import java.util.Arrays;

/**
 * The neighbours of one query, nearest first, ties by the smaller id.
 *
 * <p>Ties are those of the inner distance, which under {@link Metric#L2} is squared: two distances that differ may have one root.
 *
 * <p>Immutable.
 */
public final class Neighbors {
    private final long[] ids;
    private final float[] scores;
    private final Work work;

    /**
     * Keeps both arrays, which must not change afterwards.
     *
     * @throws IllegalArgumentException when they differ in length
     */
    public Neighbors(long[] ids, float[] scores, Work work) {
        if (ids.length != scores.length) {
            throw new IllegalArgumentException(
                    "scores.length = " + scores.length + ", expected ids.length = " + ids.length);
        }
        this.ids = ids;
        this.scores = scores;
        this.work = work;
    }

    /** How many there are: k, or fewer where fewer vectors were there to be found. */
    public int size() {
        return ids.length;
    }

    /** The caller's id of neighbour i, 0 being the nearest. */
    public long id(int i) {
        return ids[i];
    }

    /** Similarity (higher is nearer) or distance (lower is nearer) of neighbour i, as {@link Metric} says. */
    public float score(int i) {
        return scores[i];
    }

    /** A copy of all ids. */
    public long[] ids() {
        return ids.clone();
    }

    /** A copy of all scores. */
    public float[] scores() {
        return scores.clone();
    }

    /** What the search did to find them. */
    public Work work() {
        return work;
    }

    /** The first few of these. */
    Neighbors first(int count) {
        return count == ids.length
                ? this
                : new Neighbors(Arrays.copyOf(ids, count), Arrays.copyOf(scores, count), work);
    }

    /** The first k of these without one id. */
    Neighbors without(long id, int k) {
        long[] otherIds = new long[ids.length];
        float[] otherScores = new float[ids.length];
        int kept = 0;
        for (int i = 0; i < ids.length && kept < k; i++) {
            if (ids[i] != id) {
                otherIds[kept] = ids[i];
                otherScores[kept] = scores[i];
                kept++;
            }
        }
        return new Neighbors(Arrays.copyOf(otherIds, kept), Arrays.copyOf(otherScores, kept), work);
    }

    @Override
    public String toString() {
        return "Neighbors[ids=" + Arrays.toString(ids) + ", scores=" + Arrays.toString(scores) + ", " + work + "]";
    }

    /**
     * What a search did, counted.
     *
     * @param plan the way it went, in a word: {@code "scan"}
     * @param compared rows whose code was compared with the query, at a fraction of the cost of the row
     * @param exact rows whose float32 values were compared with the query
     * @param hops nodes of a graph whose links were followed; 0 for a scan
     * @param complete whether the search came to its end; false where its time was over before
     */
    public record Work(String plan, long compared, long exact, long hops, boolean complete) {
        /** Of a scan that came to its end. */
        public Work(String plan, long compared, long exact) {
            this(plan, compared, exact, 0, true);
        }
    }
}
