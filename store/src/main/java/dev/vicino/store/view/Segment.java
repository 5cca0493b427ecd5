package dev.vicino.store.view;

import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.util.Arrays;
import java.util.List;

/** Some vectors that are scanned. Immutable; the ids of its index are the ordinals of the points, rising. */
final class Segment extends Counted {
    private static final IndexSpec SCAN = IndexSpec.parse("Flat(prune=false)");

    private final int[] ordinals;
    private final long[] moved;
    private final Vectors rows;
    private final VectorIndex index;

    /**
     * A vector to be held.
     *
     * @param moved the sequence number of the operation that wrote it
     */
    record Row(int ordinal, long moved, float[] vector) {}

    /** Copies vectors, which are sorted by ordinal and all different. */
    Segment(int dimension, Metric metric, List<Row> sorted) {
        this.ordinals = sorted.stream().mapToInt(Row::ordinal).toArray();
        this.moved = sorted.stream().mapToLong(Row::moved).toArray();
        try (Vectors.Builder builder = Vectors.builder(dimension).reserve(sorted.size())) {
            sorted.forEach(row -> builder.add(row.vector()));
            this.rows = builder.build();
        }
        long[] ids = Arrays.stream(ordinals).asLongStream().toArray();
        this.index =
                Vicino.index(rows).metric(metric).spec(SCAN).ids(ids).threads(1).build();
    }

    VectorIndex index() {
        return index;
    }

    int size() {
        return ordinals.length;
    }

    /** The sequence number of the operation that wrote the vector of an ordinal, which is there. */
    long moved(int ordinal) {
        return moved[Arrays.binarySearch(ordinals, ordinal)];
    }

    /** A copy of the vector of an ordinal, which is there. */
    Row row(int ordinal) {
        int row = Arrays.binarySearch(ordinals, ordinal);
        return new Row(ordinal, moved[row], rows.row(row));
    }

    @Override
    void free() {
        index.close();
    }
}
