package dev.vicino.store.filter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.point.PointId;
import java.util.function.Predicate;

/**
 * What a filter looks at: a point, or an element of an array in its payload.
 *
 * @param payload a JSON object; that of the point, or the element
 * @param hasVector whether the point has a vector of a name
 */
public record Candidate(PointId id, JsonNode payload, Predicate<String> hasVector) {
    /** The same point with a part of its payload. */
    Candidate within(JsonNode part) {
        return new Candidate(id, part, hasVector);
    }
}
