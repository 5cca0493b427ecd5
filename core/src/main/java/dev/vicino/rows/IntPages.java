package dev.vicino.rows;

import java.util.Arrays;

/** Integers by slot, in pages, so that they never move while more are added. Readers may be many; growing is the caller's to guard. */
public final class IntPages {
    private static final int SHIFT = 14;
    private static final int MASK = (1 << SHIFT) - 1;

    private final int initial;
    private volatile int[][] pages = new int[0][];

    /** All of them have a value to begin with. */
    public IntPages(int initial) {
        this.initial = initial;
    }

    public int get(int slot) {
        return pages[slot >>> SHIFT][slot & MASK];
    }

    public void set(int slot, int value) {
        pages[slot >>> SHIFT][slot & MASK] = value;
    }

    /** Makes room for slots below a number. */
    public void reserve(int slots) {
        int[][] old = pages;
        int wanted = Math.ceilDiv(slots, MASK + 1);
        if (wanted > old.length) {
            int[][] more = Arrays.copyOf(old, wanted);
            for (int i = old.length; i < wanted; i++) {
                more[i] = new int[MASK + 1];
                Arrays.fill(more[i], initial);
            }
            pages = more;
        }
    }

    public long bytes() {
        return (long) pages.length * (MASK + 1) * Integer.BYTES;
    }
}
