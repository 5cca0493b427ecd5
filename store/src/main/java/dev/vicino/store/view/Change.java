package dev.vicino.store.view;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.truth.PointRow;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operation did to one point.
 *
 * @param sequence the number of the operation
 * @param before the point as it was; null where it is new
 * @param after the point as it is; null where it is gone
 * @param payload what became of its payload; null where nothing did, or no index has to know
 * @param vectors what became of its vectors, by the number of their name; null for one that is gone
 */
public record Change(
        long sequence,
        @Nullable PointRow before,
        @Nullable PointRow after,
        @Nullable PayloadChange payload,
        Map<Integer, @Nullable VectorValue> vectors) {
    /** A payload as it was and as it is. */
    public record PayloadChange(ObjectNode before, ObjectNode after) {}

    /** The ordinal of the point. */
    public int ordinal() {
        return Objects.requireNonNull(after == null ? before : after).ordinal();
    }
}
