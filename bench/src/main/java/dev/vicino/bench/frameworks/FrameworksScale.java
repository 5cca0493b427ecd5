package dev.vicino.bench.frameworks;

import dev.vicino.bench.race.Scale;

/**
 * How much is measured.
 *
 * @param rows the most documents
 * @param queries of a turn of ours
 * @param peerQueries of a turn of a peer, the first of ours
 * @param rounds turns of everybody
 */
record FrameworksScale(int rows, int queries, int peerQueries, int rounds) implements Scale<FrameworksScale> {
    static final FrameworksScale FULL = new FrameworksScale(100_000, 500, 20, 5);

    /** Shows that everything runs, the graph too; its figures mean nothing. */
    static final FrameworksScale QUICK = new FrameworksScale(12_000, 50, 5, 1);

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    FrameworksScale {
        Scale.requireAtLeast(1, "rows", rows);
        Scale.requireAtLeast(1, "rounds", rounds);
    }

    @Override
    public FrameworksScale withRows(int rows) {
        return new FrameworksScale(rows, queries, peerQueries, rounds);
    }

    @Override
    public FrameworksScale withRounds(int rounds) {
        return new FrameworksScale(rows, queries, peerQueries, rounds);
    }
}
