package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.settings.IndexKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The payload indexes of a collection. Not safe for use by several threads while they change. */
public final class PayloadIndexes {
    private final SortedMap<String, Entry> byPath = new TreeMap<>();

    private record Entry(JsonPath path, IndexKind kind, FieldIndex index) {}

    /** Empty indexes of some kinds, by path. */
    public PayloadIndexes(Map<String, IndexKind> kinds) {
        kinds.forEach((path, kind) -> byPath.put(path, new Entry(JsonPath.parse(path), kind, FieldIndex.of(kind))));
    }

    /** The kinds, by path. */
    public SortedMap<String, IndexKind> kinds() {
        SortedMap<String, IndexKind> kinds = new TreeMap<>();
        byPath.forEach((path, entry) -> kinds.put(path, entry.kind));
        return kinds;
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return byPath.isEmpty();
    }

    /** Takes over the indexes of others, in the place of those of the same paths. */
    public void take(PayloadIndexes others) {
        byPath.putAll(others.byPath);
    }

    /** Drops the index of a path. */
    public void drop(String path) {
        byPath.remove(path);
    }

    /** Takes the payload of a point that is not there. */
    public void add(int ordinal, JsonNode payload) {
        byPath.values().forEach(entry -> entry.index.add(ordinal, entry.path, payload));
    }

    /** Gives back the payload of a point. */
    public void remove(int ordinal, JsonNode payload) {
        byPath.values().forEach(entry -> entry.index.remove(ordinal, entry.path, payload));
    }

    /** Removes points whatever their payload was. */
    public void forget(RoaringBitmap gone) {
        byPath.values().forEach(entry -> entry.index.forget(gone));
    }

    /** What is known of a filter. */
    public Selection select(Filter filter, Ordinals ordinals) {
        return new Selector(this::index, ordinals).select(filter);
    }

    private @Nullable FieldIndex index(JsonPath path) {
        Entry entry = byPath.get(path.toString());
        return entry == null ? null : entry.index;
    }

    /** How many of some points have each value of a field; null where no index counts it. */
    public @Nullable Facets facets(JsonPath path, RoaringBitmap among) {
        return index(path) instanceof KeyedIndex<?> keyed && keyed.hasAllScalars(among)
                ? Facets.of(keyed, among)
                : null;
    }

    /**
     * Points in the order of a field: those of the first value, those of the second, and so on until there are so many.
     *
     * @param from the first value wanted; null for all
     * @return null where no index knows the order of all these points
     */
    public @Nullable List<RoaringBitmap> sorted(
            JsonPath path, RoaringBitmap among, boolean descending, @Nullable Double from, int limit) {
        return index(path) instanceof KeyedIndex<?> keyed ? keyed.sorted(among, descending, from, limit) : null;
    }

    /** Writes all indexes. */
    public void write(DataOutput out) throws IOException {
        out.writeInt(byPath.size());
        for (Map.Entry<String, Entry> entry : byPath.entrySet()) {
            Texts.write(out, entry.getKey());
            Texts.write(out, entry.getValue().kind.label());
            entry.getValue().index.write(out);
        }
    }

    /** Reads what {@link #write} wrote. */
    public static PayloadIndexes read(DataInput in) throws IOException {
        PayloadIndexes indexes = new PayloadIndexes(Map.of());
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            String path = Texts.read(in);
            IndexKind kind = IndexKind.parse(Texts.read(in));
            FieldIndex index = FieldIndex.of(kind);
            index.read(in);
            indexes.byPath.put(path, new Entry(JsonPath.parse(path), kind, index));
        }
        return indexes;
    }
}
