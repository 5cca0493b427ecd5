package dev.vicino.scan;

import java.util.Arrays;

/** All pairs of (distance, ordinal) that were added, in arrays that grow. Not safe for use by several threads. */
final class WithinRadius {
    private final Ids ids;
    private float[] distances = new float[16];
    private int[] ordinals = new int[16];
    private int size;

    WithinRadius(Ids ids) {
        this.ids = ids;
    }

    void add(float distance, int ordinal) {
        if (size == ordinals.length) {
            distances = Arrays.copyOf(distances, 2 * size);
            ordinals = Arrays.copyOf(ordinals, 2 * size);
        }
        distances[size] = distance;
        ordinals[size] = ordinal;
        size++;
    }

    void addAll(WithinRadius other) {
        for (int i = 0; i < other.size; i++) {
            add(other.distances[i], other.ordinals[i]);
        }
    }

    /** Everything, nearest first. */
    Hits drain(Hits.Work work) {
        TopK sorted = new TopK(size, ids);
        for (int i = 0; i < size; i++) {
            sorted.add(distances[i], ordinals[i]);
        }
        return sorted.drain(work);
    }
}
