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
 * The next segments of a view in the making. Segments are merged once there are {@value #FAN} of about one size, so that there are few of
 * them, and a vector is copied few times: with n vectors written b at a time, some log n/b to the base {@value #FAN}.
 */
final class Tail {
    private static final int FAN = 4;

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
        while (newestSmallerThan(FAN * newest.size()) >= FAN - 1) {
            for (int i = 1; i < FAN; i++) {
                newest.addAll(parts.removeLast().rows());
            }
        }
        parts.add(part(newest));
    }

    /** How many of the newest segments in a row have fewer vectors. */
    private int newestSmallerThan(int size) {
        int count = 0;
        while (count < parts.size()
                && parts.get(parts.size() - 1 - count).live().getCardinality() < size) {
            count++;
        }
        return count;
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
