package dev.vicino;

import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Ids;
import org.jspecify.annotations.Nullable;

/** Turns sets of ids into bitmaps of ordinals, and remembers the last one. Safe for use by any number of threads. */
final class Filters {
    private final Ids ids;
    private final int size;
    private volatile @Nullable Last last;

    Filters(Ids ids, int size) {
        this.ids = ids;
        this.size = size;
    }

    private record Last(IdSet filter, Bitmap bitmap) {}

    /** The ordinals of a set; null for no filter. */
    @Nullable
    Bitmap bitmap(@Nullable IdSet filter) {
        if (filter == null) {
            return null;
        }
        Last known = last;
        if (known == null || known.filter != filter) {
            known = new Last(filter, translate(filter));
            last = known;
        }
        return known.bitmap;
    }

    private Bitmap translate(IdSet filter) {
        Bitmap bitmap = new Bitmap(size);
        if (ids.equals(Ids.ORDINALS)) {
            for (long id : filter.sorted()) {
                if (id >= 0 && id < size) {
                    bitmap.set((int) id);
                }
            }
        } else {
            for (int ordinal = 0; ordinal < size; ordinal++) {
                if (filter.contains(ids.of(ordinal))) {
                    bitmap.set(ordinal);
                }
            }
        }
        return bitmap;
    }
}
