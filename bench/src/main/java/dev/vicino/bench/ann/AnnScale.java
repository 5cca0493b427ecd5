package dev.vicino.bench.ann;

import dev.vicino.bench.race.Scale;
import java.util.List;

/**
 * How much is measured.
 *
 * @param rows the most vectors that are used
 * @param queries the most that are asked in a pass
 * @param rounds turns of everybody; medians are over these
 * @param efforts values of efSearch, rising
 * @param buildRows vectors in an index that is built in every round
 * @param liveRows vectors that are kept back, to be inserted while others are searched
 * @param seconds that a turn with one effort takes at least
 * @param warmUpSeconds how long what a JVM compiles searches before the first turn
 * @param liveSeconds how long a turn of searching and inserting takes
 */
record AnnScale(
        int rows,
        int queries,
        int rounds,
        List<Integer> efforts,
        int buildRows,
        int liveRows,
        double seconds,
        double warmUpSeconds,
        double liveSeconds)
        implements Scale<AnnScale> {
    static final AnnScale FULL = new AnnScale(
            Integer.MAX_VALUE,
            Integer.MAX_VALUE,
            5,
            List.of(10, 12, 16, 20, 24, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256),
            30_000,
            40_000,
            0.1,
            4,
            2);

    /** Shows that everything runs; its figures mean nothing. */
    static final AnnScale QUICK = new AnnScale(1500, 100, 2, List.of(10, 40, 160), 600, 300, 0.001, 0.001, 0.05);

    /** A graph of fewer is no graph. */
    private static final int MIN_ROWS = 1000;

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    AnnScale {
        Scale.requireAtLeast(MIN_ROWS, "rows", rows);
        Scale.requireAtLeast(1, "rounds", rounds);
        if (efforts.isEmpty()) {
            throw new IllegalArgumentException("efforts = [], expected at least one");
        }
    }

    @Override
    public AnnScale withRows(int rows) {
        return new AnnScale(rows, queries, rounds, efforts, buildRows, liveRows, seconds, warmUpSeconds, liveSeconds);
    }

    @Override
    public AnnScale withRounds(int rounds) {
        return new AnnScale(rows, queries, rounds, efforts, buildRows, liveRows, seconds, warmUpSeconds, liveSeconds);
    }

    /** The same with other efforts. */
    AnnScale withEfforts(List<Integer> efforts) {
        return new AnnScale(rows, queries, rounds, efforts, buildRows, liveRows, seconds, warmUpSeconds, liveSeconds);
    }
}
