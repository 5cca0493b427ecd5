package dev.vicino.store.view;

import dev.vicino.Metric;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Points found, nearest first, ties by ordinal.
 *
 * @param ordinals of the points
 * @param scores similarity or distance, as the metric says
 */
public record Hits(int[] ordinals, float[] scores, Work work) {
    /** None. */
    public static final Hits NONE = new Hits(new int[0], new float[0], Work.NONE);

    /**
     * What it took to find them.
     *
     * @param graphPlan the way through the graph, as {@link dev.vicino.Neighbors.Work} has it; empty without a graph
     * @param compared vectors or codes looked at
     * @param complete whether nothing was left out for lack of time
     */
    public record Work(String graphPlan, long compared, boolean complete) {
        static final Work NONE = new Work("", 0, true);

        /** Of a scan. */
        static Work scan(long compared) {
            return new Work("", compared, true);
        }

        Work and(Work other) {
            return new Work(graphPlan + other.graphPlan, compared + other.compared, complete && other.complete);
        }
    }

    /** How many there are. */
    public int size() {
        return ordinals.length;
    }

    /** These, found without a graph. */
    Hits withoutGraph() {
        return new Hits(ordinals, scores, new Work("", work.compared, work.complete));
    }

    /** The k nearest of these and of others, which are other points; either may be {@link #NONE}. */
    Hits merge(Hits other, int k, Metric metric) {
        if (size() == 0) {
            return new Hits(other.ordinals, other.scores, work.and(other.work));
        }
        int size = size() + other.size();
        int[] allOrdinals = Arrays.copyOf(ordinals, size);
        float[] allScores = Arrays.copyOf(scores, size);
        System.arraycopy(other.ordinals, 0, allOrdinals, size(), other.size());
        System.arraycopy(other.scores, 0, allScores, size(), other.size());
        return nearest(allOrdinals, allScores, work.and(other.work), k, metric.isSimilarity());
    }

    /** The k nearest of some. */
    static Hits nearest(int[] ordinals, float[] scores, Work work, int k, boolean higherIsNearer) {
        Integer[] order = new Integer[ordinals.length];
        Arrays.setAll(order, i -> i);
        Comparator<Integer> byScore = Comparator.comparingDouble(i -> higherIsNearer ? -scores[i] : scores[i]);
        Arrays.sort(order, byScore.thenComparingInt(i -> ordinals[i]));
        int size = Math.min(k, order.length);
        int[] nearestOrdinals = new int[size];
        float[] nearestScores = new float[size];
        for (int i = 0; i < size; i++) {
            nearestOrdinals[i] = ordinals[order[i]];
            nearestScores[i] = scores[order[i]];
        }
        return new Hits(nearestOrdinals, nearestScores, work);
    }
}
