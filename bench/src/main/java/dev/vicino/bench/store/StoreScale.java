package dev.vicino.bench.store;

import dev.vicino.bench.race.Scale;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rows the most points of the collection that is searched
 * @param rounds turns of everybody; medians are over these
 * @param seconds that a turn takes
 * @param threshold vectors from which on there is a graph
 * @param liveRows points that are kept back, to be written while a graph takes them in
 * @param newRows points of another collection whose index is built while one is searched
 * @param memoryRows points that the stores in memory hold
 * @param efforts values of efSearch, rising
 */
record StoreScale(
        int rows,
        int rounds,
        double seconds,
        int threshold,
        int liveRows,
        int newRows,
        int memoryRows,
        List<Integer> efforts)
        implements Scale<StoreScale> {
    static final StoreScale FULL = new StoreScale(
            Integer.MAX_VALUE,
            5,
            1,
            10_000,
            30_000,
            30_000,
            100_000,
            List.of(10, 12, 16, 20, 24, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256));

    /** Shows that everything runs; its figures mean nothing. */
    static final StoreScale QUICK = new StoreScale(1500, 2, 0.02, 500, 500, 700, 1000, List.of(10, 40, 160));

    /** A graph of fewer is no graph. */
    private static final int MIN_ROWS = 1000;

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    StoreScale {
        Scale.requireAtLeast(MIN_ROWS, "rows", rows);
        Scale.requireAtLeast(1, "rounds", rounds);
    }

    @Override
    public StoreScale withRows(int rows) {
        return new StoreScale(rows, rounds, seconds, threshold, liveRows, newRows, memoryRows, efforts);
    }

    @Override
    public StoreScale withRounds(int rounds) {
        return new StoreScale(rows, rounds, seconds, threshold, liveRows, newRows, memoryRows, efforts);
    }
}
