package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.LongNode;
import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.MatchAny;
import dev.vicino.store.filter.FieldTest.NumberRange;
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

/** Whole numbers of 64 bits. */
final class IntegerIndex extends KeyedIndex<Long> {
    /** More than the distance of a long from the double that it is rounded to. */
    private static final long ROUNDING = 1 << 11;

    @Override
    @Nullable
    Long key(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() ? value.longValue() : null;
    }

    @Override
    Map<Long, RoaringBitmap> narrow(FieldTest test, NavigableMap<Long, RoaringBitmap> byKey) {
        return switch (test) {
            case MatchAny(Set<Scalar> values) -> Narrowing.at(byKey, numbers(values));
            case NumberRange(Bounds<Double> bounds) -> Narrowing.between(byKey, down(bounds.low()), up(bounds.high()));
            default -> byKey;
        };
    }

    private static List<Long> numbers(Set<Scalar> values) {
        return values.stream()
                .filter(Scalar.Whole.class::isInstance)
                .map(value -> ((Scalar.Whole) value).value())
                .toList();
    }

    private static @Nullable Long down(@Nullable Double bound) {
        if (bound == null) {
            return null;
        }
        long whole = (long) Math.floor(bound);
        return whole < Long.MIN_VALUE + ROUNDING ? Long.MIN_VALUE : whole - ROUNDING;
    }

    private static @Nullable Long up(@Nullable Double bound) {
        if (bound == null) {
            return null;
        }
        long whole = (long) Math.ceil(bound);
        return whole > Long.MAX_VALUE - ROUNDING ? Long.MAX_VALUE : whole + ROUNDING;
    }

    @Override
    boolean meets(FieldTest test, Long key) {
        return test.test(LongNode.valueOf(key));
    }

    @Override
    Double order(Long key) {
        return key.doubleValue();
    }

    @Override
    void writeKey(DataOutput out, Long key) throws IOException {
        out.writeLong(key);
    }

    @Override
    Long readKey(DataInput in) throws IOException {
        return in.readLong();
    }
}
