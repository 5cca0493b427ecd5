package dev.vicino.store.view;

import dev.vicino.Metric;
import java.util.Arrays;
import java.util.Comparator;

/**
 * Points found, nearest first, ties by ordinal.
 *
 * @param ordinals of the points
 * @param scores similarity or distance, as the metric says
 * @param compared vectors or codes looked at
 */
public record Hits(int[] ordinals, float[] scores, long compared) {
    /** None. */
    public static final Hits NONE = new Hits(new int[0], new float[0], 0);

    /** How many there are. */
    public int size() {
        return ordinals.length;
    }

    /** The k nearest of these and of others, which are other points. */
    Hits merge(Hits other, int k, Metric metric) {
        int size = size() + other.size();
        int[] allOrdinals = Arrays.copyOf(ordinals, size);
        float[] allScores = Arrays.copyOf(scores, size);
        System.arraycopy(other.ordinals, 0, allOrdinals, size(), other.size());
        System.arraycopy(other.scores, 0, allScores, size(), other.size());
        return nearest(allOrdinals, allScores, compared + other.compared, k, metric.isSimilarity());
    }

    /** The k nearest of some. */
    static Hits nearest(int[] ordinals, float[] scores, long compared, int k, boolean higherIsNearer) {
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
        return new Hits(nearestOrdinals, nearestScores, compared);
    }
}
