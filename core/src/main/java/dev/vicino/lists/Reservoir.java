package dev.vicino.lists;

import dev.vicino.scan.Select;
import dev.vicino.scan.Sortable;
import java.util.Arrays;

/**
 * Rows that may be among the nearest, by their estimates and errors: a row is let in while its estimate less its error is not above
 * the k-th smallest of estimate plus error, as far as that is known. Scratch memory of one search after another.
 */
final class Reservoir {
    private static final int FIRST_LIMIT = 128;

    private float[] lowers = new float[2 * FIRST_LIMIT];
    private float[] uppers = new float[2 * FIRST_LIMIT];
    private int[] slots = new int[2 * FIRST_LIMIT];
    private float[] selected = new float[2 * FIRST_LIMIT];
    private long[] keys = new long[2 * FIRST_LIMIT];
    private int size;
    private int k;
    private int limit;
    private float largestError;
    private float bound;

    /** Empties it, to keep the k nearest. */
    void clear(int k) {
        this.k = k;
        size = 0;
        limit = Math.max(FIRST_LIMIT, k);
        largestError = 0;
        bound = Float.POSITIVE_INFINITY;
    }

    /** Empties it, to keep all that may lie within a radius. */
    void clearWithin(float radius) {
        clear(Integer.MAX_VALUE);
        bound = radius;
        largestError = Float.POSITIVE_INFINITY; // not known before all rows were seen, so each is asked for its own
    }

    int size() {
        return size;
    }

    int slot(int place) {
        return slots[place];
    }

    /** The least that the distance in a place may be. */
    float lower(int place) {
        return lowers[place];
    }

    /** Estimates above this are of no use. */
    float threshold() {
        return bound + largestError;
    }

    void add(float estimate, float error, int slot) {
        if (estimate - error > bound) {
            return;
        }
        if (size == slots.length) {
            grow();
        }
        largestError = Math.max(largestError, error);
        lowers[size] = estimate - error;
        uppers[size] = estimate + error;
        slots[size] = slot;
        size++;
        if (size > limit) {
            shrink();
        }
    }

    private void grow() {
        lowers = Arrays.copyOf(lowers, 2 * size);
        uppers = Arrays.copyOf(uppers, 2 * size);
        slots = Arrays.copyOf(slots, 2 * size);
        selected = new float[2 * size];
        keys = new long[2 * size];
    }

    /** Whether what was added last makes the k-th nearest come nearer. */
    boolean comesNearer() {
        float before = bound;
        shrink();
        return bound < before;
    }

    /** Throws out what can no longer be among the k nearest. */
    void shrink() {
        if (size <= k) {
            return;
        }
        System.arraycopy(uppers, 0, selected, 0, size);
        bound = Select.smallest(selected, size, k);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (lowers[i] <= bound) {
                lowers[kept] = lowers[i];
                uppers[kept] = uppers[i];
                slots[kept++] = slots[i];
            }
        }
        size = kept;
        limit = Math.max(FIRST_LIMIT, 2 * size);
    }

    /** Throws out what cannot be near, and orders the rest by the least that their distances may be. */
    void sort() {
        shrink();
        for (int i = 0; i < size; i++) {
            keys[i] = Sortable.key(lowers[i], slots[i]);
        }
        Arrays.sort(keys, 0, size);
        for (int i = 0; i < size; i++) {
            lowers[i] = Sortable.distance(keys[i]);
            slots[i] = Sortable.number(keys[i]);
        }
    }
}
