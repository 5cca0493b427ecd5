package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.MatchAny;
import dev.vicino.store.filter.Scalar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Strings that are UUIDs in their usual form, small letters and all; others are strings like any other. */
final class UuidIndex extends KeyedIndex<UUID> {
    private static final int LENGTH = 36;

    @Override
    @Nullable
    UUID key(JsonNode value) {
        return value.isTextual() ? parse(value.textValue()) : null;
    }

    private static @Nullable UUID parse(String text) {
        if (text.length() != LENGTH) {
            return null;
        }
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? uuid : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    @Override
    Map<UUID, RoaringBitmap> narrow(FieldTest test, NavigableMap<UUID, RoaringBitmap> byKey) {
        return test instanceof MatchAny(Set<Scalar> values) ? Narrowing.at(byKey, uuids(values)) : byKey;
    }

    private static List<UUID> uuids(Set<Scalar> values) {
        return KeywordIndex.texts(values).stream()
                .map(UuidIndex::parse)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    boolean meets(FieldTest test, UUID key) {
        return test.test(TextNode.valueOf(key.toString()));
    }

    @Override
    void writeKey(DataOutput out, UUID key) throws IOException {
        out.writeLong(key.getMostSignificantBits());
        out.writeLong(key.getLeastSignificantBits());
    }

    @Override
    UUID readKey(DataInput in) throws IOException {
        return new UUID(in.readLong(), in.readLong());
    }
}
