package dev.vicino.cluster;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ProductKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The nearest centroid of each of many rows, by a blocked matrix product: ‖x−c‖²/2 is ‖c‖²/2 − x·c and what depends on x alone. Among
 * centroids equally near it is the first. Immutable; each thread has a {@link Worker} of its own.
 */
public final class NearestCentroid {
    private static final ProductKernels KERNELS = Kernels.BEST.products();
    private static final int GROUP = KERNELS.groupSize();

    /** A block of rows takes this much of the second-level cache, and leaves room for the centroids of a group. */
    private static final int BLOCK_BYTES = 192 << 10;

    private static final int MAX_TILES = 32;

    private final int dimension;
    private final int groups;
    /** In groups, as the kernels want queries. */
    private final float[] packed;
    /** ‖c‖²/2; infinite in lanes without a centroid. */
    private final float[] offsets;

    /**
     * Of some centroids.
     *
     * @param centroids k·d values, row-major
     * @param byProduct whether the nearest is that of the largest product, whatever its length
     */
    public NearestCentroid(float[] centroids, int dimension, boolean byProduct) {
        int count = centroids.length / dimension;
        this.dimension = dimension;
        this.groups = Math.ceilDiv(count, GROUP);
        this.packed = new float[groups * GROUP * dimension];
        this.offsets = new float[groups * GROUP];
        Arrays.fill(offsets, count, offsets.length, Float.POSITIVE_INFINITY);
        for (int c = 0; c < count; c++) {
            int to = c / GROUP * GROUP * dimension + c % GROUP;
            double square = 0;
            for (int i = 0; i < dimension; i++) {
                float value = centroids[c * dimension + i];
                packed[to + i * GROUP] = value;
                square += (double) value * value;
            }
            offsets[c] = byProduct ? 0 : (float) Math.min(square / 2, Float.MAX_VALUE);
        }
    }

    /** Starts to look for centroids, on one thread. */
    public Worker worker() {
        return new Worker();
    }

    /** Scratch memory of one thread. */
    public final class Worker {
        private final int blockRows = ProductKernels.TILE_ROWS
                * Math.clamp(BLOCK_BYTES / (4 * dimension * ProductKernels.TILE_ROWS), 1, MAX_TILES);
        private final float[] block = new float[blockRows * dimension];
        private final float[] products = new float[blockRows * GROUP];
        private final float[] least = new float[blockRows * GROUP];
        private final int[] groupOf = new int[blockRows * GROUP];

        private Worker() {}

        /**
         * Tells the nearest centroid of each row.
         *
         * @param nearest one a row
         * @param margins one a row: ‖c‖²/2 − x·c, or −x·c where products are compared
         */
        public void assign(Rows rows, int from, int count, int[] nearest, float[] margins) {
            for (int first = 0; first < count; first += blockRows) {
                int some = Math.min(blockRows, count - first);
                MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(from + first), block, 0, some * dimension);
                compare(some);
                for (int r = 0; r < some; r++) {
                    int lane = leastLane(r);
                    nearest[first + r] = groupOf[lane] * GROUP + lane % GROUP;
                    margins[first + r] = least[lane];
                }
            }
        }

        private void compare(int count) {
            Arrays.fill(least, 0, count * GROUP, Float.POSITIVE_INFINITY);
            Arrays.fill(groupOf, 0, count * GROUP, 0);
            for (int group = 0; group < groups; group++) {
                KERNELS.products(packed, group * GROUP * dimension, block, count, dimension, products);
                KERNELS.least(products, count, offsets, group, least, groupOf);
            }
        }

        /** The place of the least in the lanes of a row; of equal ones that of the first centroid. */
        private int leastLane(int row) {
            int best = row * GROUP;
            for (int lane = best + 1; lane < (row + 1) * GROUP; lane++) {
                boolean less = least[lane] < least[best];
                if (less || (least[lane] == least[best] && groupOf[lane] < groupOf[best])) {
                    best = lane;
                }
            }
            return best;
        }
    }
}
