package dev.vicino.store.point;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * A point as it is kept.
 *
 * @param version the sequence number of the last operation that changed it
 * @param payload what was asked for of it; empty where it has none or nothing was asked for
 * @param vectors those asked for, by name
 */
public record StoredPoint(PointId id, long version, ObjectNode payload, Map<String, VectorValue> vectors) {}
