package dev.vicino.bench.race;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How many times one figure is another, round by round.
 *
 * @param median of all rounds
 * @param low the smallest of any round
 * @param high the largest
 */
public record Ratio(double median, double low, double high) {
    /** The first by the second, of the same rounds. */
    public static Ratio of(double[] some, double[] others) {
        if (some.length != others.length) {
            throw new IllegalArgumentException("rounds = " + some.length + ", expected " + others.length);
        }
        double[] ratios = IntStream.range(0, some.length)
                .mapToDouble(i -> some[i] / others[i])
                .toArray();
        return new Ratio(
                Median.of(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow());
    }
}
