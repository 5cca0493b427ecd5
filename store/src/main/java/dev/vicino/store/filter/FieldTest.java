package dev.vicino.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What a filter asks of one value of a field. An array meets it if any of its elements does. */
public sealed interface FieldTest {
    /** Whether a value, which is no array, meets it. */
    boolean test(JsonNode value);

    /** Equal to one of some values. */
    record MatchAny(Set<Scalar> values) implements FieldTest {
        /** Copies the set. */
        public MatchAny {
            values = Set.copyOf(values);
        }

        @Override
        public boolean test(JsonNode value) {
            Scalar scalar = Scalar.of(value);
            return scalar != null && values.contains(scalar);
        }
    }

    /** Equal to none of some values, but a value of their sort: a string, a whole number or a truth value. */
    record MatchExcept(Set<Scalar> values) implements FieldTest {
        /** Copies the set. */
        public MatchExcept {
            values = Set.copyOf(values);
        }

        @Override
        public boolean test(JsonNode value) {
            Scalar scalar = Scalar.of(value);
            return scalar != null && !values.contains(scalar);
        }
    }

    /** A string in which every word of a text is. A text of no word is in no string. */
    record MatchText(String text) implements FieldTest {
        @Override
        public boolean test(JsonNode value) {
            Set<String> wanted = words();
            return value.isTextual()
                    && !wanted.isEmpty()
                    && Words.of(value.textValue()).containsAll(wanted);
        }

        /** The words of the text. */
        public Set<String> words() {
            return Words.of(text);
        }
    }

    /** A string that begins with another. */
    record MatchPrefix(String prefix) implements FieldTest {
        @Override
        public boolean test(JsonNode value) {
            return value.isTextual() && value.textValue().startsWith(prefix);
        }
    }

    /** A string that has another in it, letter by letter; the empty one is in every string. */
    record MatchSubstring(String part) implements FieldTest {
        @Override
        public boolean test(JsonNode value) {
            return value.isTextual() && value.textValue().contains(part);
        }
    }

    /** A string within bounds, in the order of {@link String#compareTo}. */
    record TextRange(Bounds<String> bounds) implements FieldTest {
        @Override
        public boolean test(JsonNode value) {
            return value.isTextual() && bounds.contains(value.textValue());
        }
    }

    /** A number within bounds, compared in double precision. */
    record NumberRange(Bounds<Double> bounds) implements FieldTest {
        @Override
        public boolean test(JsonNode value) {
            return value.isNumber() && contains(value.doubleValue());
        }

        /** Whether a number lies within. */
        public boolean contains(double value) {
            return bounds.contains(value + 0.0); // which makes the two zeros one
        }
    }

    /** A text that {@link DateTimes} reads, within bounds. */
    record DateTimeRange(Bounds<Instant> bounds) implements FieldTest {
        @Override
        public boolean test(JsonNode value) {
            Instant instant = value.isTextual() ? DateTimes.parse(value.textValue()) : null;
            return instant != null && bounds.contains(instant);
        }
    }

    /** A place, as {@link GeoPoint#of} reads it, within an area. */
    sealed interface Geo extends FieldTest {
        @Override
        default boolean test(JsonNode value) {
            GeoPoint place = GeoPoint.of(value);
            return place != null && contains(place);
        }

        /** Whether a place lies within. */
        boolean contains(GeoPoint place);

        /** Latitudes outside of which there is nothing of the area. */
        Bounds<Double> latitudes();
    }

    /** Between two meridians and two parallels, all included; a box whose left edge is east of its right one crosses 180°. */
    record GeoBox(GeoPoint topLeft, GeoPoint bottomRight) implements Geo {
        @Override
        public boolean contains(GeoPoint place) {
            boolean crosses = topLeft.lon() > bottomRight.lon();
            boolean afterLeft = place.lon() >= topLeft.lon();
            boolean beforeRight = place.lon() <= bottomRight.lon();
            return latitudes().contains(place.lat()) && (crosses ? afterLeft || beforeRight : afterLeft && beforeRight);
        }

        @Override
        public Bounds<Double> latitudes() {
            return Bounds.between(bottomRight.lat(), topLeft.lat());
        }
    }

    /** No farther from a place than some metres, on a sphere of the Earth's area. */
    record GeoRadius(GeoPoint center, double meters) implements Geo {
        /**
         * Checks the radius.
         *
         * @throws IllegalArgumentException below 0
         */
        public GeoRadius {
            if (!(meters >= 0)) {
                throw new IllegalArgumentException("meters = " + meters + ", expected at least 0");
            }
        }

        @Override
        public boolean contains(GeoPoint place) {
            return center.metersTo(place) <= meters;
        }

        @Override
        public Bounds<Double> latitudes() {
            // A hair more than the radius, for the rounding of the haversine.
            double degrees = Math.toDegrees(meters / GeoPoint.EARTH_RADIUS_METERS) * 1.000001 + 1e-6;
            return Bounds.between(center.lat() - degrees, center.lat() + degrees);
        }
    }

    /**
     * Inside a ring and outside of some others, all in the plane of longitude and latitude.
     *
     * @param exterior at least three corners; the last is joined to the first
     * @param interiors holes
     */
    record GeoPolygon(List<GeoPoint> exterior, List<List<GeoPoint>> interiors) implements Geo {
        /**
         * Copies the rings.
         *
         * @throws IllegalArgumentException for a ring of fewer than three corners
         */
        public GeoPolygon {
            exterior = checked(exterior);
            interiors = interiors.stream().map(GeoPolygon::checked).toList();
        }

        private static List<GeoPoint> checked(List<GeoPoint> ring) {
            if (ring.size() < 3) {
                throw new IllegalArgumentException("ring of " + ring.size() + " corners, expected at least 3");
            }
            return List.copyOf(ring);
        }

        @Override
        public boolean contains(GeoPoint place) {
            return isInside(exterior, place) && interiors.stream().noneMatch(ring -> isInside(ring, place));
        }

        /** Whether a ray to the east crosses the ring an odd number of times. */
        private static boolean isInside(List<GeoPoint> ring, GeoPoint place) {
            boolean inside = false;
            GeoPoint a = ring.getLast();
            for (GeoPoint b : ring) {
                if ((a.lat() > place.lat()) != (b.lat() > place.lat())) {
                    double slope = (b.lon() - a.lon()) / (b.lat() - a.lat());
                    inside ^= place.lon() < a.lon() + slope * (place.lat() - a.lat());
                }
                a = b;
            }
            return inside;
        }

        @Override
        public Bounds<Double> latitudes() {
            double south = exterior.stream().mapToDouble(GeoPoint::lat).min().orElseThrow();
            double north = exterior.stream().mapToDouble(GeoPoint::lat).max().orElseThrow();
            return Bounds.between(south, north);
        }
    }

    /** Equal to a value. */
    static FieldTest match(Scalar value) {
        return new MatchAny(Set.of(value));
    }
}
