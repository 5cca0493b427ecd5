package dev.vicino.tree;

import dev.vicino.scan.Ids;
import java.util.Arrays;

/**
 * The id of each slot: those of the rows that were there to begin with, and of those added since, in order. A slot is given once, so what
 * is known of it stays true. Immutable in what its slots show; slots are added by one thread at a time.
 *
 * @param first of the first slots
 * @param firstSize how many these are
 * @param added of slots from there on; longer than they are
 * @param size slots in all
 */
record SlotIds(Ids first, int firstSize, long[] added, int size) implements Ids {
    static SlotIds of(Ids first, int firstSize) {
        return new SlotIds(first, firstSize, new long[0], firstSize);
    }

    @Override
    public long of(int slot) {
        return slot < firstSize ? first.of(slot) : added[slot - firstSize];
    }

    /** These and the id of another slot, behind the last. */
    SlotIds with(long id) {
        int place = size - firstSize;
        long[] more = place < added.length ? added : Arrays.copyOf(added, Math.max(16, 2 * place));
        more[place] = id; // in an array that others may have, where none of them looks
        return new SlotIds(first, firstSize, more, size + 1);
    }
}
