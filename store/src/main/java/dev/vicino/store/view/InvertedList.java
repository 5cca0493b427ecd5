package dev.vicino.store.view;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The points that have a value in one dimension, by ordinal. Immutable. */
final class InvertedList {
    static final InvertedList EMPTY = new InvertedList(new int[0], new float[0]);

    private final int[] ordinals;
    private final float[] values;

    private InvertedList(int[] ordinals, float[] values) {
        this.ordinals = ordinals;
        this.values = values;
    }

    int size() {
        return ordinals.length;
    }

    /** This list with the values of some points; null for a point that has none any more. */
    InvertedList with(Map<Integer, @Nullable Float> changes) {
        int[] mergedOrdinals = new int[ordinals.length + changes.size()];
        float[] mergedValues = new float[mergedOrdinals.length];
        int size = 0;
        int from = 0;
        for (Map.Entry<Integer, @Nullable Float> change : new TreeMap<>(changes).entrySet()) {
            int found = Arrays.binarySearch(ordinals, from, ordinals.length, change.getKey());
            int to = found < 0 ? -found - 1 : found;
            System.arraycopy(ordinals, from, mergedOrdinals, size, to - from);
            System.arraycopy(values, from, mergedValues, size, to - from);
            size += to - from;
            from = found < 0 ? to : to + 1;
            if (change.getValue() != null) {
                mergedOrdinals[size] = change.getKey();
                mergedValues[size] = change.getValue();
                size++;
            }
        }
        int rest = ordinals.length - from;
        System.arraycopy(ordinals, from, mergedOrdinals, size, rest);
        System.arraycopy(values, from, mergedValues, size, rest);
        return new InvertedList(Arrays.copyOf(mergedOrdinals, size + rest), Arrays.copyOf(mergedValues, size + rest));
    }

    /** Adds the products with a query's value. */
    void addTo(SparseScores scores, float weight) {
        for (int i = 0; i < ordinals.length; i++) {
            scores.add(ordinals[i], weight * values[i]);
        }
    }
}
