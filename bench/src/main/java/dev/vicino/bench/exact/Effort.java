package dev.vicino.bench.exact;

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
record Effort(int rows, int rounds, int batch, int smallBatch, double seconds, double warmUpSeconds) {
    static final Effort FULL = new Effort(Integer.MAX_VALUE, 5, 1000, 100, 0.5, 1.5);

    /** Shows that everything runs; its figures mean nothing. */
    static final Effort QUICK = new Effort(2000, 2, 64, 16, 0.01, 0.01);

    /** As many as the most neighbours that are looked for. */
    private static final int MIN_ROWS = 100;

    /** @throws IllegalArgumentException naming the field, its value and the range allowed */
    Effort {
        requireAtLeast(MIN_ROWS, "rows", rows);
        requireAtLeast(1, "rounds", rounds);
        requireAtLeast(1, "batch", batch);
        requireAtLeast(1, "smallBatch", smallBatch);
        if (!(seconds > 0) || !(warmUpSeconds > 0)) {
            throw new IllegalArgumentException(
                    "seconds = " + seconds + ", warmUpSeconds = " + warmUpSeconds + ", expected both above 0");
        }
    }

    Effort withRows(int rows) {
        return new Effort(rows, rounds, batch, smallBatch, seconds, warmUpSeconds);
    }

    Effort withRounds(int rounds) {
        return new Effort(rows, rounds, batch, smallBatch, seconds, warmUpSeconds);
    }

    private static void requireAtLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " = " + value + ", expected at least " + least);
        }
    }
}
