package dev.vicino.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A place on Earth, in degrees; ordered by latitude.
 *
 * @param lon −180 … 180
 * @param lat −90 … 90
 */
public record GeoPoint(double lon, double lat) implements Comparable<GeoPoint> {
    /** Of a sphere of the same area. */
    static final double EARTH_RADIUS_METERS = 6_371_008.8;

    private static final Comparator<GeoPoint> ORDER =
            Comparator.comparingDouble(GeoPoint::lat).thenComparingDouble(GeoPoint::lon);

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the one that is out of its range
     */
    public GeoPoint {
        if (!(Math.abs(lon) <= 180)) {
            throw new IllegalArgumentException("lon = " + lon + ", expected -180..180");
        }
        if (!(Math.abs(lat) <= 90)) {
            throw new IllegalArgumentException("lat = " + lat + ", expected -90..90");
        }
    }

    /** The place that a JSON object with {@code lon} and {@code lat} is; null for anything else. */
    public static @Nullable GeoPoint of(JsonNode node) {
        JsonNode lon = node.get("lon");
        JsonNode lat = node.get("lat");
        if (lon == null || lat == null || !lon.isNumber() || !lat.isNumber()) {
            return null;
        }
        boolean onEarth = Math.abs(lon.doubleValue()) <= 180 && Math.abs(lat.doubleValue()) <= 90;
        return onEarth ? new GeoPoint(lon.doubleValue(), lat.doubleValue()) : null;
    }

    /** How far another place is along the sphere, by the haversine formula. */
    double metersTo(GeoPoint other) {
        double dLat = Math.toRadians(other.lat - lat) / 2;
        double dLon = Math.toRadians(other.lon - lon) / 2;
        double a = Math.pow(Math.sin(dLat), 2)
                + Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(other.lat)) * Math.pow(Math.sin(dLon), 2);
        return 2 * EARTH_RADIUS_METERS * Math.asin(Math.min(1, Math.sqrt(a)));
    }

    @Override
    public int compareTo(GeoPoint other) {
        return ORDER.compare(this, other);
    }
}
