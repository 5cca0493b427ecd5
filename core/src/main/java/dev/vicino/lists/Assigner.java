package dev.vicino.lists;

import dev.vicino.cluster.NearestCentroid;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.lang.foreign.MemorySegment;

/** Finds the lists that many rows belong to, by a matrix product; under L1, which has none, row by row. Safe for use by several threads. */
final class Assigner {
    private final Coarse coarse;
    private final RowStore rows;
    private final NearestCentroid nearest;

    Assigner(Coarse coarse, RowStore rows) {
        this.coarse = coarse;
        this.rows = rows;
        float[] centroids = new float[Math.multiplyExact(coarse.count(), coarse.dimension())];
        coarse.memory().get(0, centroids, centroids.length);
        this.nearest = new NearestCentroid(centroids, coarse.dimension(), coarse.form() == Form.COSINE);
    }

    /**
     * Assigns the rows of the slots in some places, and tells how far they are from their centroids.
     *
     * @param assigned a list for each slot
     * @param distances one for each slot, as {@link Coarse.Ranking#distance} has them
     */
    void assign(int[] slots, int from, int to, int[] assigned, float[] distances) {
        if (coarse.form() == Form.L1) {
            byRow(slots, from, to, assigned, distances);
        } else {
            byProduct(slots, from, to, assigned, distances);
        }
    }

    private void byRow(int[] slots, int from, int to, int[] assigned, float[] distances) {
        Coarse.Ranking ranking = coarse.new Ranking();
        float[] row = new float[rows.dimension()];
        for (int i = from; i < to; i++) {
            rows.get(slots[i], row);
            assigned[i] = ranking.assign(row);
            distances[i] = ranking.distance(assigned[i]);
        }
    }

    private void byProduct(int[] slots, int from, int to, int[] assigned, float[] distances) {
        int d = rows.dimension();
        int count = to - from;
        double[] norms = new double[count];
        int[] lists = new int[count];
        float[] margins = new float[count];
        try (Memory copies = Memory.allocate((long) count * d * Float.BYTES)) {
            float[] row = new float[d];
            for (int i = 0; i < count; i++) {
                rows.get(slots[from + i], row);
                norms[i] = Norms.of(row);
                MemorySegment.copy(row, 0, copies.segment(), Memory.FLOAT, (long) i * d * Float.BYTES, d);
            }
            nearest.worker().assign(Rows.of(copies, count, d), 0, count, lists, margins);
        }
        System.arraycopy(lists, 0, assigned, from, count);
        for (int i = 0; i < count; i++) {
            distances[from + i] = distance(norms[i], margins[i]);
        }
    }

    /** As {@link Coarse.Ranking#distance}, of what was compared. */
    private float distance(double norm, double margin) {
        double distance = coarse.form() == Form.COSINE ? 1 + (norm == 0 ? 0 : margin / norm) : norm * norm + 2 * margin;
        return distance >= 0 ? (float) Math.min(distance, Float.MAX_VALUE) : 0;
    }
}
