package dev.vicino.store.payload;

import dev.vicino.store.point.PointId;
import java.util.Set;
import org.roaringbitmap.RoaringBitmap;

/** What is known of points beside their payload. */
public interface Ordinals {
    /** Of all points; not to be changed. */
    RoaringBitmap all();

    /** Of the points with some ids. */
    RoaringBitmap of(Set<PointId> ids);

    /** Of the points with a vector of a name. */
    RoaringBitmap withVector(String name);
}
