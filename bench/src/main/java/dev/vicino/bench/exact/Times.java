package dev.vicino.bench.exact;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What one contestant took in a race.
 *
 * @param call what it was asked for in each turn
 * @param secondsAQuery one figure a round
 */
public record Times(Contestant contestant, Call call, double[] secondsAQuery) {
    /** Seconds a query, the median of all rounds. */
    double median() {
        return median(secondsAQuery);
    }

    /** How many times longer these took than {@code ours}, round by round: above 1, ours was faster. */
    double[] ratios(Times ours) {
        if (ours.secondsAQuery.length != secondsAQuery.length) {
            throw new IllegalArgumentException(
                    "rounds = " + ours.secondsAQuery.length + ", expected " + secondsAQuery.length);
        }
        return IntStream.range(0, secondsAQuery.length)
                .mapToDouble(i -> secondsAQuery[i] / ours.secondsAQuery[i])
                .toArray();
    }

    /** The middle one, or the mean of the two in the middle. */
    public static double median(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values.length = 0, expected at least 1");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
