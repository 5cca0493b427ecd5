package dev.vicino.scan;

/** Distances, and numbers beside them, in whole numbers that sort as the distances do. NaN is as far as can be. */
public final class Sortable {
    private Sortable() {}

    /** A whole number that sorts as the distance does. */
    public static int of(float distance) {
        int bits = Float.floatToRawIntBits(distance);
        return Float.isNaN(distance) ? Integer.MAX_VALUE - 1 : bits ^ (bits >> 31 & Integer.MAX_VALUE);
    }

    /** The distance that {@link #of} was told. */
    public static float distance(int sortable) {
        return Float.intBitsToFloat(sortable ^ (sortable >> 31 & Integer.MAX_VALUE));
    }

    /** Sorts by distance, then by number, which is at least 0. */
    public static long key(float distance, int number) {
        return (long) of(distance) << 32 | number;
    }

    public static float distance(long key) {
        return distance((int) (key >>> 32));
    }

    public static int number(long key) {
        return (int) key;
    }
}
