package dev.vicino.store.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import java.util.Map;

/**
 * A point found.
 *
 * @param score similarity (higher is nearer) or distance (lower is nearer), as the metric says; of a fusion, higher is better
 * @param version the sequence number of the last operation that changed it
 * @param payload what was asked for of it, as it was read after the search
 * @param vectors those asked for, likewise
 */
public record ScoredPoint(PointId id, float score, long version, ObjectNode payload, Map<String, VectorValue> vectors) {
    /** This with another score. */
    ScoredPoint withScore(float score) {
        return new ScoredPoint(id, score, version, payload, vectors);
    }
}
