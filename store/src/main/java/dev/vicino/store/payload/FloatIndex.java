package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.NumberRange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Numbers in double precision, for ranges; whether a number was written as a whole one is not kept, so matches are not answered. */
final class FloatIndex extends KeyedIndex<Double> {
    @Override
    @Nullable
    Double key(JsonNode value) {
        return value.isNumber() ? value.doubleValue() + 0.0 : null;
    }

    @Override
    @Nullable
    Map<Double, RoaringBitmap> narrow(FieldTest test, NavigableMap<Double, RoaringBitmap> byKey) {
        return test instanceof NumberRange range
                ? Narrowing.between(byKey, range.bounds().low(), range.bounds().high())
                : null;
    }

    @Override
    boolean meets(FieldTest test, Double key) {
        return ((NumberRange) test).contains(key);
    }

    @Override
    Double order(Double key) {
        return key;
    }

    @Override
    void writeKey(DataOutput out, Double key) throws IOException {
        out.writeDouble(key);
    }

    @Override
    Double readKey(DataInput in) throws IOException {
        return in.readDouble();
    }
}
