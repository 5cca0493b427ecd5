package dev.vicino.rows;

import java.util.Arrays;
import java.util.function.IntPredicate;

/** A set of slots. Writers are the caller's to guard; readers see what was written before the last thing that the caller ordered. */
public final class SlotSet implements IntPredicate {
    private volatile long[] words = new long[0];
    private int count;

    /** Those of the rows that were there to begin with. */
    public static SlotSet first(RowStore rows) {
        SlotSet first = new SlotSet();
        first.reserve(rows.firstCapacity());
        for (int slot = 0; slot < rows.firstSize(); slot++) {
            first.set(slot);
        }
        return first;
    }

    @Override
    public boolean test(int slot) {
        long[] words = this.words;
        return slot >> 6 < words.length && (words[slot >> 6] & 1L << slot) != 0;
    }

    public void reserve(int slots) {
        int wanted = Math.ceilDiv(slots, Long.SIZE);
        if (words.length < wanted) {
            words = Arrays.copyOf(words, wanted + wanted / 4);
        }
    }

    public void set(int slot) {
        words[slot >> 6] |= 1L << slot;
        count++;
    }

    public void clear(int slot) {
        words[slot >> 6] &= ~(1L << slot);
        count--;
    }

    public long bytes() {
        return 8L * words.length;
    }

    public int count() {
        return count;
    }
}
