package dev.vicino.store.payload;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Points of equal values in the making, value after value in order, each point where it comes first. */
final class SortedGroups {
    private final boolean descending;
    private final @Nullable Double from;
    private final int limit;
    private final RoaringBitmap left;
    private final List<RoaringBitmap> groups = new ArrayList<>();
    private double last = Double.NaN;
    private long count;

    /**
     * @param among points that are wanted
     * @param from the first value wanted; null for all
     * @param limit points that are enough
     */
    SortedGroups(RoaringBitmap among, boolean descending, @Nullable Double from, int limit) {
        this.left = among.clone();
        this.descending = descending;
        this.from = from;
        this.limit = limit;
    }

    /** Takes the points of the next value; false where there are enough. Keys of the same value come one after the other. */
    boolean add(double value, RoaringBitmap points) {
        if (count >= limit && value != last) {
            return false;
        }
        RoaringBitmap here = RoaringBitmap.and(left, points);
        left.andNot(here);
        boolean wanted = from == null || (descending ? value <= from : value >= from);
        if (wanted && !here.isEmpty()) {
            count += here.getLongCardinality();
            if (value == last) {
                groups.getLast().or(here);
            } else {
                groups.add(here);
                last = value;
            }
        }
        return true;
    }

    List<RoaringBitmap> toList() {
        return groups;
    }
}
