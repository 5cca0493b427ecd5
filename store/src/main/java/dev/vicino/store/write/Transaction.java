package dev.vicino.store.write;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.filter.Candidate;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.payload.Selection;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.TruthWriter;
import dev.vicino.store.view.Change;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** One request within a commit: writes points to the truth and notes what the views will have to know. */
final class Transaction {
    private final CollectionSettings settings;
    private final Checks checks;
    private final TruthWriter truth;
    private final Views views;
    private final OrdinalPool ordinals;
    private final Map<PointId, Touched> earlier;
    private final Map<PointId, Touched> touched = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<Integer> taken = new ArrayList<>();
    private final boolean wantsPayloads;

    /**
     * A point that the commit has touched.
     *
     * @param row as it was left; null where it is gone
     */
    record Touched(@Nullable PointRow row) {}

    /**
     * @param earlier points that earlier requests of the commit have touched, as they left them
     */
    Transaction(
            CollectionSettings settings,
            TruthWriter truth,
            Views views,
            OrdinalPool ordinals,
            Map<PointId, Touched> earlier) {
        this.settings = settings;
        this.checks = new Checks(settings);
        this.truth = truth;
        this.views = views;
        this.ordinals = ordinals;
        this.earlier = earlier;
        this.wantsPayloads = views.wantsPayloads();
    }

    /** Points touched, as they are now. */
    Map<PointId, Touched> touched() {
        return touched;
    }

    List<Change> changes() {
        return changes;
    }

    /** Gives the ordinals of its new points back: it was taken back itself. */
    void abandon() {
        taken.forEach(ordinals::giveBack);
    }

    /** The point of an id as it is now; null where there is none. */
    @Nullable
    PointRow find(PointId id) {
        Touched known = known(id);
        return known == null ? views.table().find(id) : known.row();
    }

    private @Nullable Touched known(PointId id) {
        Touched mine = touched.get(id);
        return mine == null ? earlier.get(id) : mine;
    }

    /** The points of a selector as they are now. */
    List<PointRow> select(PointSelector selector) throws IOException {
        return switch (selector) {
            case PointSelector.Ids(List<PointId> ids) -> {
                List<PointRow> found = new ArrayList<>();
                for (PointId id : ids.stream().distinct().toList()) {
                    PointRow row = find(id);
                    if (row != null) {
                        found.add(row);
                    }
                }
                yield found;
            }
            case PointSelector.Matching(Filter filter) -> matching(filter);
        };
    }

    /** What the views do not know yet is looked up, as what they do not know at all. */
    private List<PointRow> matching(Filter filter) throws IOException {
        List<PointRow> sure = new ArrayList<>();
        List<PointRow> unsure = new ArrayList<>();
        views.reading(() -> {
            Selection selection = views.select(filter);
            RoaringBitmap known = selection.sure();
            selection.possible().forEach((int ordinal) -> {
                PointRow row = views.table().at(ordinal);
                if (row != null && known(row.id()) == null) {
                    (known.contains(ordinal) ? sure : unsure).add(row);
                }
            });
            return null;
        });
        Map<PointId, Touched> pending = new HashMap<>(earlier);
        pending.putAll(touched);
        for (Touched point : pending.values()) {
            if (point.row() != null) {
                unsure.add(point.row());
            }
        }
        for (PointRow row : unsure) {
            if (matches(filter, row)) {
                sure.add(row);
            }
        }
        return sure;
    }

    /** Whether a point matches as it is now. */
    boolean matches(Filter filter, PointRow row) throws IOException {
        return filter.matches(new Candidate(row.id(), truth.rows().payload(row), name -> {
            int number = settings.names().indexOf(name);
            return number >= 0 && row.hasVector(number);
        }));
    }

    ObjectNode payload(PointRow row) throws IOException {
        return truth.rows().payload(row);
    }

    /**
     * Writes a point.
     *
     * @param before as it is; null for a new one
     * @param payload its payload from now on; null to leave it
     * @param vectors its vectors from now on, by number of name; null for one that is to go, and none for those that stay
     */
    void put(
            long sequence,
            PointId id,
            @Nullable PointRow before,
            @Nullable ObjectNode payload,
            Map<Integer, @Nullable VectorValue> vectors)
            throws IOException {
        int ordinal = before == null ? take() : before.ordinal();
        long parts = before == null ? 0 : before.parts();
        Change.PayloadChange payloadChange = payloadChange(before, payload);
        if (payload != null) {
            parts = putPayload(ordinal, parts, payload);
        }
        for (Map.Entry<Integer, @Nullable VectorValue> entry : vectors.entrySet()) {
            truth.putVector(entry.getKey(), ordinal, entry.getValue());
            parts = PointRow.withVector(parts, entry.getKey(), entry.getValue() != null);
        }
        long moved = before == null || !vectors.isEmpty() ? sequence : before.moved();
        PointRow after = new PointRow(ordinal, id, sequence, moved, parts);
        truth.putPoint(after, before);
        touched.put(id, new Touched(after));
        changes.add(new Change(sequence, before, after, payloadChange, vectors));
    }

    private int take() {
        int ordinal = ordinals.take();
        taken.add(ordinal);
        return ordinal;
    }

    private long putPayload(int ordinal, long parts, ObjectNode payload) throws IOException {
        if (payload.isEmpty()) {
            truth.deletePayload(ordinal);
        } else {
            byte[] json = TruthWriter.json(payload);
            checks.checkSize(json);
            truth.putPayload(ordinal, json);
        }
        return PointRow.withPayload(parts, !payload.isEmpty());
    }

    private Change.@Nullable PayloadChange payloadChange(@Nullable PointRow before, @Nullable ObjectNode after)
            throws IOException {
        if (after == null || !wantsPayloads) {
            return null;
        }
        ObjectNode old = before == null
                ? JsonNodeFactory.instance.objectNode()
                : truth.rows().payload(before);
        return new Change.PayloadChange(old, after);
    }

    /** Deletes a point. */
    void delete(long sequence, PointRow row) throws IOException {
        Change.PayloadChange payload = payloadChange(row, JsonNodeFactory.instance.objectNode());
        Map<Integer, @Nullable VectorValue> vectors = new HashMap<>();
        for (int name = 0; name < settings.names().size(); name++) {
            if (row.hasVector(name)) {
                vectors.put(name, null);
            }
        }
        truth.delete(row);
        touched.put(row.id(), new Touched(null));
        changes.add(new Change(sequence, row, null, payload, vectors));
    }
}
