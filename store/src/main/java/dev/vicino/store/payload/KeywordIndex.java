package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.MatchAny;
import dev.vicino.store.filter.FieldTest.MatchPrefix;
import dev.vicino.store.filter.Scalar;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Strings as they are. */
final class KeywordIndex extends KeyedIndex<String> {
    @Override
    @Nullable
    String key(JsonNode value) {
        return value.textValue();
    }

    @Override
    Map<String, RoaringBitmap> narrow(FieldTest test, NavigableMap<String, RoaringBitmap> byKey) {
        return switch (test) {
            case MatchAny(Set<Scalar> values) -> Narrowing.at(byKey, texts(values));
            case MatchPrefix(String prefix) -> Narrowing.startingWith(byKey, prefix);
            default -> byKey;
        };
    }

    static List<String> texts(Set<Scalar> values) {
        return values.stream()
                .filter(Scalar.Text.class::isInstance)
                .map(value -> ((Scalar.Text) value).value())
                .toList();
    }

    @Override
    boolean meets(FieldTest test, String key) {
        return test.test(TextNode.valueOf(key));
    }

    @Override
    void writeKey(DataOutput out, String key) throws IOException {
        Texts.write(out, key);
    }

    @Override
    String readKey(DataInput in) throws IOException {
        return Texts.read(in);
    }
}
