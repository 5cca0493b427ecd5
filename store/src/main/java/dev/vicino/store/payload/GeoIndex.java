package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.FieldTest.Geo;
import dev.vicino.store.filter.GeoPoint;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Places, sorted by latitude: an area is looked for in the band between its parallels. */
final class GeoIndex extends KeyedIndex<GeoPoint> {
    @Override
    @Nullable
    GeoPoint key(JsonNode value) {
        return GeoPoint.of(value);
    }

    @Override
    @Nullable
    Map<GeoPoint, RoaringBitmap> narrow(FieldTest test, NavigableMap<GeoPoint, RoaringBitmap> byKey) {
        if (!(test instanceof Geo area)) {
            return null;
        }
        Bounds<Double> band = area.latitudes();
        return Narrowing.between(byKey, edge(-180, band.low()), edge(180, band.high()));
    }

    private static @Nullable GeoPoint edge(double lon, @Nullable Double lat) {
        return lat == null ? null : new GeoPoint(lon, Math.clamp(lat, -90, 90));
    }

    @Override
    boolean meets(FieldTest test, GeoPoint key) {
        return ((Geo) test).contains(key);
    }

    @Override
    void writeKey(DataOutput out, GeoPoint key) throws IOException {
        out.writeDouble(key.lon());
        out.writeDouble(key.lat());
    }

    @Override
    GeoPoint readKey(DataInput in) throws IOException {
        return new GeoPoint(in.readDouble(), in.readDouble());
    }
}
