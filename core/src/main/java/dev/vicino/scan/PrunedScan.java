package dev.vicino.scan;

import static dev.vicino.scan.Query.BLOCK;

import dev.vicino.kernel.CodeKernels;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowKernels;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prepared;
import java.util.Arrays;

/**
 * Looks for the neighbours of one query in a range of rows by bounds from {@link PruningCodes}: all codes are scanned first, the rows
 * with the k smallest bounds give a threshold by their distances, and only rows whose bound is not above it are looked at again, by
 * the finer code where there is one and then by their distance. Answers as {@link PlainScan} does.
 *
 * <p>Not safe for use by several threads: one object is one search on one thread.
 */
final class PrunedScan {
    private static final CodeKernels CODE_KERNELS = Kernels.BEST.codes();
    private static final RowKernels ROW_KERNELS = Kernels.BEST.rows();

    /** Bounds of this many rows are kept at a time, 4 bytes each. */
    private static final int SEGMENT_ROWS = 1 << 20;

    /** Rows between two looks at the clock: some tenths of a millisecond. */
    private static final int ROWS_A_LOOK = 64 * BLOCK;

    /** A block of which this share is left is compared as a whole, in order, which costs about as much as these rows one by one. */
    private static final int WHOLE_BLOCK = BLOCK / 4;

    /** Rows that are compared out of order in one call. */
    private static final int GATHERED = 8 * WHOLE_BLOCK;

    /** Of the one query, which every row is compared with. */
    private static final int[] LANES = new int[GATHERED];

    private final Distances distances;
    private final PruningCodes codes;
    private final Query query;
    private final Prepared prepared;
    private final boolean usePrefix;
    private final Nearest nearest;

    private final float[] lower;
    private final int[] sums;
    private final float[] scales;
    private final float[] terms;
    private final float[] tails;
    private final float[] refined;
    private final int[] left;
    private final int[] gathered;
    private final int[] gatheredSums;
    private int gatheredRows;

    private int scanned;
    private long compared;
    private long exact;

    /** Rows that the prefix, and that the whole code, did not exclude. */
    private long leftByPrefix;

    private long leftByCode;

    PrunedScan(
            Distances distances, PruningCodes codes, Query query, boolean usePrefix, Nearest nearest, Scratch scratch) {
        this.distances = distances;
        this.codes = codes;
        this.query = query;
        this.prepared = codes.prepare(query);
        this.usePrefix = usePrefix && codes.prefix != null;
        this.nearest = nearest;
        this.lower = scratch.lower;
        this.sums = scratch.sums;
        this.scales = scratch.scales;
        this.terms = scratch.terms;
        this.tails = scratch.tails;
        this.refined = scratch.refined;
        this.left = scratch.left;
        this.gathered = scratch.gathered;
        this.gatheredSums = scratch.gatheredSums;
    }

    /** The arrays of a search, for the next one to use again: clearing 4 bytes a row would cost a tenth of the search. */
    static final class Scratch {
        private final float[] lower;
        private final int[] sums = new int[BLOCK];
        private final float[] scales = new float[BLOCK];
        private final float[] terms = new float[BLOCK];
        private final float[] tails = new float[BLOCK];
        private final float[] refined = new float[BLOCK];
        private final int[] left = new int[BLOCK];
        private final int[] gathered = new int[GATHERED];
        private final int[] gatheredSums = new int[GATHERED];

        /** For collections of n rows. */
        Scratch(int n) {
            lower = new float[Math.min(SEGMENT_ROWS, n)];
        }
    }

    /** Adds the nearest of a range of rows to those found. */
    void search(int from, int to) {
        scanned = to - from;
        for (int row = distances.norms.nextExtreme(from); row < to; row = distances.norms.nextExtreme(row + 1)) {
            if (query.allowed == null || query.allowed.get(row)) {
                add(row);
            }
        }
        for (int row = from; row < to && !query.isOver(); row += SEGMENT_ROWS) {
            searchSegment(row, Math.min(SEGMENT_ROWS, to - row));
        }
    }

    private void searchSegment(int from, int size) {
        TopK smallest = new TopK(Math.min(firstLooks(nearest.k()), size), Ids.ORDINALS);
        int count = size;
        for (int at = 0; at < count; at += BLOCK) {
            if (at % ROWS_A_LOOK == 0 && query.isOver()) {
                count = at;
                break;
            }
            int rows = Math.min(BLOCK, count - at);
            if (usePrefix) {
                boundByPrefix(from + at, rows);
            } else {
                boundByCode(from + at, rows);
            }
            if (query.allowed != null) {
                query.allowed.mask(from + at, rows, refined);
            }
            System.arraycopy(refined, 0, lower, at, rows);
            float threshold = Math.min(smallest.threshold(), nearest.threshold());
            int found = ROW_KERNELS.atMost(refined, rows, threshold, left);
            for (int i = 0; i < found; i++) {
                smallest.add(refined[left[i]], at + left[i]);
            }
        }
        for (int at : smallest.drain(new Hits.Work("", 0, 0)).ordinals()) {
            lower[at] = Float.NaN; // done, whatever the threshold
            add(from + at);
        }
        for (int at = 0; at < count; at += BLOCK) {
            look(from, at, Math.min(BLOCK, count - at));
        }
        refineGathered();
    }

    /** Rows that give the threshold. The smallest bounds are not just the smallest distances, so some more than k are looked at. */
    private static int firstLooks(int k) {
        return k == 0 ? 0 : (int) Math.min(2L * k + 16, SEGMENT_ROWS);
    }

    /** Looks again at the rows of a block whose bounds are not above the threshold. */
    private void look(int segment, int at, int rows) {
        System.arraycopy(lower, at, refined, 0, rows);
        int found = ROW_KERNELS.atMost(refined, rows, nearest.threshold(), left);
        if (usePrefix) {
            leftByPrefix += found;
            if (found <= WHOLE_BLOCK) {
                gather(segment + at, found);
                return;
            }
            found = refineBlock(segment, at, rows);
        }
        leftByCode += found;
        for (int i = 0; i < found; i++) {
            if (refined[left[i]] <= nearest.threshold()) {
                add(segment + at + left[i]);
            }
        }
    }

    private int refineBlock(int segment, int at, int rows) {
        boundByCode(segment + at, rows);
        for (int i = 0; i < rows; i++) {
            if (Float.isNaN(lower[at + i])) {
                refined[i] = Float.NaN;
            }
        }
        return ROW_KERNELS.atMost(refined, rows, nearest.threshold(), left);
    }

    /** Rows out of order are compared many in one call, for then the processor waits for several of them at a time. */
    private void gather(int block, int found) {
        for (int i = 0; i < found; i++) {
            gathered[gatheredRows++] = block + left[i];
        }
        if (gatheredRows > gathered.length - WHOLE_BLOCK) {
            refineGathered();
        }
    }

    private void refineGathered() {
        Comparison full = prepared.full();
        CODE_KERNELS.dotPairs(full.values(), LANES, codes.full.codes, gathered, gatheredRows, gatheredSums);
        compared += gatheredRows;
        for (int i = 0; i < gatheredRows; i++) {
            int row = gathered[i];
            float scale = codes.full.scales.get(row);
            float bound = prepared.offset()
                    + codes.terms.get(row)
                    - scale * (full.factor() * gatheredSums[i] + full.margin());
            if (bound <= nearest.threshold()) {
                leftByCode++;
                add(row);
            }
        }
        gatheredRows = 0;
    }

    private void boundByPrefix(int from, int rows) {
        PruningCodes.Prefix prefix = codes.prefix;
        Comparison comparison = prepared.prefix();
        if (prefix == null || comparison == null) {
            throw new IllegalStateException("no prefix");
        }
        codes.sums(comparison, prefix.codes(), from, rows, sums);
        prefix.codes().scales.get(from, scales, rows);
        prefix.tails().get(from, tails, rows);
        bound(comparison, from, rows);
    }

    private void boundByCode(int from, int rows) {
        codes.sums(prepared.full(), codes.full, from, rows, sums);
        codes.full.scales.get(from, scales, rows);
        Arrays.fill(tails, 0, rows, 0);
        bound(prepared.full(), from, rows);
    }

    private void bound(Comparison comparison, int from, int rows) {
        codes.terms.get(from, terms, rows);
        compared += rows;
        CODE_KERNELS.bounds(
                sums,
                rows,
                scales,
                terms,
                tails,
                comparison.factor(),
                comparison.margin(),
                comparison.tail(),
                prepared.offset(),
                refined);
    }

    long compared() {
        return compared;
    }

    long exact() {
        return exact;
    }

    /** Whether scanning the prefix and looking again at what it left was cheaper than scanning whole codes, by bytes read. */
    boolean prefixPaid() {
        int p = codes.prefix == null ? 0 : codes.prefix.components();
        int d = distances.dimension();
        return 4.0 * d * leftByPrefix < (double) (d - p) * scanned;
    }

    /** Whether the whole codes left few enough rows. */
    boolean codesPaid() {
        return leftByCode <= scanned / 4;
    }

    private void add(int row) {
        exact++;
        nearest.add(distances.compute(query, row), row);
    }
}
