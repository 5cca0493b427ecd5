package dev.vicino.bench.advise;

import dev.vicino.bench.race.Scale;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rows the most vectors of a kind
 * @param fresh queries that neither the advisor nor the grid has seen
 * @param gridQueries queries that the grid is measured with
 * @param rounds turns of the advised index and the best of the grid
 * @param efforts of the grid, rising
 */
record AdviseScale(int rows, int fresh, int gridQueries, int rounds, List<Integer> efforts)
        implements Scale<AdviseScale> {
    static final AdviseScale FULL = new AdviseScale(
            Integer.MAX_VALUE, 10_000, 1000, 5, List.of(10, 14, 20, 28, 40, 56, 80, 113, 160, 226, 320, 452, 640));

    /** Shows that everything runs; its figures mean nothing. */
    static final AdviseScale QUICK = new AdviseScale(2500, 300, 100, 1, List.of(10, 40, 160));

    /** Of fewer the advisor has nothing to say. */
    private static final int MIN_ROWS = 2000;

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    AdviseScale {
        Scale.requireAtLeast(MIN_ROWS, "rows", rows);
        Scale.requireAtLeast(1, "rounds", rounds);
    }

    @Override
    public AdviseScale withRows(int rows) {
        return new AdviseScale(rows, fresh, gridQueries, rounds, efforts);
    }

    @Override
    public AdviseScale withRounds(int rounds) {
        return new AdviseScale(rows, fresh, gridQueries, rounds, efforts);
    }
}
