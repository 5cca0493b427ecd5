package dev.vicino.graph;

import dev.vicino.scan.Sortable;
import java.util.Arrays;

/**
 * The ef nearest nodes that a walk has found, in order, each marked once its links have been followed. One sorted array instead of the
 * two heaps of the paper: few nodes get in, and the next one to follow is found by going on from the last.
 *
 * <p>An entry is a long: the distance, in a form that sorts as whole numbers do; the slot; the mark.
 */
final class Beam {
    private long[] entries = new long[256];
    private int size;
    private int capacity;
    /** All entries before this are marked. */
    private int next;

    /** Empties it. */
    void clear(int capacity) {
        if (entries.length < capacity) {
            entries = new long[Math.max(capacity, 2 * entries.length)];
        }
        this.capacity = capacity;
        size = 0;
        next = 0;
    }

    int size() {
        return size;
    }

    int slot(int place) {
        return (int) (entries[place] >>> 1) & Integer.MAX_VALUE;
    }

    float distance(int place) {
        return Sortable.distance(entries[place]);
    }

    boolean contains(int slot) {
        for (int i = 0; i < size; i++) {
            if (slot(i) == slot) {
                return true;
            }
        }
        return false;
    }

    /** What a distance has to be below to get in, in the form that sorts. */
    int threshold() {
        return size < capacity ? Integer.MAX_VALUE : (int) (entries[size - 1] >>> 32);
    }

    /** Puts a node in its place, if it is near enough. */
    void add(int slot, float distance) {
        int sortable = Sortable.of(distance);
        if (sortable < threshold()) {
            insert((long) sortable << 32 | (long) slot << 1);
        }
    }

    /** Puts an entry in its place, the last one falling out where there is no room. */
    private void insert(long entry) {
        long[] entries = this.entries;
        int low = 0;
        int length = size;
        while (length > 1) { // without branches to mispredict
            int half = length >>> 1;
            low += entries[low + half - 1] < entry ? half : 0;
            length -= half;
        }
        if (length == 1 && entries[low] < entry) {
            low++;
        }
        if (size < capacity) {
            size++;
        }
        System.arraycopy(entries, low, entries, low + 1, size - 1 - low);
        entries[low] = entry;
        next = Math.min(next, low);
    }

    /** Adds those that are near enough. */
    void addAll(int[] slots, float[] distances, int count) {
        int threshold = threshold();
        for (int i = 0; i < count; i++) {
            int sortable = Sortable.of(distances[i]);
            if (sortable < threshold) {
                insert((long) sortable << 32 | (long) slots[i] << 1);
                threshold = threshold();
            }
        }
    }

    /** Marks the nearest node that is not, and gives its slot; {@link Graph#NONE} where all are. */
    int follow() {
        while (next < size) {
            long entry = entries[next];
            if ((entry & 1) == 0) {
                entries[next] = entry | 1;
                next++;
                return (int) (entry >>> 1) & Integer.MAX_VALUE;
            }
            next++;
        }
        return Graph.NONE;
    }

    /** The place of the first node from a place on whose links have not been followed; the {@link #size} where there is none. */
    int unfollowed(int from) {
        int place = Math.max(from, next);
        while (place < size && (entries[place] & 1) != 0) {
            place++;
        }
        return place;
    }

    @Override
    public String toString() {
        return "Beam" + Arrays.toString(Arrays.copyOf(entries, size));
    }
}
