package dev.vicino.bench.race;

/**
 * What a figure was promised to be.
 *
 * @param bound the least, or the most
 * @param atMost whether it is the most
 */
public record Asked(double bound, boolean atMost) {
    /** This or more. */
    public static Asked atLeast(double bound) {
        return new Asked(bound, false);
    }

    /** This or less. */
    public static Asked atMost(double bound) {
        return new Asked(bound, true);
    }

    /** Whether a figure keeps the promise. */
    public boolean isReachedBy(double figure) {
        return atMost ? figure <= bound : figure >= bound;
    }
}
