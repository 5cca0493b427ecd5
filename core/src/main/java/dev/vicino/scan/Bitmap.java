package dev.vicino.scan;

/** Which ordinals may be found. Immutable once it is handed to a search. */
public final class Bitmap {
    private final long[] words;
    private final int size;
    private int known = -1;

    /** No ordinal of 0 … size−1. */
    public Bitmap(int size) {
        this.words = new long[(int) (((long) size + 63) / 64)];
        this.size = size;
    }

    /** Ordinals are below this. */
    public int size() {
        return size;
    }

    /** Bit i mod 64 of word i/64 says whether i is there. Not to be changed. */
    public long[] words() {
        return words;
    }

    public void set(int ordinal) {
        words[ordinal >> 6] |= 1L << ordinal;
    }

    /** Whether an ordinal is there; none beyond the size is. */
    public boolean get(int ordinal) {
        return ordinal < size && (words[ordinal >> 6] & 1L << ordinal) != 0;
    }

    /** The first ordinal from {@code ordinal} on; {@link Integer#MAX_VALUE} where there is none. */
    public int next(int ordinal) {
        if (ordinal >= size) {
            return Integer.MAX_VALUE;
        }
        int word = ordinal >> 6;
        long rest = words[word] & -1L << ordinal;
        while (rest == 0) {
            if (++word == words.length) {
                return Integer.MAX_VALUE;
            }
            rest = words[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(rest);
    }

    /** How many there are in all. */
    public int count() {
        if (known < 0) {
            int count = 0;
            for (long word : words) {
                count += Long.bitCount(word);
            }
            known = count; // several threads may find the same number
        }
        return known;
    }

    /** How many of {@code count} ordinals from {@code from} on. */
    int count(int from, int count) {
        int found = 0;
        for (int i = next(from); i < from + count; i = next(i + 1)) {
            found++;
        }
        return found;
    }

    /** Puts NaN, which nothing compares with, in the place of every ordinal that is not there. */
    void mask(int from, int count, float[] values) {
        for (int i = 0; i < count; i++) {
            if (!get(from + i)) {
                values[i] = Float.NaN;
            }
        }
    }
}
