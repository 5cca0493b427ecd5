package dev.vicino.store.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A change that is asked for. It takes effect as a whole or not at all. */
public sealed interface Operation {
    /** What an upsert does with points that are there, and with those that are not. */
    enum Mode {
        UPSERT,
        INSERT_ONLY,
        UPDATE_ONLY
    }

    /**
     * Puts points in the place of those of the same ids: payload and all vectors.
     *
     * @param condition where not null, a point that is there is only replaced if it matches
     */
    record Upsert(List<Point> points, Mode mode, @Nullable Filter condition) implements Operation {
        /** Copies the list. */
        public Upsert {
            points = List.copyOf(points);
        }

        /** Without a condition. */
        public Upsert(List<Point> points) {
            this(points, Mode.UPSERT, null);
        }
    }

    /** Deletes points. */
    record Delete(PointSelector points) implements Operation {}

    /**
     * Sets fields of payloads, and leaves the others.
     *
     * @param key the object in the payload whose fields are set; null for the payload itself. Points where something else stands there
     *     stay as they are
     */
    record SetPayload(
            PointSelector points,
            ObjectNode payload,
            @Nullable JsonPath key) implements Operation {
        /** Of the payload itself. */
        public SetPayload(PointSelector points, ObjectNode payload) {
            this(points, payload, null);
        }
    }

    /** Puts a payload in the place of those that are there. */
    record OverwritePayload(PointSelector points, ObjectNode payload) implements Operation {}

    /** Deletes fields of payloads. */
    record DeletePayload(PointSelector points, List<JsonPath> keys) implements Operation {
        /** Copies the list. */
        public DeletePayload {
            keys = List.copyOf(keys);
        }
    }

    /** Deletes all payload. */
    record ClearPayload(PointSelector points) implements Operation {}

    /** Gives points other vectors, by name; vectors of other names stay. Ids that are not there are no error. */
    record UpdateVectors(Map<PointId, Map<String, VectorValue>> vectors) implements Operation {
        /** Copies the map. */
        public UpdateVectors {
            vectors = Map.copyOf(vectors);
        }
    }

    /** Deletes the vectors of some names. */
    record DeleteVectors(PointSelector points, Set<String> names) implements Operation {
        /** Copies the set. */
        public DeleteVectors {
            names = Set.copyOf(names);
        }
    }
}
