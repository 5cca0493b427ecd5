package dev.vicino.store.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.filter.DateTimes;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.filter.Scalar;
import dev.vicino.store.payload.Facets;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Rows;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.truth.TruthReader;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Goes through the points of a collection, or counts them. */
public final class Scroll {
    private final Truth truth;
    private final Views views;
    private final Reader reader;
    private final Matching matching;

    /** Over the points of a collection. */
    public Scroll(Truth truth, Views views, Reader reader, Matching matching) {
        this.truth = truth;
        this.views = views;
        this.reader = reader;
        this.matching = matching;
    }

    /**
     * Some points, and where to go on.
     *
     * @param next the first id of the next page; null where this is the last one
     */
    public record Page(List<StoredPoint> points, @Nullable PointId next) {}

    /**
     * The next points that match, by id.
     *
     * @param first the lowest id wanted; null for the first of all
     */
    public Page page(@Nullable PointId first, int limit, Filter filter, Part part) throws IOException {
        checkLimit(limit);
        RoaringBitmap allowed = filter.equals(Filter.ALL) ? null : matching.ordinals(filter);
        List<PointId> ids = new ArrayList<>();
        for (PointRow row : views.table().from(first)) {
            if (allowed == null || allowed.contains(row.ordinal())) {
                ids.add(row.id());
                if (ids.size() > limit) {
                    break;
                }
            }
        }
        PointId next = ids.size() > limit ? ids.removeLast() : null;
        return new Page(reader.get(ids, part), next);
    }

    private static void checkLimit(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("limit = " + limit + ", expected at least 1");
        }
    }

    /** A point and what it is sorted by. */
    private record Placed(double value, PointId id) {}

    /**
     * The first points by a field of numbers or date-times, ties by id; points that have no such value are left out. An index of the
     * field is used where it knows all values; without, every payload that matches is read.
     *
     * @param from the first value wanted; null for all
     */
    public List<StoredPoint> sorted(
            JsonPath path, boolean descending, @Nullable Double from, int limit, Filter filter, Part part)
            throws IOException {
        checkLimit(limit);
        List<PointId> known = sortedByIndex(path, descending, from, limit, matching.ordinals(filter));
        List<PointId> ids = known == null ? sortedByPayload(path, descending, from, filter) : known;
        return reader.get(ids.subList(0, Math.min(limit, ids.size())), part);
    }

    private @Nullable List<PointId> sortedByIndex(
            JsonPath path, boolean descending, @Nullable Double from, int limit, RoaringBitmap among) {
        return views.reading(() -> {
            List<RoaringBitmap> groups = views.sorted(path, among, descending, from, limit);
            return groups == null ? null : groups.stream().flatMap(this::ids).toList();
        });
    }

    /** The ids of some points, rising; while nothing changes. */
    private Stream<PointId> ids(RoaringBitmap ordinals) {
        return Arrays.stream(ordinals.toArray())
                .mapToObj(views.table()::at)
                .filter(Objects::nonNull)
                .map(PointRow::id)
                .sorted();
    }

    private List<PointId> sortedByPayload(JsonPath path, boolean descending, @Nullable Double from, Filter filter)
            throws IOException {
        List<Placed> placed = new ArrayList<>();
        forEach(filter, (row, payload) -> {
            Double value = value(path, payload, descending);
            if (value != null && (from == null || (descending ? value <= from : value >= from))) {
                placed.add(new Placed(value, row.id()));
            }
        });
        Comparator<Placed> byValue = Comparator.comparingDouble(Placed::value);
        placed.sort((descending ? byValue.reversed() : byValue).thenComparing(Placed::id));
        return placed.stream().map(Placed::id).toList();
    }

    /** The value that a point is sorted by: a number, or the seconds of a date-time; the first of several in the order wanted. */
    private static @Nullable Double value(JsonPath path, ObjectNode payload, boolean descending) {
        Double best = null;
        for (JsonNode node : path.values(payload)) {
            Double value = value(node);
            if (value != null && (best == null || (descending ? value > best : value < best))) {
                best = value;
            }
        }
        return best;
    }

    private static @Nullable Double value(JsonNode node) {
        Instant instant = node.isTextual() ? DateTimes.parse(node.textValue()) : null;
        if (instant != null) {
            return DateTimes.seconds(instant);
        }
        return node.isNumber() ? node.doubleValue() : null;
    }

    /** How many points match. */
    public long count(Filter filter) throws IOException {
        return filter.equals(Filter.ALL)
                ? views.table().size()
                : matching.ordinals(filter).getLongCardinality();
    }

    /** The most frequent values of a field among the points that match. */
    public List<Facets.Hit> facets(JsonPath path, Filter filter, int limit) throws IOException {
        checkLimit(limit);
        RoaringBitmap among = matching.ordinals(filter);
        Facets known = views.<@Nullable Facets>reading(() -> views.facets(path, among));
        if (known != null) {
            return known.top(limit);
        }
        Facets counted = new Facets();
        forEach(filter, (_, payload) -> {
            Set<Scalar> values = new HashSet<>();
            for (JsonNode node : path.values(payload)) {
                Scalar value = Scalar.of(node);
                if (value != null && values.add(value)) {
                    counted.count(value);
                }
            }
        });
        return counted.top(limit);
    }

    private interface PointSink {
        void accept(PointRow row, ObjectNode payload);
    }

    private void forEach(Filter filter, PointSink sink) throws IOException {
        RoaringBitmap among = matching.ordinals(filter);
        long newest = 0;
        try (TruthReader look = truth.read()) {
            Rows rows = look.rows();
            for (int ordinal : among.toArray()) {
                PointRow row = rows.point(ordinal);
                if (row != null) {
                    newest = Math.max(newest, row.version());
                    sink.accept(row, rows.payload(row));
                }
            }
        }
        views.awaitPublished(newest);
    }
}
