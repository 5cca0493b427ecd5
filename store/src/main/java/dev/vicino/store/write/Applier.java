package dev.vicino.store.write;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.PointRow;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What each operation means, written to a transaction. */
final class Applier {
    private final CollectionSettings settings;
    private final Transaction transaction;
    private final long sequence;

    /** @param sequence the number of the operation */
    Applier(CollectionSettings settings, Transaction transaction, long sequence) {
        this.settings = settings;
        this.transaction = transaction;
        this.sequence = sequence;
    }

    /** How a payload becomes another; null where it stays. */
    private interface PayloadEdit {
        @Nullable
        ObjectNode edit(ObjectNode payload);
    }

    void apply(Operation operation) throws IOException {
        switch (operation) {
            case Operation.Upsert upsert -> {
                for (Point point : upsert.points()) {
                    upsert(point, upsert.mode(), upsert.condition());
                }
            }
            case Operation.Delete(PointSelector points) -> {
                for (PointRow row : transaction.select(points)) {
                    transaction.delete(sequence, row);
                }
            }
            case Operation.SetPayload(PointSelector points, ObjectNode payload, JsonPath key) ->
                edit(points, now -> set(now, payload, key));
            case Operation.OverwritePayload(PointSelector points, ObjectNode payload) -> edit(points, _ -> payload);
            case Operation.DeletePayload(PointSelector points, List<JsonPath> keys) ->
                edit(points, now -> {
                    keys.forEach(key -> key.remove(now));
                    return now;
                });
            case Operation.ClearPayload(PointSelector points) ->
                edit(points, _ -> JsonNodeFactory.instance.objectNode());
            case Operation.UpdateVectors(Map<PointId, Map<String, VectorValue>> vectors) -> {
                for (Map.Entry<PointId, Map<String, VectorValue>> entry : vectors.entrySet()) {
                    update(entry.getKey(), entry.getValue());
                }
            }
            case Operation.DeleteVectors(PointSelector points, Set<String> names) -> {
                for (PointRow row : transaction.select(points)) {
                    deleteVectors(row, names);
                }
            }
        }
    }

    private void upsert(Point point, Operation.Mode mode, @Nullable Filter condition) throws IOException {
        PointRow before = transaction.find(point.id());
        boolean wanted = before == null
                ? mode != Operation.Mode.UPDATE_ONLY
                : mode != Operation.Mode.INSERT_ONLY && (condition == null || transaction.matches(condition, before));
        if (!wanted) {
            return;
        }
        Map<Integer, @Nullable VectorValue> vectors = new HashMap<>();
        List<String> names = settings.names();
        for (int name = 0; name < names.size(); name++) {
            VectorValue vector = point.vectors().get(names.get(name));
            if (vector != null || (before != null && before.hasVector(name))) {
                vectors.put(name, vector);
            }
        }
        boolean hasPayload = !point.payload().isEmpty() || (before != null && before.hasPayload());
        transaction.put(sequence, point.id(), before, hasPayload ? point.payload() : null, vectors);
    }

    private static @Nullable ObjectNode set(ObjectNode now, ObjectNode payload, @Nullable JsonPath key) {
        ObjectNode target = key == null ? now : key.object(now);
        if (target == null) {
            return null;
        }
        target.setAll(payload.deepCopy());
        return now;
    }

    private void edit(PointSelector points, PayloadEdit edit) throws IOException {
        for (PointRow row : transaction.select(points)) {
            ObjectNode edited = edit.edit(transaction.payload(row));
            if (edited != null) {
                transaction.put(sequence, row.id(), row, edited, Map.of());
            }
        }
    }

    private void update(PointId id, Map<String, VectorValue> vectors) throws IOException {
        PointRow row = transaction.find(id);
        if (row != null) {
            Map<Integer, @Nullable VectorValue> byNumber = new HashMap<>();
            vectors.forEach((name, vector) -> byNumber.put(settings.names().indexOf(name), vector));
            transaction.put(sequence, id, row, null, byNumber);
        }
    }

    private void deleteVectors(PointRow row, Set<String> names) throws IOException {
        Map<Integer, @Nullable VectorValue> gone = new HashMap<>();
        for (String name : names) {
            int number = settings.names().indexOf(name);
            if (row.hasVector(number)) {
                gone.put(number, null);
            }
        }
        if (!gone.isEmpty()) {
            transaction.put(sequence, row.id(), row, null, gone);
        }
    }
}
