package dev.vicino.store.view;

import dev.vicino.store.view.Segment.Row;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * What the vectors of one name lie in at one moment: a graph, and segments for those that are not in it yet. Immutable, but for the
 * graph, whose entries are valid as far as they are not masked.
 *
 * <p>Every vector that is there is live in one segment, or in the graph and not masked. The graph is only changed where it is masked,
 * so that a search finds every point once, whatever is moved meanwhile.
 */
final class Parts extends Counted {
    private final List<Part> segments;
    private final RoaringBitmap masked;
    private final @Nullable GraphPart graph;

    /** A segment, and the ordinals whose vectors in it are still valid. */
    record Part(Segment segment, RoaringBitmap live) {
        /** The part with fewer live vectors; not to be changed. */
        Part without(RoaringBitmap gone) {
            return RoaringBitmap.intersects(live, gone) ? new Part(segment, RoaringBitmap.andNot(live, gone)) : this;
        }

        List<Row> rows() {
            List<Row> rows = new ArrayList<>();
            live.forEach((int ordinal) -> rows.add(segment.row(ordinal)));
            return rows;
        }
    }

    /** Holds what it is made of. */
    Parts(List<Part> segments, RoaringBitmap masked, @Nullable GraphPart graph) {
        this.segments = segments.stream().filter(part -> !part.live.isEmpty()).toList();
        this.masked = masked;
        this.graph = graph;
        this.segments.forEach(part -> part.segment.retain());
        if (graph != null) {
            graph.retain();
        }
    }

    List<Part> segments() {
        return segments;
    }

    /** Ordinals whose entries in the graph, if there are any, are not valid. */
    RoaringBitmap masked() {
        return masked;
    }

    @Nullable
    GraphPart graph() {
        return graph;
    }

    /** Vectors in segments. */
    int tail() {
        return segments.stream().mapToInt(part -> part.live.getCardinality()).sum();
    }

    /** Ordinals of the vectors in segments. */
    RoaringBitmap tailOrdinals() {
        RoaringBitmap ordinals = new RoaringBitmap();
        segments.forEach(part -> ordinals.or(part.live));
        return ordinals;
    }

    /** The sequence number of the operation that wrote the vector of an ordinal in a segment; 0 where it is in none. */
    long movedInTail(int ordinal) {
        for (Part part : segments) {
            if (part.live.contains(ordinal)) {
                return part.segment.moved(ordinal);
            }
        }
        return 0;
    }

    /** Ordinals to be taken out of the graph. */
    RoaringBitmap stale() {
        return RoaringBitmap.andNot(masked, tailOrdinals());
    }

    /** Up to so many vectors of the oldest segment. */
    List<Row> oldest(int count) {
        if (segments.isEmpty()) {
            return List.of();
        }
        Part first = segments.getFirst();
        return new Part(first.segment, first.live.limit(count)).rows();
    }

    @Override
    void free() {
        segments.forEach(part -> part.segment.release());
        if (graph != null) {
            graph.release();
        }
    }
}
