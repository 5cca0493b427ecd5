package dev.vicino.bench.ann;

/**
 * What a figure was promised to be.
 *
 * @param bound the least, or the most
 * @param atMost whether it is the most
 */
record Asked(double bound, boolean atMost) {
    static Asked atLeast(double bound) {
        return new Asked(bound, false);
    }

    static Asked atMost(double bound) {
        return new Asked(bound, true);
    }

    boolean isReachedBy(double figure) {
        return atMost ? figure <= bound : figure >= bound;
    }
}
