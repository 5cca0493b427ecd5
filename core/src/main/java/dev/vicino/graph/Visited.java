package dev.vicino.graph;

import java.util.Arrays;

/** Which slots a walk has met. Forgetting them takes the time of those met, not of all there are. */
final class Visited {
    /** Up to so many words it is faster to clear all. */
    private static final int FEW_WORDS = 8 * 1024;

    private long[] words = new long[0];
    private int[] met = new int[1024];
    private int count;

    /** Forgets all and makes room for slots below a number. */
    void clear(int slots) {
        int wanted = Math.ceilDiv(slots, Long.SIZE);
        if (words.length < wanted) {
            words = new long[wanted + wanted / 8];
        } else if (words.length <= FEW_WORDS) {
            Arrays.fill(words, 0);
        } else {
            for (int i = 0; i < count; i++) {
                words[met[i] >>> 6] = 0;
            }
        }
        count = 0;
    }

    /** For a loop that tests and sets bits itself; it tells {@link #met} afterwards. */
    long[] words() {
        return words;
    }

    /** Remembers what a loop has set. */
    void met(int[] slots, int from, int to) {
        if (words.length <= FEW_WORDS) {
            return;
        }
        int number = to - from;
        if (count + number > met.length) {
            met = Arrays.copyOf(met, Math.max(2 * met.length, count + number));
        }
        System.arraycopy(slots, from, met, count, number);
        count += number;
    }

    private final int[] one = new int[1];

    /** Whether a slot is met for the first time. */
    boolean add(int slot) {
        long bit = 1L << slot;
        if ((words[slot >>> 6] & bit) != 0) {
            return false;
        }
        words[slot >>> 6] |= bit;
        one[0] = slot;
        met(one, 0, 1);
        return true;
    }
}
