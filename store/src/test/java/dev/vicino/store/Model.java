package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.store.filter.Candidate;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.write.Operation;
import dev.vicino.store.write.PointSelector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** What a collection ought to hold: a plain map, to which the same operations are done. */
final class Model {
    static final int DIMENSION = 4;
    private static final List<String> COLORS = List.of("red", "green", "blue");

    private final Map<PointId, Point> points = new TreeMap<>();

    /** A collection with vectors of integers, so that scores are exact, a small graph and an index on one of two fields. */
    static CollectionSettings settings(int threshold) {
        return CollectionSettings.of(Map.of(
                        "",
                        VectorSettings.dense(DIMENSION, Metric.L2)
                                .withThreshold(threshold)
                                .withSpec(IndexSpec.parse("HNSW8"))))
                .withPayloadIndex("color", IndexKind.KEYWORD);
    }

    static PointId id(Random random, int ids) {
        return PointId.of(random.nextInt(ids));
    }

    static Point point(Random random, int ids) {
        float[] vector = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = random.nextInt(-50, 51);
        }
        return Point.of(id(random, ids), vector).withPayload(payload(random));
    }

    static ObjectNode payload(Random random) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("color", COLORS.get(random.nextInt(COLORS.size())))
                .put("size", random.nextInt(10));
    }

    /** A filter that an index answers, in part or not at all. */
    static Filter filter(Random random) {
        Condition color = Condition.match("color", COLORS.get(random.nextInt(COLORS.size())));
        Condition size = Condition.match("size", random.nextInt(10));
        return switch (random.nextInt(3)) {
            case 0 -> Filter.must(color);
            case 1 -> Filter.must(size);
            default -> Filter.must(color, size);
        };
    }

    /** Some operation on points of few ids. */
    static Operation operation(Random random, int ids) {
        PointSelector some = random.nextInt(4) == 0
                ? PointSelector.of(filter(random))
                : PointSelector.of(id(random, ids), id(random, ids));
        return switch (random.nextInt(10)) {
            case 0 -> new Operation.Delete(PointSelector.of(id(random, ids), id(random, ids)));
            case 1 ->
                new Operation.SetPayload(
                        some, JsonNodeFactory.instance.objectNode().put("size", random.nextInt(10)));
            case 2 -> new Operation.OverwritePayload(some, payload(random));
            case 3 -> new Operation.ClearPayload(PointSelector.of(id(random, ids)));
            case 4 -> {
                Point point = point(random, ids);
                yield new Operation.UpdateVectors(Map.of(point.id(), point.vectors()));
            }
            default -> {
                List<Point> points = new ArrayList<>();
                for (int i = random.nextInt(6); i >= 0; i--) {
                    points.add(point(random, ids));
                }
                yield new Operation.Upsert(points);
            }
        };
    }

    void apply(Operation operation) {
        switch (operation) {
            case Operation.Upsert upsert -> upsert.points().forEach(point -> points.put(point.id(), point));
            case Operation.Delete(PointSelector selector) -> select(selector).forEach(points::remove);
            case Operation.SetPayload set ->
                select(set.points())
                        .forEach(id -> put(id, point -> {
                            ObjectNode payload = point.payload().deepCopy();
                            payload.setAll(set.payload());
                            return point.withPayload(payload);
                        }));
            case Operation.OverwritePayload overwrite ->
                select(overwrite.points()).forEach(id -> put(id, point -> point.withPayload(overwrite.payload())));
            case Operation.ClearPayload clear ->
                select(clear.points())
                        .forEach(id -> put(id, point -> point.withPayload(JsonNodeFactory.instance.objectNode())));
            case Operation.UpdateVectors update ->
                update.vectors().forEach((id, vectors) -> {
                    if (points.containsKey(id)) {
                        put(id, point -> new Point(id, vectors, point.payload()));
                    }
                });
            case Operation.DeletePayload delete -> throw new IllegalArgumentException("not among the random ones");
            case Operation.DeleteVectors delete -> throw new IllegalArgumentException("not among the random ones");
        }
    }

    private interface Edit {
        Point edit(Point point);
    }

    private void put(PointId id, Edit edit) {
        points.put(id, edit.edit(points.get(id)));
    }

    private List<PointId> select(PointSelector selector) {
        return switch (selector) {
            case PointSelector.Ids(List<PointId> ids) ->
                ids.stream().distinct().filter(points::containsKey).toList();
            case PointSelector.Matching(Filter filter) -> matching(filter);
        };
    }

    private List<PointId> matching(Filter filter) {
        return points.values().stream()
                .filter(point -> filter.matches(new Candidate(point.id(), point.payload(), _ -> true)))
                .map(Point::id)
                .toList();
    }

    /** Whether a collection holds the same points, and all views agree. */
    void assertHeldBy(Collection collection, Random random) throws IOException {
        Map<PointId, Point> held = new HashMap<>();
        for (StoredPoint point : collection
                .scroll(null, Integer.MAX_VALUE, Filter.ALL, Part.PAYLOAD.withVectors(""))
                .points()) {
            held.put(point.id(), new Point(point.id(), point.vectors(), point.payload()));
        }
        assertThat(held).isEqualTo(points);
        assertThat(collection.size()).isEqualTo(points.size());
        for (int i = 0; i < 5; i++) {
            Filter filter = filter(random);
            assertThat(collection
                            .scroll(null, Integer.MAX_VALUE, filter, Part.NONE)
                            .points())
                    .extracting(StoredPoint::id)
                    .containsExactlyElementsOf(matching(filter));
            assertNearest(collection, point(random, 1), filter);
            assertNearest(collection, point(random, 1), Filter.ALL);
        }
    }

    private void assertNearest(Collection collection, Point query, Filter filter) throws IOException {
        float[] vector = values(query);
        List<Float> expected = matching(filter).stream()
                .map(id -> distance(vector, values(points.get(id))))
                .sorted(Comparator.naturalOrder())
                .limit(10)
                .toList();
        List<ScoredPoint> found = collection
                .search(SearchRequest.of(Query.of(vector), 10)
                        .withFilter(filter)
                        .withExact(true))
                .points();
        assertThat(found).extracting(ScoredPoint::score).containsExactlyElementsOf(expected);
        for (ScoredPoint point : found) {
            assertThat(point.score()).isEqualTo(distance(vector, values(points.get(point.id()))));
        }
    }

    private static float[] values(Point point) {
        return ((VectorValue.Dense) point.vectors().get("")).values();
    }

    private static float distance(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return (float) Math.sqrt(sum);
    }
}
