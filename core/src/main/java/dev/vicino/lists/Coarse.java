package dev.vicino.lists;

import dev.vicino.code.BlockScorer;
import dev.vicino.code.Sphere;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowGathers;
import dev.vicino.kernel.RowKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.rows.Found;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Select;
import dev.vicino.scan.Sortable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The centroids of lists, and which of them are near: the coarse step. Under cosine centroids have length 1. A row belongs to the list
 * whose centroid is nearest to it; under the dot product that is the nearest in space, so that a list has rows that point the same way and
 * are about as long, while a query looks first where the product with one of the rows is likely to be largest: with the centroid, and what
 * rows are off from it in the direction of the query.
 *
 * <p>Any number of threads may use it, each by a {@link Ranking} of its own.
 */
final class Coarse implements AutoCloseable {
    private static final RowKernels KERNELS = Kernels.BEST.rows();
    private static final RowGathers GATHERS = Kernels.BEST.rowGathers();

    /** Deviations by which the best of some tens of rows is off; on rows with log-normal lengths recall is best with about this. */
    private static final double BEST_ROW = 2;

    private final Form form;
    private final Memory memory;
    private final Rows rows;
    private final float[] squares;
    /** What the products of a list's best rows with a query of length 1 are above that of the centroid; under the dot product alone. */
    private final float[] spreads;

    private final int links;
    private final @Nullable CentroidCodes codes;
    private final @Nullable CentroidGraph graph;
    private final Slots slots;

    /**
     * Of centroids that lie one behind the other, which must outlive it.
     *
     * @param squares how far rows are from each centroid, squared, on average
     * @param links of a centroid in a graph of them; 0 for a graph where there are many centroids alone
     */
    Coarse(Form form, Memory memory, float[] squares, int dimension, int links) {
        this(form, memory, squares, dimension, links, null, null);
    }

    private Coarse(
            Form form,
            Memory memory,
            float[] squares,
            int dimension,
            int links,
            @Nullable CentroidCodes codes,
            @Nullable CentroidGraph graph) {
        int count = squares.length;
        this.form = form;
        this.squares = squares;
        this.spreads = new float[count];
        for (int i = 0; i < count; i++) {
            spreads[i] = (float) Math.min(Float.MAX_VALUE, BEST_ROW * Math.sqrt(squares[i] / dimension));
        }
        this.memory = memory;
        this.rows = Rows.of(memory, count, dimension);
        this.links = links;
        this.codes = codes;
        this.graph = graph;
        this.slots = Slots.empty(dimension * Float.BYTES, 32 - Integer.numberOfLeadingZeros(count - 1))
                .with(memory);
    }

    /** The same, which compares codes first, or goes along a graph, where that is faster. */
    Coarse quickened(int threads) {
        if (links == 0 && count() < CentroidGraph.MANY) {
            CentroidCodes coded = CentroidCodes.of(form, memory, count(), dimension());
            return new Coarse(form, memory, squares, dimension(), links, coded, null);
        }
        int some = links == 0 ? CentroidGraph.LINKS : links;
        CentroidGraph linked = new CentroidGraph(form, rows, spreads, some, threads);
        return new Coarse(form, memory, squares, dimension(), links, null, linked);
    }

    /** The same in memory of its own, {@link #quickened}. */
    Coarse copy() {
        return new Coarse(form, memory.copy(), squares, dimension(), links).quickened(1);
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

    void get(int list, float[] out) {
        memory.get((long) list * rows.dimension(), out, rows.dimension());
    }

    long bytes() {
        return memory.bytes() + (codes == null ? 0 : codes.bytes()) + (graph == null ? 0 : graph.bytes());
    }

    @Override
    public void close() {
        memory.close();
        if (codes != null) {
            codes.close();
        }
        if (graph != null) {
            graph.close();
        }
    }

    /** Ranks centroids, on one thread. */
    final class Ranking {
        /** By code twice as many are taken as are wanted, and some: the errors of four bits are far smaller. */
        private static final int MORE_BY_CODE = 16;

        /** Where no more times as many are there than are wanted, a walk would meet nearly all. */
        private static final int MANY_MORE = 8;

        private final @Nullable BlockScorer scorer = codes == null ? null : codes.scorer();
        private final float[] vector = new float[rows.dimension()];
        private final float[] distances = new float[codes == null ? rows.size() : codes.estimates()];
        private final float[] selected = new float[rows.size()];
        private final int[] positions = new int[rows.size()];
        private final long[] keys = new long[rows.size()];
        private float length;

        /**
         * Brings the lists nearest to a query forward, in their order. Where more are wanted later, others may come in between.
         *
         * @param wanted how many
         */
        void rank(float[] query, int wanted) {
            if (graph != null && MANY_MORE * wanted < rows.size() && follow(graph, query, wanted)) {
                return;
            }
            int count = rows.size();
            length = form == Form.DOT ? (float) Norms.of(query) : 0;
            int near = count;
            CentroidCodes some = codes;
            int most = 2 * wanted + MORE_BY_CODE;
            if (some != null && scorer != null && 2 * most < count) {
                scorer.prepare(query);
                some.score(scorer, distances);
                finish();
                near = select(most);
                gather(query, near);
            } else {
                compare(query, form == Form.DOT);
                near = 2 * wanted < count ? select(wanted) : count;
            }
            for (int i = 0; i < near; i++) {
                int list = near < count ? positions[i] : i;
                keys[i] = Sortable.key(distances[list], list);
            }
            Arrays.sort(keys, 0, near);
        }

        /** Goes along the graph; false where that found fewer than are wanted. */
        private boolean follow(CentroidGraph along, float[] query, int wanted) {
            Found found = along.nearest(query, wanted);
            for (int i = 0; i < found.slots().length; i++) {
                keys[i] = Sortable.key(found.distances()[i], found.slots()[i]);
            }
            return found.slots().length >= wanted;
        }

        /** Puts the places of the nearest few to the front of the positions; tells how many these are. */
        private int select(int few) {
            int count = rows.size();
            System.arraycopy(distances, 0, selected, 0, count);
            return KERNELS.atMost(distances, count, Select.smallest(selected, count, few), positions);
        }

        /** Compares some centroids themselves. */
        private void gather(float[] query, int some) {
            if (form == Form.SQUARED_L2) {
                GATHERS.squaredL2(query, slots, positions, some, selected);
            } else {
                GATHERS.dot(query, slots, positions, some, selected);
            }
            for (int i = 0; i < some; i++) {
                int list = positions[i];
                distances[list] = form == Form.SQUARED_L2 ? selected[i] : -selected[i] - length * spreads[list];
            }
        }

        /** The list in a place of the order. */
        int list(int place) {
            return Sortable.number(keys[place]);
        }

        /** The list that a row belongs to. */
        int assign(float[] row) {
            length = 0;
            compare(row, false);
            int best = 0;
            for (int i = 1; i < rows.size(); i++) {
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
            if (form == Form.L1) {
                KERNELS.l1(query, rows, 0, count, distances);
            } else if (form == Form.COSINE) {
                Sphere.normalise(query, vector);
                KERNELS.dot(vector, rows, 0, count, distances);
                negate();
            } else if (byProduct) {
                KERNELS.dot(query, rows, 0, count, distances);
                negate();
            } else {
                KERNELS.squaredL2(query, rows, 0, count, distances);
            }
            finish();
        }

        /** Adds what a list's rows are off, and sees to it that all are numbers. */
        private void finish() {
            for (int i = 0; i < rows.size(); i++) {
                float distance = distances[i] - length * spreads[i];
                distances[i] = Float.isNaN(distance) ? Float.MAX_VALUE : distance;
            }
        }

        private void negate() {
            for (int i = 0; i < rows.size(); i++) {
                distances[i] = -distances[i];
            }
        }
    }
}
