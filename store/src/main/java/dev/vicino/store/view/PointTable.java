package dev.vicino.store.view;

import dev.vicino.store.payload.Ordinals;
import dev.vicino.store.point.PointId;
import dev.vicino.store.truth.PointRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** All points by id and by ordinal, and which have a vector of which name. By id it may be read at any time, else it is guarded. */
public final class PointTable implements Ordinals {
    private final List<String> names;
    private final ConcurrentNavigableMap<PointId, PointRow> byId = new ConcurrentSkipListMap<>();
    private final List<@Nullable PointRow> byOrdinal = new ArrayList<>();
    private final LongList since = new LongList();
    private final RoaringBitmap all = new RoaringBitmap();
    private volatile long size;
    private final List<RoaringBitmap> withVector = new ArrayList<>();

    PointTable(List<String> names) {
        this.names = names;
        names.forEach(_ -> withVector.add(new RoaringBitmap()));
    }

    void put(PointRow row) {
        int ordinal = row.ordinal();
        while (byOrdinal.size() <= ordinal) {
            byOrdinal.add(null);
            since.add(0);
        }
        if (byOrdinal.get(ordinal) == null) {
            since.set(ordinal, row.version());
        }
        byOrdinal.set(ordinal, row);
        byId.put(row.id(), row);
        all.add(ordinal);
        size = all.getLongCardinality();
        for (int name = 0; name < names.size(); name++) {
            if (row.hasVector(name)) {
                withVector.get(name).add(ordinal);
            } else {
                withVector.get(name).remove(ordinal);
            }
        }
    }

    void remove(PointRow row) {
        byOrdinal.set(row.ordinal(), null);
        byId.remove(row.id());
        all.remove(row.ordinal());
        size = all.getLongCardinality();
        withVector.forEach(ordinals -> ordinals.remove(row.ordinal()));
    }

    /** The point of an id; null where there is none. At any time. */
    public @Nullable PointRow find(PointId id) {
        return byId.get(id);
    }

    /** The points from an id on, rising. At any time; what changes meanwhile may be among them or not. */
    public Iterable<PointRow> from(@Nullable PointId first) {
        return first == null ? byId.values() : byId.tailMap(first, true).values();
    }

    /** The point of an ordinal; null where there is none. */
    public @Nullable PointRow at(int ordinal) {
        return ordinal < byOrdinal.size() ? byOrdinal.get(ordinal) : null;
    }

    /** The sequence number of the operation, or an earlier one, since which an ordinal belongs to the point that has it now. */
    public long since(int ordinal) {
        return since.get(ordinal);
    }

    /** How many points there are. At any time. */
    public long size() {
        return size;
    }

    /** One more than the highest ordinal that there ever was. */
    public int end() {
        return byOrdinal.size();
    }

    @Override
    public RoaringBitmap all() {
        return all;
    }

    @Override
    public RoaringBitmap of(Set<PointId> ids) {
        RoaringBitmap ordinals = new RoaringBitmap();
        for (PointId id : ids) {
            PointRow row = byId.get(id);
            if (row != null) {
                ordinals.add(row.ordinal());
            }
        }
        return ordinals;
    }

    @Override
    public RoaringBitmap withVector(String name) {
        int number = names.indexOf(name);
        return number < 0 ? new RoaringBitmap() : withVector(number);
    }

    /** The ordinals of the points that have a vector of a name, by its number. */
    RoaringBitmap withVector(int name) {
        return withVector.get(name);
    }
}
