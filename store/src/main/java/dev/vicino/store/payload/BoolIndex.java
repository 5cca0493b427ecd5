package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.vicino.store.filter.FieldTest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Truth values. */
final class BoolIndex extends KeyedIndex<Boolean> {
    @Override
    @Nullable
    Boolean key(JsonNode value) {
        return value.isBoolean() ? value.booleanValue() : null;
    }

    @Override
    Map<Boolean, RoaringBitmap> narrow(FieldTest test, NavigableMap<Boolean, RoaringBitmap> byKey) {
        return byKey;
    }

    @Override
    boolean meets(FieldTest test, Boolean key) {
        return test.test(BooleanNode.valueOf(key));
    }

    @Override
    void writeKey(DataOutput out, Boolean key) throws IOException {
        out.writeBoolean(key);
    }

    @Override
    Boolean readKey(DataInput in) throws IOException {
        return in.readBoolean();
    }
}
