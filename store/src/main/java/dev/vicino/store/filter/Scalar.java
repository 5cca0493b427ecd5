package dev.vicino.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A JSON value that a match compares as a whole: a string, a whole number or a truth value. */
public sealed interface Scalar {
    record Text(String value) implements Scalar {}

    /** A whole number of 64 bits, signed. */
    record Whole(long value) implements Scalar {}

    record Bool(boolean value) implements Scalar {}

    static Scalar of(String value) {
        return new Text(value);
    }

    static Scalar of(long value) {
        return new Whole(value);
    }

    static Scalar of(boolean value) {
        return new Bool(value);
    }

    /** The scalar that a JSON value is; null for fractions, numbers beyond 64 bits, objects, arrays and null. */
    static @Nullable Scalar of(JsonNode node) {
        if (node.isTextual()) {
            return new Text(node.textValue());
        }
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return new Whole(node.longValue());
        }
        return node.isBoolean() ? new Bool(node.booleanValue()) : null;
    }
}
