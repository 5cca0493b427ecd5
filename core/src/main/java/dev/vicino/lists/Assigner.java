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

    /** Assigns the rows of the slots in some places; tells the sum of their distances from their centroids. */
    double assign(int[] slots, int from, int to, int[] assigned) {
        return coarse.form() == Form.L1 ? byRow(slots, from, to, assigned) : byProduct(slots, from, to, assigned);
    }

    private double byRow(int[] slots, int from, int to, int[] assigned) {
        Coarse.Ranking ranking = coarse.new Ranking();
        float[] row = new float[rows.dimension()];
        double sum = 0;
        for (int i = from; i < to; i++) {
            rows.get(slots[i], row);
            assigned[i] = ranking.assign(row);
            sum += ranking.distance(assigned[i]);
        }
        return sum;
    }

    private double byProduct(int[] slots, int from, int to, int[] assigned) {
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
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += distance(norms[i], margins[i]);
        }
        return sum;
    }

    /** As {@link Coarse.Ranking#distance}, of what was compared. */
    private double distance(double norm, double margin) {
        double distance = coarse.form() == Form.COSINE ? 1 + (norm == 0 ? 0 : margin / norm) : norm * norm + 2 * margin;
        return distance >= 0 ? distance : 0;
    }
}
