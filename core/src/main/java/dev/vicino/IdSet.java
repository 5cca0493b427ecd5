package dev.vicino;

import java.util.Arrays;

/**
 * A set of ids that a search may find: a filter. Immutable. An index turns it into a bitmap when it first meets it and remembers the
 * last one, so searches with the same set share that work.
 */
public final class IdSet {
    private final long[] sorted;

    private IdSet(long[] sorted) {
        this.sorted = sorted;
    }

    /** A set of these ids; ids that an index does not have are no error. */
    public static IdSet of(long... ids) {
        long[] sorted = ids.clone();
        Arrays.sort(sorted);
        int distinct = 0;
        for (int i = 0; i < sorted.length; i++) {
            if (i == 0 || sorted[i] != sorted[i - 1]) {
                sorted[distinct++] = sorted[i];
            }
        }
        return new IdSet(Arrays.copyOf(sorted, distinct));
    }

    /** How many there are. */
    public int size() {
        return sorted.length;
    }

    public boolean contains(long id) {
        return Arrays.binarySearch(sorted, id) >= 0;
    }

    /** The ids, rising. */
    long[] sorted() {
        return sorted;
    }
}
