package dev.vicino.scan;

import java.util.Arrays;

/**
 * The rows that may be among the k nearest to one query, told by bounds of their distances alone; distances are computed in the
 * end, for those that are left, or earlier where ties would not let the number fall.
 *
 * <p>Rows pile up to a capacity of about 2k; then those are dropped whose lower bound is above the k-th smallest upper bound, which
 * is the threshold for those to come. A bound from a damaged file may be NaN; it excludes nothing.
 */
final class NearestCandidates implements Candidates {
    private final Distances distances;
    private final Query query;
    private final int k;
    private final Ids ids;
    private float[] lower;
    private float[] upper;
    private int[] ordinals;
    private int size;
    private float threshold = Float.POSITIVE_INFINITY;
    private long exact;

    NearestCandidates(Distances distances, Query query, int k, Ids ids) {
        this.distances = distances;
        this.query = query;
        this.k = k;
        this.ids = ids;
        int capacity = Math.toIntExact(capacity(k));
        this.lower = new float[capacity];
        this.upper = new float[capacity];
        this.ordinals = new int[capacity];
    }

    /** Rows that are kept at most, 12 bytes each. */
    static long capacity(int k) {
        return 2L * k + 64;
    }

    @Override
    public float threshold() {
        return threshold;
    }

    @Override
    public void add(float lowerBound, float upperBound, int ordinal) {
        if (size == ordinals.length) {
            shrink();
        }
        lower[size] = lowerBound;
        upper[size] = upperBound;
        ordinals[size] = ordinal;
        size++;
    }

    private void shrink() {
        float[] sorted = Arrays.copyOf(upper, size);
        threshold = Select.smallest(sorted, size, k);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (!(lower[i] > threshold)) {
                lower[kept] = lower[i];
                upper[kept] = upper[i];
                ordinals[kept] = ordinals[i];
                kept++;
            }
        }
        size = kept;
        if (size > ordinals.length - ordinals.length / 4) {
            decide();
        }
    }

    /** Computes the distances of all and keeps the k nearest: near ties do not pile up. */
    private void decide() {
        Hits nearest = finish("");
        size = nearest.ordinals().length;
        System.arraycopy(nearest.ordinals(), 0, ordinals, 0, size);
        System.arraycopy(nearest.distances(), 0, lower, 0, size);
        System.arraycopy(nearest.distances(), 0, upper, 0, size);
        threshold = upper[size - 1];
    }

    @Override
    public Hits finish(String plan) {
        if (size > k) {
            float[] sorted = Arrays.copyOf(upper, size);
            threshold = Math.min(threshold, Select.smallest(sorted, size, k));
        }
        TopK nearest = new TopK(Math.min(k, size), ids);
        for (int i = 0; i < size; i++) {
            if (!(lower[i] > threshold)) {
                nearest.add(distances.compute(query, ordinals[i]), ordinals[i]);
                exact++;
            }
        }
        return nearest.drain(new Hits.Work(plan, 0, exact));
    }
}
