package dev.vicino.bench.exact;

import dev.vicino.bench.race.Median;

/**
 * What one contestant took in a race.
 *
 * @param call what it was asked for in each turn
 * @param secondsAQuery one figure a round
 */
record Times(Contestant contestant, Call call, double[] secondsAQuery) {
    /** Seconds a query, the median of all rounds. */
    double median() {
        return Median.of(secondsAQuery);
    }
}
