package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.DateTimes;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.DateTimeRange;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Texts that are date-times, for ranges; how an instant was written is not kept, so matches are not answered. */
final class DateTimeIndex extends KeyedIndex<Instant> {
    @Override
    @Nullable
    Instant key(JsonNode value) {
        return value.isTextual() ? DateTimes.parse(value.textValue()) : null;
    }

    @Override
    @Nullable
    Map<Instant, RoaringBitmap> narrow(FieldTest test, NavigableMap<Instant, RoaringBitmap> byKey) {
        return test instanceof DateTimeRange range
                ? Narrowing.between(byKey, range.bounds().low(), range.bounds().high())
                : null;
    }

    @Override
    boolean meets(FieldTest test, Instant key) {
        return ((DateTimeRange) test).bounds().contains(key);
    }

    @Override
    Double order(Instant key) {
        return DateTimes.seconds(key);
    }

    @Override
    void writeKey(DataOutput out, Instant key) throws IOException {
        out.writeLong(key.getEpochSecond());
        out.writeInt(key.getNano());
    }

    @Override
    Instant readKey(DataInput in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }
}
