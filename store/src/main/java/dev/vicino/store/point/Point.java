package dev.vicino.store.point;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A point to write.
 *
 * @param vectors by name; {@value #UNNAMED} is the name of a vector that has none
 * @param payload any JSON object; must not change afterwards
 */
public record Point(PointId id, Map<String, VectorValue> vectors, ObjectNode payload) {
    /** The name of a collection's only vector, where nobody gave it one. */
    public static final String UNNAMED = "";

    /** Copies the map. */
    public Point {
        vectors = Map.copyOf(vectors);
    }

    /** A point with one unnamed vector and no payload. */
    public static Point of(PointId id, float... vector) {
        return new Point(id, Map.of(UNNAMED, VectorValue.of(vector)), JsonNodeFactory.instance.objectNode());
    }

    /** A point with one unnamed vector, a number for an id, and no payload. */
    public static Point of(long id, float... vector) {
        return of(PointId.of(id), vector);
    }

    /** This point with another payload. */
    public Point withPayload(ObjectNode payload) {
        return new Point(id, vectors, payload);
    }
}
