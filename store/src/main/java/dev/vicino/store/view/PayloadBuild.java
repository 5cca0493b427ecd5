package dev.vicino.store.view;

import dev.vicino.store.payload.PayloadIndexes;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Rows;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Payload indexes in the making: read from the truth of one moment, while what changes meanwhile is kept for later. */
final class PayloadBuild {
    private final PayloadIndexes indexes;
    private final List<Change> meanwhile = new ArrayList<>();

    PayloadBuild(Map<String, IndexKind> kinds) {
        this.indexes = new PayloadIndexes(kinds);
    }

    /** Keeps a change; under the lock of the views. */
    void note(Change change) {
        meanwhile.add(change);
    }

    /** Reads all payloads; tells up to which sequence number. */
    long read(Rows rows) throws IOException {
        long sequence = rows.sequence();
        List<PointRow> points = new ArrayList<>();
        rows.points(points::add);
        for (PointRow row : points) {
            indexes.add(row.ordinal(), rows.payload(row));
        }
        return sequence;
    }

    /** The indexes with all that changed after a sequence number; under the lock of the views. */
    PayloadIndexes finish(long sequence) {
        for (Change change : meanwhile) {
            if (change.sequence() > sequence) {
                apply(change, indexes);
            }
        }
        return indexes;
    }

    /** Takes a change over to indexes. */
    static void apply(Change change, PayloadIndexes indexes) {
        Change.PayloadChange payload = change.payload();
        if (payload != null) {
            indexes.remove(change.ordinal(), payload.before());
            if (change.after() != null) {
                indexes.add(change.ordinal(), payload.after());
            }
        }
    }
}
