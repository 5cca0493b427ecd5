package dev.vicino.bench.exact;

import dev.vicino.bench.race.Scale;

/**
 * How much is measured.
 *
 * @param rows the most vectors of a data set that are used
 * @param rounds turns of everybody; the medians are over these
 * @param batch queries in a large batch
 * @param smallBatch queries in a small one
 * @param seconds about what the slowest takes in a turn of single queries; half of it is the least for anybody
 * @param warmUpSeconds how long code that is compiled while it runs is run before the first turn
 */
record ExactScale(int rows, int rounds, int batch, int smallBatch, double seconds, double warmUpSeconds)
        implements Scale<ExactScale> {
    static final ExactScale FULL = new ExactScale(Integer.MAX_VALUE, 5, 1000, 100, 0.5, 1.5);

    /** Shows that everything runs; its figures mean nothing. */
    static final ExactScale QUICK = new ExactScale(2000, 2, 64, 16, 0.01, 0.01);

    /** As many as the most neighbours that are looked for. */
    private static final int MIN_ROWS = 100;

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    ExactScale {
        Scale.requireAtLeast(MIN_ROWS, "rows", rows);
        Scale.requireAtLeast(1, "rounds", rounds);
        Scale.requireAtLeast(1, "batch", batch);
        Scale.requireAtLeast(1, "smallBatch", smallBatch);
        if (!(seconds > 0) || !(warmUpSeconds > 0)) {
            throw new IllegalArgumentException(
                    "seconds = " + seconds + ", warmUpSeconds = " + warmUpSeconds + ", expected both above 0");
        }
    }

    @Override
    public ExactScale withRows(int rows) {
        return new ExactScale(rows, rounds, batch, smallBatch, seconds, warmUpSeconds);
    }

    @Override
    public ExactScale withRounds(int rounds) {
        return new ExactScale(rows, rounds, batch, smallBatch, seconds, warmUpSeconds);
    }
}
