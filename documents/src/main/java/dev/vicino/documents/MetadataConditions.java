package dev.vicino.documents;

import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.filter.Scalar;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.UUID;

/**
 * What filters of frameworks ask of metadata, as conditions of the store.
 *
 * <p>A value of another sort than that asked for meets no condition, and a list meets one if any of its values does. Numbers are
 * compared by their decimal digits in double precision, whatever their class; whole ones beyond 2⁵³ are equal only if all digits are.
 */
public final class MetadataConditions {
    /** From here on not every whole number is a double. */
    private static final long EXACT_DOUBLES = 1L << 53;

    private MetadataConditions() {}

    /** How a value is compared with that of a filter. */
    public enum Comparison {
        GREATER,
        AT_LEAST,
        LESS,
        AT_MOST;

        private <T extends Comparable<? super T>> Bounds<T> bounds(T value) {
            return switch (this) {
                case GREATER -> new Bounds<>(value, null, null, null);
                case AT_LEAST -> new Bounds<>(null, value, null, null);
                case LESS -> new Bounds<>(null, null, value, null);
                case AT_MOST -> new Bounds<>(null, null, null, value);
            };
        }
    }

    /**
     * A value is equal to another.
     *
     * @throws IllegalArgumentException for a value that metadata cannot have
     */
    public static Condition equal(String key, Object value) {
        return new Condition.Field(path(key), equality(key, value));
    }

    private static FieldTest equality(String key, Object value) {
        return switch (value) {
            case Boolean bool -> FieldTest.match(Scalar.of(bool));
            case Number number -> equality(key, number);
            case Date date -> equality(date.toInstant());
            case Instant instant -> equality(instant);
            default -> FieldTest.match(Scalar.of(text(key, value)));
        };
    }

    private static FieldTest equality(Instant instant) {
        return new FieldTest.DateTimeRange(Bounds.between(instant, instant));
    }

    private static FieldTest equality(String key, Number number) {
        if (number instanceof Long whole && (whole >= EXACT_DOUBLES || whole <= -EXACT_DOUBLES)) {
            return FieldTest.match(Scalar.of(whole));
        }
        double value = finite(key, number);
        return new FieldTest.NumberRange(Bounds.between(value, value));
    }

    /** A value is equal to one of some others. */
    public static Condition in(String key, Collection<?> values) {
        return Filter.minShould(
                1, values.stream().map(value -> equal(key, value)).toArray(Condition[]::new));
    }

    /**
     * A value comes before or after another: numbers by size, dates by time, texts as {@link String#compareTo} has it.
     *
     * @throws IllegalArgumentException for a value that has no order
     */
    public static Condition compare(String key, Comparison comparison, Object value) {
        FieldTest test = switch (value) {
            case Number number -> new FieldTest.NumberRange(comparison.bounds(finite(key, number)));
            case Date date -> new FieldTest.DateTimeRange(comparison.bounds(date.toInstant()));
            case Instant instant -> new FieldTest.DateTimeRange(comparison.bounds(instant));
            default -> new FieldTest.TextRange(comparison.bounds(text(key, value)));
        };
        return new Condition.Field(path(key), test);
    }

    /** A text has another in it. */
    public static Condition contains(String key, String part) {
        return new Condition.Field(path(key), new FieldTest.MatchSubstring(part));
    }

    /** There is no such value, or an empty list. */
    public static Condition missing(String key) {
        return new Condition.IsEmpty(path(key));
    }

    /** Something else is not so; where a value is missing, nothing is so. */
    public static Condition not(Condition condition) {
        return Filter.mustNot(condition);
    }

    /** A filter of one condition. */
    public static Filter filter(Condition condition) {
        return condition instanceof Filter filter ? filter : Filter.must(condition);
    }

    /**
     * Where in a payload the metadata of a key are.
     *
     * @throws IllegalArgumentException for a key that is empty or has a double quote in it
     */
    static JsonPath path(String key) {
        return JsonPath.parse(DocumentStore.METADATA + ".\"" + key + "\"");
    }

    /** A number by its decimal digits: the float 1.1 is the double 1.1. */
    static double finite(String key, Number number) {
        double value = Double.parseDouble(number.toString());
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("metadata \"" + key + "\" = " + number + ", expected a finite number");
        }
        return value;
    }

    private static String text(String key, Object value) {
        return switch (value) {
            case String text -> text;
            case UUID uuid -> uuid.toString();
            case Enum<?> constant -> constant.name();
            default ->
                throw new IllegalArgumentException("filter on \"" + key + "\" = " + value + " ("
                        + value.getClass().getName()
                        + "), expected a text, a number, a truth value, a UUID or a date");
        };
    }
}
