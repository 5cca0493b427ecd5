package dev.vicino.card;

/**
 * What a card has left of the rows, for one query.
 *
 * @param ordinals of the rows whose lower bound is not above the threshold, in any order; none unless complete
 * @param threshold at least the k-th smallest distance
 * @param complete whether that is all of them: a card keeps so many and no more
 */
public record Survivors(int[] ordinals, float threshold, boolean complete) {
    private static final int[] NONE = {};

    /** Of more rows than the card keeps. */
    public static Survivors tooMany(float threshold) {
        return new Survivors(NONE, threshold, false);
    }
}
