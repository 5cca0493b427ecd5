package dev.vicino.bench.race;

/**
 * How much is measured.
 *
 * @param <S> what it is in full
 */
public interface Scale<S extends Scale<S>> {
    /** The same with no more vectors of a data set than these. */
    S withRows(int rows);

    /** The same with so many turns of everybody; medians are over these. */
    S withRounds(int rounds);

    /** @throws IllegalArgumentException naming the value that is less than the least allowed */
    static void requireAtLeast(int least, String name, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " = " + value + ", expected at least " + least);
        }
    }
}
