package dev.vicino.scan;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ProductKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Many queries at once, none of them extreme and all with the same filter, as a blocked matrix product: ‖x−q‖² = ‖x‖² + ‖q‖² − 2·x·q. A block of rows is read from memory once and
 * compared with every query while it is in the cache; what the product leaves possible ({@link Bounds}) is decided by the distance
 * itself, so the answers are those of {@link PlainScan}. L1 has no product: there the block is compared query by query.
 *
 * <p>Not safe for use by several threads: one object is one batch on one thread.
 */
final class BatchScan {
    private static final ProductKernels KERNELS = Kernels.BEST.products();
    private static final int GROUP = KERNELS.groupSize();

    /** A block of rows takes this much of the second-level cache, which has 512 KiB or more, and leaves room for the queries. */
    private static final int BLOCK_BYTES = 192 << 10;

    /**
     * Queries left over from whole groups, up to which each is compared by itself: a product that fills its lanes takes a third of
     * the time of a sum over one row, so a group pays from about a third of its lanes on.
     */
    private static final int MAX_SINGLE = 3 * GROUP / 8;

    private final Distances distances;
    private final Rows rows;
    private final @Nullable Bitmap allowed;
    private final Query[] queries;
    private final @Nullable Bounds bounds;

    /** The queries in whole groups, and padding lanes; the rest are compared one by one. */
    private final int grouped;

    private final int lanes;
    private final Candidates[] candidates;
    private final Nearest[] singles;

    private final float[] packed;
    private final float[] factors;
    private final float[] offsets;
    private final float[] slackFactors;
    private final float[] slacks;
    private final float[] thresholds;

    private final int blockRows;
    private final float[] block;
    private final float[] scales;
    private final float[] terms;
    private final float[] products;
    private final float[] lower;
    private final int[] places;

    private long scanned;

    BatchScan(Distances distances, Query[] queries, Goal goal, Ids ids) {
        this.distances = distances;
        this.rows = distances.rows;
        this.bounds = distances.bounds();
        this.queries = queries;
        this.allowed = queries.length == 0 ? null : queries[0].allowed;
        int rest = queries.length % GROUP;
        this.grouped = bounds == null ? 0 : rest <= MAX_SINGLE ? queries.length - rest : queries.length;
        this.lanes = (grouped + GROUP - 1) / GROUP * GROUP;
        this.candidates = new Candidates[grouped];
        this.singles = new Nearest[queries.length - grouped];
        int d = rows.dimension();
        this.packed = new float[lanes * d];
        this.factors = new float[lanes];
        this.offsets = new float[lanes];
        this.slackFactors = new float[lanes];
        this.slacks = new float[lanes];
        this.thresholds = new float[lanes];
        int tiles =
                Math.clamp(BLOCK_BYTES / (4 * d * ProductKernels.TILE_ROWS), 1, Query.BLOCK / ProductKernels.TILE_ROWS);
        this.blockRows = tiles * ProductKernels.TILE_ROWS;
        this.block = new float[blockRows * d];
        this.scales = new float[blockRows];
        this.terms = new float[blockRows];
        this.products = new float[blockRows * GROUP];
        this.lower = new float[blockRows * GROUP];
        this.places = new int[blockRows * GROUP];
        Arrays.fill(thresholds, Float.NEGATIVE_INFINITY); // nothing is near a padding lane
        for (int i = 0; bounds != null && i < grouped; i++) {
            candidates[i] = goal.collect(distances, queries[i], ids);
            pack(i, bounds.of(queries[i]));
        }
        Arrays.setAll(singles, i -> goal.collect(ids));
    }

    /** Adds the rows of a range to those found. */
    void search(int first, int last) {
        addExtremes(first, last);
        for (int from = first; from < last && !(queries.length > 0 && queries[0].isOver()); from += blockRows) {
            scan(from, Math.min(blockRows, last - from));
        }
        scanned += last - first;
    }

    /** What was found for every query, in the order of the queries. */
    Hits[] finish() {
        Hits[] hits = new Hits[queries.length];
        for (int i = 0; i < grouped; i++) {
            hits[i] = candidates[i].finish("batch");
        }
        for (int i = grouped; i < hits.length; i++) {
            hits[i] = singles[i - grouped].drain(new Hits.Work("batch", 0, scanned));
        }
        return hits;
    }

    private void pack(int lane, Bounds.OfQuery of) {
        factors[lane] = of.termFactor();
        offsets[lane] = of.offset();
        slackFactors[lane] = of.slackFactor();
        slacks[lane] = of.slack();
        thresholds[lane] = candidates[lane].threshold();
        float[] values = queries[lane].values;
        int to = lane / GROUP * GROUP * values.length + lane % GROUP;
        for (int i = 0; i < values.length; i++) {
            packed[to + i * GROUP] = values[i] * of.factor();
        }
    }

    /** Extreme rows have no bounds; there are few of them. */
    private void addExtremes(int first, int last) {
        Norms norms = distances.norms;
        for (int row = norms.nextExtreme(first); row < last; row = norms.nextExtreme(row + 1)) {
            if (allowed != null && !allowed.get(row)) {
                continue;
            }
            for (int i = 0; i < grouped; i++) {
                float distance = distances.compute(queries[i], row);
                candidates[i].add(distance, distance, row);
            }
        }
    }

    private void scan(int from, int count) {
        if (bounds != null && grouped > 0) {
            MemorySegment.copy(rows.base(), Memory.FLOAT, rows.at(from), block, 0, count * rows.dimension());
            bounds.rows(from, count, scales, terms);
            if (allowed != null) {
                allowed.mask(from, count, scales);
            }
        }
        for (int lane = 0; lane < lanes; lane += GROUP) {
            KERNELS.products(packed, lane * rows.dimension(), block, count, rows.dimension(), products);
            int found =
                    KERNELS.bounded(products, count, scales, terms, factors, offsets, thresholds, lane, lower, places);
            for (int i = 0; i < found; i++) {
                add(lane + places[i] % GROUP, places[i] / GROUP, lower[places[i]], from);
            }
        }
        for (int i = grouped; i < queries.length; i++) {
            PlainScan.scan(distances, queries[i], from, from + count, singles[i - grouped]);
        }
    }

    private void add(int lane, int row, float bound, int from) {
        Candidates of = candidates[lane];
        of.add(bound, bound + (terms[row] * slackFactors[lane] + slacks[lane]), from + row);
        thresholds[lane] = of.threshold();
    }
}
