package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.FieldTest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A field index with one key a value. Every key that may meet a test is asked whether it does, so that there is one meaning. */
abstract sealed class KeyedIndex<K extends Comparable<? super K>> extends FieldIndex
        permits KeywordIndex, IntegerIndex, FloatIndex, BoolIndex, DateTimeIndex, UuidIndex, GeoIndex {
    private final Postings<K> postings = new Postings<>();

    /** The key of a value; null for a value of another kind. */
    abstract @Nullable K key(JsonNode value);

    /** Keys among which all are that meet a test; null where keys do not tell. */
    abstract @Nullable Map<K, RoaringBitmap> narrow(FieldTest test, NavigableMap<K, RoaringBitmap> byKey);

    /** Whether a key meets a test that was narrowed. */
    abstract boolean meets(FieldTest test, K key);

    abstract void writeKey(DataOutput out, K key) throws IOException;

    abstract K readKey(DataInput in) throws IOException;

    @Override
    final boolean addValue(int ordinal, JsonNode value) {
        K key = key(value);
        if (key != null) {
            postings.add(key, ordinal);
        }
        return key != null;
    }

    @Override
    final void removeValue(int ordinal, JsonNode value) {
        K key = key(value);
        if (key != null) {
            postings.remove(key, ordinal);
        }
    }

    @Override
    final void forget(RoaringBitmap gone) {
        super.forget(gone);
        postings.forget(gone);
    }

    @Override
    final @Nullable Selection find(FieldTest test) {
        Map<K, RoaringBitmap> narrowed = narrow(test, postings.byKey());
        if (narrowed == null) {
            return null;
        }
        List<RoaringBitmap> met = new ArrayList<>();
        narrowed.forEach((key, ordinals) -> {
            if (meets(test, key)) {
                met.add(ordinals);
            }
        });
        return Selection.exact(Postings.union(met));
    }

    /** Whether the keys are all values that some points have as {@link dev.vicino.store.filter.Scalar}s. */
    final boolean hasAllScalars(RoaringBitmap among) {
        boolean keepsValues = this instanceof KeywordIndex
                || this instanceof IntegerIndex
                || this instanceof BoolIndex
                || this instanceof UuidIndex;
        return keepsValues && !RoaringBitmap.intersects(others(), among);
    }

    /** What points are sorted by that have a key: a number, or the seconds of a date-time; null where keys have no such order. */
    @Nullable
    Double order(K key) {
        return null;
    }

    /**
     * Points in order: those of the first value, those of the second, and so on until there are so many. A point with several values has
     * its place by the first of them.
     *
     * @param from the first value wanted; null for all. A point that has one before is left out
     * @return null where this index does not know the order of all these points
     */
    final @Nullable List<RoaringBitmap> sorted(
            RoaringBitmap among, boolean descending, @Nullable Double from, int limit) {
        if (RoaringBitmap.intersects(others(), among)) {
            return null;
        }
        SortedGroups groups = new SortedGroups(among, descending, from, limit);
        NavigableMap<K, RoaringBitmap> byKey = descending ? byKey().descendingMap() : byKey();
        for (Map.Entry<K, RoaringBitmap> entry : byKey.entrySet()) {
            Double value = order(entry.getKey());
            if (value == null) {
                return null;
            }
            if (!groups.add(value, entry.getValue())) {
                break;
            }
        }
        return groups.toList();
    }

    /** All keys with their points. */
    final NavigableMap<K, RoaringBitmap> byKey() {
        return postings.byKey();
    }

    @Override
    final void write(DataOutput out) throws IOException {
        super.write(out);
        postings.write(out, this::writeKey);
    }

    @Override
    final void read(DataInput in) throws IOException {
        super.read(in);
        postings.read(in, this::readKey);
    }
}
