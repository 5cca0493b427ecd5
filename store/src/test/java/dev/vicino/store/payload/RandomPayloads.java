package dev.vicino.store.payload;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.GeoPoint;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.filter.Scalar;
import dev.vicino.store.point.PointId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Payloads of few values of every sort, in fields of all shapes, and filters over them. */
public final class RandomPayloads {
    /** Fields of payloads; any may hold anything. */
    public static final List<String> PATHS = List.of("a", "b", "c.d", "list[].e", "list");

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TEXTS = List.of(
            "red",
            "red wine",
            "Red Wine, dry",
            "rosé",
            "",
            "2026-01-31",
            "2026-01-31T10:00:00Z",
            "2026-01-31T12:00:00+02:00",
            new UUID(7, 9).toString(),
            new UUID(7, 9).toString().toUpperCase(Locale.ROOT),
            "r\uffff");
    private static final List<Double> NUMBERS =
            List.of(-1.5, -0.0, 0.0, 1.0, 2.0, 9007199254740992.0, 1e18, 9.3e18, Double.MAX_VALUE);
    private static final List<Long> WHOLES =
            List.of(-1L, 0L, 1L, 2L, 9007199254740993L, Long.MAX_VALUE, Long.MIN_VALUE);

    private final Random random;

    public RandomPayloads(Random random) {
        this.random = random;
    }

    private <T> T any(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** A payload. */
    public ObjectNode payload() {
        ObjectNode payload = JSON.objectNode();
        put(payload, "a");
        put(payload, "b");
        if (random.nextBoolean()) {
            put(payload.putObject("c"), "d");
        }
        if (random.nextBoolean()) {
            ArrayNode list = payload.putArray("list");
            for (int i = random.nextInt(3); i > 0; i--) {
                put(list.addObject(), "e");
            }
        }
        return payload;
    }

    private void put(ObjectNode into, String key) {
        switch (random.nextInt(10)) {
            case 0 -> {}
            case 1 -> into.putNull(key);
            case 2, 3 -> {
                ArrayNode array = into.putArray(key);
                for (int i = random.nextInt(4); i > 0; i--) {
                    addValue(array);
                }
            }
            default -> {
                ArrayNode one = JSON.arrayNode();
                addValue(one);
                into.set(key, one.get(0));
            }
        }
    }

    private void addValue(ArrayNode array) {
        switch (random.nextInt(8)) {
            case 0 -> array.add(random.nextBoolean());
            case 1 -> array.add(any(NUMBERS));
            case 2 -> array.add(any(WHOLES));
            case 3 -> {
                GeoPoint place = place();
                array.addObject().put("lon", place.lon()).put("lat", place.lat());
            }
            case 4 -> array.addNull();
            default -> array.add(any(TEXTS));
        }
    }

    private GeoPoint place() {
        return new GeoPoint(random.nextInt(-18, 19) * 10, random.nextInt(-9, 10) * 10);
    }

    /** A filter of some depth. */
    public Filter filter(int depth) {
        Filter.MinShould minShould =
                random.nextInt(4) == 0 ? new Filter.MinShould(conditions(depth), 1 + random.nextInt(3)) : null;
        return new Filter(some(depth), some(depth), some(depth), minShould);
    }

    private List<Condition> some(int depth) {
        return random.nextInt(3) > 0 ? List.of() : conditions(depth);
    }

    private List<Condition> conditions(int depth) {
        List<Condition> conditions = new ArrayList<>();
        for (int i = 1 + random.nextInt(2); i > 0; i--) {
            conditions.add(condition(depth));
        }
        return conditions;
    }

    private Condition condition(int depth) {
        JsonPath path = JsonPath.parse(any(PATHS));
        return switch (random.nextInt(depth > 0 ? 12 : 10)) {
            case 0 -> new Condition.IsEmpty(path);
            case 1 -> new Condition.IsNull(path);
            case 2 -> new Condition.ValuesCount(path, bounds(() -> random.nextInt(3)));
            case 3 ->
                new Condition.HasId(
                        Set.copyOf(List.of(PointId.of(random.nextInt(50)), PointId.of(random.nextInt(50)))));
            case 4 -> new Condition.HasVector(random.nextBoolean() ? "v" : "w");
            case 10 -> filter(depth - 1);
            case 11 ->
                new Condition.Nested(
                        JsonPath.parse("list"),
                        new Filter(
                                List.of(new Condition.Field(JsonPath.parse("e"), test())), List.of(), List.of(), null));
            default -> new Condition.Field(path, test());
        };
    }

    private FieldTest test() {
        return switch (random.nextInt(11)) {
            case 0 -> new FieldTest.MatchAny(Set.of(scalar()));
            case 1 -> new FieldTest.MatchExcept(Set.of(scalar()));
            case 2 -> new FieldTest.MatchText(any(TEXTS));
            case 3 -> new FieldTest.MatchPrefix(any(List.of("r", "red", "", "2026", "r\uffff", "\uffff")));
            case 4 -> new FieldTest.NumberRange(bounds(() -> any(NUMBERS) + 0.0));
            case 5 ->
                new FieldTest.DateTimeRange(bounds(
                        () -> Instant.parse("2026-01-31T10:00:00Z").plusSeconds(36_000L * random.nextInt(-1, 2))));
            case 6 -> new FieldTest.GeoBox(place(), place());
            case 7 -> new FieldTest.GeoRadius(place(), random.nextInt(20) * 1e6);
            case 8 -> new FieldTest.MatchSubstring(any(List.of("r", "d w", "", "2026", "\uffff")));
            case 9 -> new FieldTest.TextRange(bounds(() -> any(TEXTS)));
            default -> new FieldTest.GeoPolygon(List.of(place(), place(), place(), place()), List.of());
        };
    }

    private Scalar scalar() {
        return switch (random.nextInt(3)) {
            case 0 -> Scalar.of(any(WHOLES));
            case 1 -> Scalar.of(random.nextBoolean());
            default -> Scalar.of(any(TEXTS));
        };
    }

    private <T extends Comparable<? super T>> Bounds<T> bounds(Supplier<T> value) {
        return new Bounds<>(maybe(value), maybe(value), maybe(value), maybe(value));
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextInt(3) == 0 ? value.get() : null;
    }
}
