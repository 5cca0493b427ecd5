package dev.vicino.lists;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Select;
import dev.vicino.scan.Sortable;
import java.util.Arrays;

/**
 * The centroids of lists, and which of them are near: the coarse step. Under cosine centroids have length 1. A row belongs to the list
 * whose centroid is nearest to it; under the dot product that is the nearest in space, so that a list has rows that point the same way and
 * are about as long, while a query looks first where its product with the centroid is largest.
 *
 * <p>Any number of threads may use it, each by a {@link Ranking} of its own.
 */
final class Coarse {
    private static final RowKernels KERNELS = Kernels.BEST.rows();

    /** Deviations by which the best of some tens of rows is off; on rows with log-normal lengths recall is best with about this. */
    private static final double BEST_ROW = 2;

    private final Form form;
    private final Memory memory;
    private final Rows rows;
    /** What the products of a list's best rows with a query of length 1 are above that of the centroid; under the dot product alone. */
    private final float[] spreads;

    private final float[] squares;

    /**
     * Of centroids that lie one behind the other, which must outlive it.
     *
     * @param squares how far rows are from each centroid, squared, on average
     */
    Coarse(Form form, Memory memory, float[] squares, int dimension) {
        int count = squares.length;
        this.form = form;
        this.squares = squares;
        this.spreads = new float[count];
        for (int i = 0; i < count; i++) {
            spreads[i] = (float) Math.min(Float.MAX_VALUE, BEST_ROW * Math.sqrt(squares[i] / dimension));
        }
        this.memory = memory;
        this.rows = Rows.of(memory, count, dimension);
    }

    /** How many there are. */
    int count() {
        return rows.size();
    }

    Form form() {
        return form;
    }

    int dimension() {
        return rows.dimension();
    }

    Memory memory() {
        return memory;
    }

    /** How far rows are from each centroid, squared, on average. */
    float[] squares() {
        return squares;
    }

    /** The same in memory of its own. */
    Coarse copy() {
        return new Coarse(form, memory.copy(), squares, rows.dimension());
    }

    void get(int list, float[] out) {
        memory.get((long) list * rows.dimension(), out, rows.dimension());
    }

    /** Ranks centroids, on one thread. */
    final class Ranking {
        private final float[] vector = new float[rows.dimension()];
        private final float[] distances = new float[rows.size()];
        private final float[] selected = new float[rows.size()];
        private final int[] positions = new int[rows.size()];
        private final long[] keys = new long[rows.size()];

        /** Brings the lists nearest to a query forward, in their order; the first ones are the same whatever is wanted. */
        void rank(float[] query, int wanted) {
            compare(query, form == Form.DOT);
            int count = rows.size();
            int near = count;
            if (2 * wanted < count) {
                System.arraycopy(distances, 0, selected, 0, count);
                near = KERNELS.atMost(distances, count, Select.smallest(selected, count, wanted), positions);
            }
            for (int i = 0; i < near; i++) {
                int list = near < count ? positions[i] : i;
                keys[i] = Sortable.key(distances[list], list);
            }
            Arrays.sort(keys, 0, near);
        }

        /** The list in a place of the order. */
        int list(int place) {
            return Sortable.number(keys[place]);
        }

        /** The list that a row belongs to. */
        int assign(float[] row) {
            compare(row, false);
            int best = 0;
            for (int i = 1; i < distances.length; i++) {
                best = distances[i] < distances[best] ? i : best;
            }
            return best;
        }

        /** How far a row is from its centroid: 1 − cos under cosine, squared where that is how rows are assigned. */
        float distance(int list) {
            return form == Form.COSINE ? 1 + distances[list] : distances[list];
        }

        private void compare(float[] query, boolean byProduct) {
            int count = rows.size();
            switch (form) {
                case L1 -> KERNELS.l1(query, rows, 0, count, distances);
                case COSINE -> {
                    normalise(query);
                    KERNELS.dot(vector, rows, 0, count, distances);
                    negate();
                }
                case DOT, SQUARED_L2 -> {
                    if (byProduct) {
                        KERNELS.dot(query, rows, 0, count, distances);
                        float length = (float) Norms.of(query);
                        for (int i = 0; i < count; i++) {
                            distances[i] = -distances[i] - length * spreads[i];
                        }
                    } else {
                        KERNELS.squaredL2(query, rows, 0, count, distances);
                    }
                }
            }
            for (int i = 0; i < count; i++) {
                distances[i] = Float.isNaN(distances[i]) ? Float.MAX_VALUE : distances[i];
            }
        }

        private void normalise(float[] query) {
            double norm = Norms.of(query);
            double inverse = norm == 0 ? 0 : 1 / norm;
            for (int i = 0; i < vector.length; i++) {
                vector[i] = (float) (query[i] * inverse);
            }
        }

        private void negate() {
            for (int i = 0; i < distances.length; i++) {
                distances[i] = -distances[i];
            }
        }
    }
}
