package dev.vicino.bench.race;

import java.util.Arrays;

/** The middle of some figures. */
public final class Median {
    private Median() {}

    /** The middle one, or the mean of the two in the middle; values are at least one. */
    public static double of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values.length = 0, expected at least 1");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
