package dev.vicino.store.view;

import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.Parts.Part;
import dev.vicino.store.view.Segment.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The next segments of a view in the making. Segments are at least twice as large as the next newer one, so there are few of them and
 * a vector is copied few times.
 */
final class Tail {
    private final VectorSettings.Dense settings;
    private final List<Part> parts = new ArrayList<>();
    private final List<Segment> made = new ArrayList<>();

    Tail(VectorSettings.Dense settings, List<Part> parts) {
        this.settings = settings;
        this.parts.addAll(parts);
    }

    /** Takes vectors away. */
    void remove(RoaringBitmap gone) {
        parts.replaceAll(part -> part.without(gone));
        parts.removeIf(part -> part.live().isEmpty());
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (2 * part.live().getCardinality() < part.segment().size()) {
                parts.set(i, part(part.rows()));
            }
        }
    }

    /** Adds vectors of ordinals that have none here. */
    void add(List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        List<Row> newest = new ArrayList<>(rows);
        while (!parts.isEmpty() && parts.getLast().live().getCardinality() < 2 * newest.size()) {
            newest.addAll(parts.removeLast().rows());
        }
        parts.add(part(newest));
    }

    private Part part(List<Row> rows) {
        rows.sort(Comparator.comparingInt(Row::ordinal));
        Segment segment = new Segment(settings.dimension(), settings.metric(), rows);
        made.add(segment);
        RoaringBitmap live = new RoaringBitmap();
        rows.forEach(row -> live.add(row.ordinal()));
        return new Part(segment, live);
    }

    /**
     * All parts of the view; this is of no use afterwards.
     *
     * @param masked entries of the graph that are not valid, those of vectors here aside, which never are
     */
    Parts toParts(RoaringBitmap masked, @Nullable GraphPart graph) {
        RoaringBitmap all = masked.clone();
        if (graph != null) {
            parts.forEach(part -> all.or(part.live()));
        }
        Parts whole = new Parts(parts, all, graph);
        made.forEach(Segment::release);
        return whole;
    }
}
