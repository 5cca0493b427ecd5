package dev.vicino.kernel;

import static dev.vicino.kernel.RowKernels.LONG_ROW;
import static dev.vicino.kernel.RowKernels.PARTIAL_SUMS;
import static dev.vicino.kernel.Simd.LANES;

import dev.vicino.memory.Slots;

/**
 * By the Vector API. A row anywhere in memory costs a miss of the caches, some hundred nanoseconds, so four rows are read side by side,
 * each with the sums of {@link SimdRowKernels}, in its order.
 *
 * <p>Every sum has its loop over groups of four: one loop for all, with a switch in it, took a fifth longer for rows of 100 values.
 */
final class SimdRowGathers implements RowGathers {
    /**
     * Whether four rows of so many values are read at once. Vectors of 128 bits leave no registers for four rows of
     * {@value RowKernels#PARTIAL_SUMS} sums, nor do those of 256 bits for the twice as many sums of long rows; and with a rest, which
     * needs masks, the JIT boxes the sums of four.
     */
    static boolean isSideBySide(int dimension) {
        int longest = LANES == 16 ? Integer.MAX_VALUE : LANES == 8 ? LONG_ROW - 1 : 0;
        return dimension <= longest && dimension % PARTIAL_SUMS == 0;
    }

    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(query.length);
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            long a = rows.at(slots[i]);
            long b = rows.at(slots[i + 1]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            SimdDot.ofFour(query, query, query, query, a, b, c, e, out, i, last);
        }
        for (; i < count; i++) {
            out[i] = SimdDot.of(query, rows.at(slots[i]), query.length);
        }
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(query.length);
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            long a = rows.at(slots[i]);
            long b = rows.at(slots[i + 1]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            SimdSquaredL2.ofFour(query, query, query, query, a, b, c, e, out, i, last);
        }
        for (; i < count; i++) {
            out[i] = SimdSquaredL2.of(query, rows.at(slots[i]), query.length);
        }
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(query.length);
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            // The last group may be short: its last row is computed more than once, which costs no memory access.
            long a = rows.at(slots[i]);
            long b = rows.at(slots[i + 1]);
            long c = rows.at(slots[Math.min(i + 2, last)]);
            long e = rows.at(slots[Math.min(i + 3, last)]);
            SimdL1.ofFour(query, query, query, query, a, b, c, e, out, i, last);
        }
        for (; i < count; i++) {
            out[i] = SimdL1.of(query, rows.at(slots[i]), query.length);
        }
    }

    @Override
    public void dotPairs(float[][] queries, Rows rows, int[] which, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(rows.dimension());
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            int third = Math.min(i + 2, last);
            int fourth = Math.min(i + 3, last);
            SimdDot.ofFour(
                    queries[i],
                    queries[i + 1],
                    queries[third],
                    queries[fourth],
                    rows.at(which[i]),
                    rows.at(which[i + 1]),
                    rows.at(which[third]),
                    rows.at(which[fourth]),
                    out,
                    i,
                    last);
        }
        for (; i < count; i++) {
            out[i] = SimdDot.of(queries[i], rows.at(which[i]), rows.dimension());
        }
    }

    @Override
    public void squaredL2Pairs(float[][] queries, Rows rows, int[] which, int count, float[] out) {
        int last = count - 1;
        boolean sideBySide = isSideBySide(rows.dimension());
        int i = 0;
        for (; sideBySide && i < last; i += 4) {
            int third = Math.min(i + 2, last);
            int fourth = Math.min(i + 3, last);
            SimdSquaredL2.ofFour(
                    queries[i],
                    queries[i + 1],
                    queries[third],
                    queries[fourth],
                    rows.at(which[i]),
                    rows.at(which[i + 1]),
                    rows.at(which[third]),
                    rows.at(which[fourth]),
                    out,
                    i,
                    last);
        }
        for (; i < count; i++) {
            out[i] = SimdSquaredL2.of(queries[i], rows.at(which[i]), rows.dimension());
        }
    }
}
