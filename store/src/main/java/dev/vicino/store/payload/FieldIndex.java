package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.Condition.IsEmpty;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.settings.IndexKind;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which points have which values in one field of their payload. A value that is not of the index's kind is not kept; the point is then
 * among the <em>others</em>, which may match anything. Not safe for use by several threads while it changes.
 */
abstract sealed class FieldIndex permits KeyedIndex, TextIndex {
    private final RoaringBitmap present = new RoaringBitmap();
    private final RoaringBitmap others = new RoaringBitmap();

    /** An empty index of a kind. */
    static FieldIndex of(IndexKind kind) {
        return switch (kind) {
            case KEYWORD -> new KeywordIndex();
            case INTEGER -> new IntegerIndex();
            case FLOAT -> new FloatIndex();
            case BOOL -> new BoolIndex();
            case DATETIME -> new DateTimeIndex();
            case UUID -> new UuidIndex();
            case GEO -> new GeoIndex();
            case TEXT -> new TextIndex();
        };
    }

    /** Takes the values that a payload has at a path. */
    final void add(int ordinal, JsonPath path, JsonNode payload) {
        List<JsonNode> nodes = path.nodes(payload);
        if (nodes.isEmpty()) {
            return;
        }
        if (!nodes.stream().allMatch(IsEmpty::isEmpty)) {
            present.add(ordinal);
        }
        for (JsonNode value : path.values(payload)) {
            if (!addValue(ordinal, value)) {
                others.add(ordinal);
            }
        }
    }

    /** Gives back the values that a payload has at a path, which were taken before. */
    final void remove(int ordinal, JsonPath path, JsonNode payload) {
        present.remove(ordinal);
        others.remove(ordinal);
        for (JsonNode value : path.values(payload)) {
            removeValue(ordinal, value);
        }
    }

    /** Removes points whatever their values were. */
    void forget(RoaringBitmap gone) {
        present.andNot(gone);
        others.andNot(gone);
    }

    /** What is known of a test; null where this index knows nothing of it. */
    final @Nullable Selection select(FieldTest test) {
        Selection found = find(test);
        return found == null || others.isEmpty() ? found : found.or(new Selection(new RoaringBitmap(), others));
    }

    /** Points with at least one value, null aside. */
    final RoaringBitmap present() {
        return present;
    }

    /** Points with a value that is not kept. */
    final RoaringBitmap others() {
        return others;
    }

    /** Takes a value; tells whether it is of this kind. */
    abstract boolean addValue(int ordinal, JsonNode value);

    abstract void removeValue(int ordinal, JsonNode value);

    /** What is known of a test by the values that were kept; null where that says nothing. */
    abstract @Nullable Selection find(FieldTest test);

    void write(DataOutput out) throws IOException {
        present.serialize(out);
        others.serialize(out);
    }

    void read(DataInput in) throws IOException {
        present.deserialize(in);
        others.deserialize(in);
    }
}
