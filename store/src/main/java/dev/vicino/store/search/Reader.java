package dev.vicino.store.search;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Rows;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.truth.TruthReader;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads points from the truth. What was read is seen by every later search as well. */
public final class Reader {
    private final CollectionSettings settings;
    private final Truth truth;
    private final Views views;

    /** Over the points of a collection. */
    public Reader(CollectionSettings settings, Truth truth, Views views) {
        this.settings = settings;
        this.truth = truth;
        this.views = views;
    }

    /** The points of some ids that are there, in the order of the ids. */
    public List<StoredPoint> get(List<PointId> ids, Part part) throws IOException {
        List<StoredPoint> found = new ArrayList<>();
        long newest = 0;
        try (TruthReader reader = truth.read()) {
            Rows rows = reader.rows();
            long sequence = rows.sequence();
            for (PointId id : ids) {
                PointRow row = row(rows, id, sequence);
                StoredPoint point = row == null ? null : read(rows, row, part);
                if (point == null) {
                    newest = sequence; // it may be gone there already, and here not yet
                } else {
                    found.add(point);
                    newest = Math.max(newest, point.version());
                }
            }
        }
        views.awaitPublished(newest);
        return found;
    }

    /**
     * The point of an id, as a look at the truth has it.
     *
     * @param sequence the number of the last operation that the look knows
     */
    @Nullable
    PointRow row(Rows rows, PointId id, long sequence) throws IOException {
        boolean knowsAll = views.published() >= sequence;
        PointRow seen = views.table().find(id);
        if (seen == null || (knowsAll && seen.version() <= sequence)) {
            return seen; // nothing has changed since: the look has the same
        }
        PointRow row = rows.point(seen.ordinal());
        return row == null || !row.id().equals(id) ? null : row; // the ordinal may have been given to another one
    }

    StoredPoint read(Rows rows, PointRow row, Part part) throws IOException {
        ObjectNode payload = part.of(rows.payload(row));
        Map<String, VectorValue> vectors = new HashMap<>();
        for (String name : part.vectors()) {
            int number = settings.names().indexOf(name);
            VectorValue vector = number < 0 ? null : rows.vector(row, number);
            if (vector != null) {
                vectors.put(name, vector);
            }
        }
        return new StoredPoint(row.id(), row.version(), payload, vectors);
    }
}
