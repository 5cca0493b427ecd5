package dev.vicino.graph;

import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Which slots may be found. Writers hold {@link LiveGraph}'s lock of flips; readers see what was written before they looked at that lock.
 */
final class Alive implements IntPredicate {
    private volatile long[] words = new long[0];
    private int count;

    @Override
    public boolean test(int slot) {
        long[] words = this.words;
        return slot >> 6 < words.length && (words[slot >> 6] & 1L << slot) != 0;
    }

    void reserve(int slots) {
        int wanted = Math.ceilDiv(slots, Long.SIZE);
        if (words.length < wanted) {
            words = Arrays.copyOf(words, wanted + wanted / 4);
        }
    }

    void set(int slot) {
        words[slot >> 6] |= 1L << slot;
        count++;
    }

    void clear(int slot) {
        words[slot >> 6] &= ~(1L << slot);
        count--;
    }

    /** All slots below a number, of which none was set. */
    void setAll(int slots) {
        for (int slot = 0; slot < slots; slot++) {
            set(slot);
        }
    }

    long bytes() {
        return 8L * words.length;
    }

    int count() {
        return count;
    }
}
