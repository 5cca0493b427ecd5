package dev.vicino.store.payload;

import org.roaringbitmap.RoaringBitmap;

/**
 * What indexes know of a filter: points that match for sure, and points that may match, the former among them. Whether one that only
 * may match does is seen in its payload. Never changed in place.
 */
public record Selection(RoaringBitmap sure, RoaringBitmap possible) {
    /** What is known exactly. */
    public static Selection exact(RoaringBitmap ordinals) {
        return new Selection(ordinals, ordinals);
    }

    /** What is not known at all. */
    static Selection unknown(RoaringBitmap all) {
        return new Selection(new RoaringBitmap(), all);
    }

    Selection and(Selection other) {
        return new Selection(RoaringBitmap.and(sure, other.sure), RoaringBitmap.and(possible, other.possible));
    }

    Selection or(Selection other) {
        return new Selection(RoaringBitmap.or(sure, other.sure), RoaringBitmap.or(possible, other.possible));
    }

    Selection not(RoaringBitmap all) {
        return new Selection(RoaringBitmap.andNot(all, possible), RoaringBitmap.andNot(all, sure));
    }

    /** Points whose payload must be looked at. */
    public RoaringBitmap unsure() {
        return RoaringBitmap.andNot(possible, sure);
    }
}
