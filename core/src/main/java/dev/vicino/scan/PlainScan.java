package dev.vicino.scan;

import static dev.vicino.scan.Query.BLOCK;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowKernels;
import dev.vicino.scan.Query.Scratch;

/** Compares the query with every row: the oracle for everything else. */
final class PlainScan {
    private static final RowKernels KERNELS = Kernels.BEST.rows();

    /** A block with fewer allowed rows than this is compared row by row: rows out of order take some four times as long. */
    private static final int WHOLE_BLOCK = BLOCK / 4;

    /** Rows between two looks at the clock: some tenths of a millisecond. */
    private static final int ROWS_A_LOOK = 32 * BLOCK;

    private PlainScan() {}

    /**
     * Adds the nearest of a range of rows to those found.
     *
     * @return how many rows were compared
     */
    static long scan(Distances distances, Query query, int from, int to, Nearest nearest) {
        if (query.allowed != null) {
            return scanAllowed(distances, query, query.allowed, from, to, nearest);
        }
        for (int row = from; row < to; row += BLOCK) {
            if (isTimeToLook(row) && query.isOver()) {
                return (long) row - from;
            }
            scanBlock(distances, query, row, Math.min(BLOCK, to - row), nearest);
        }
        return (long) to - from;
    }

    private static boolean isTimeToLook(int row) {
        return (row & ROWS_A_LOOK - 1) < BLOCK;
    }

    private static void scanBlock(Distances distances, Query query, int from, int count, Nearest nearest) {
        Scratch scratch = query.scratch();
        distances.compute(query, from, count, scratch.distances);
        if (query.allowed != null) {
            query.allowed.mask(from, count, scratch.distances);
        }
        int near = KERNELS.atMost(scratch.distances, count, nearest.threshold(), scratch.positions);
        for (int i = 0; i < near; i++) {
            int position = scratch.positions[i];
            nearest.add(scratch.distances[position], from + position);
        }
    }

    private static long scanAllowed(
            Distances distances, Query query, Bitmap allowed, int from, int to, Nearest nearest) {
        long compared = 0;
        int row = allowed.next(from);
        while (row < to && !(isTimeToLook(row) && query.isOver())) {
            int count = Math.min(BLOCK, to - row);
            int rows = allowed.count(row, count);
            if (rows >= WHOLE_BLOCK) {
                scanBlock(distances, query, row, count, nearest);
                compared += count;
            } else {
                for (int i = row; i < row + count; i = allowed.next(i + 1)) {
                    nearest.add(distances.compute(query, i), i);
                }
                compared += rows;
            }
            row = allowed.next(row + count);
        }
        return compared;
    }

    /** Adds the extreme rows of a range, for a scan by codes or bounds, which these do not have. */
    static void scanExtremes(Distances distances, Query query, int from, int to, Nearest nearest) {
        Norms norms = distances.norms;
        for (int row = norms.nextExtreme(from); row < to; row = norms.nextExtreme(row + 1)) {
            if (query.allowed == null || query.allowed.get(row)) {
                nearest.add(distances.compute(query, row), row);
            }
        }
    }
}
