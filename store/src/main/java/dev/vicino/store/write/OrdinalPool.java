package dev.vicino.store.write;

import java.util.ArrayDeque;
import java.util.Deque;
import org.roaringbitmap.RoaringBitmap;

/** Ordinals for new points. Those of deleted points are used again, the longest deleted first. */
final class OrdinalPool {
    private final Deque<Integer> free = new ArrayDeque<>();
    private int end;

    /**
     * @param used by points that are there
     * @param end one more than the highest of them
     */
    OrdinalPool(RoaringBitmap used, int end) {
        this.end = end;
        for (int ordinal = 0; ordinal < end; ordinal++) {
            if (!used.contains(ordinal)) {
                free.add(ordinal);
            }
        }
    }

    int take() {
        Integer ordinal = free.poll();
        return ordinal == null ? end++ : ordinal;
    }

    void giveBack(int ordinal) {
        free.add(ordinal);
    }
}
