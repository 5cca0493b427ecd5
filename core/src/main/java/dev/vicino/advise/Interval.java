package dev.vicino.advise;

import java.util.Arrays;

/**
 * A mean recall and where it lies for queries of the same kind.
 *
 * <p>The interval is Wilson's for a share, with the number of independent trials that the spread of the queries is worth: p(1−p)/s²
 * times as many as there are queries, for the neighbours of one query are found or missed together (the design effect of Korn and
 * Graubard, 1998). Each query is worth one trial at least and k at most. Unlike the mean and its standard error it does not collapse
 * when every neighbour was found.
 *
 * @param mean of the recalls of the queries
 * @param low lower end
 * @param high upper end
 * @param queries how many were asked
 */
public record Interval(double mean, double low, double high, int queries) {
    /** The share of 0.95 of a normal distribution lies within so many standard deviations. */
    static final double Z95 = 1.96;

    /** Of an index that cannot miss. */
    static Interval exact(int queries) {
        return new Interval(1, 1, 1, queries);
    }

    /**
     * Of the recalls of some queries, at 0.95.
     *
     * @param recalls 0 … 1 each, at least one
     * @param k neighbours of a query
     */
    public static Interval of(double[] recalls, int k) {
        return of(recalls, k, Z95);
    }

    /** As {@link #of(double[], int)}, at the share that lies within z standard deviations. */
    static Interval of(double[] recalls, int k, double z) {
        int m = recalls.length;
        if (m == 0) {
            throw new IllegalArgumentException("recalls.length = 0, expected at least 1");
        }
        double mean = Arrays.stream(recalls).average().orElseThrow();
        double trials = m * worth(recalls, mean, k);
        double middle = (mean + z * z / (2 * trials)) / (1 + z * z / trials);
        double half = z / (1 + z * z / trials) * Math.sqrt(mean * (1 - mean) / trials + z * z / (4 * trials * trials));
        return new Interval(mean, Math.clamp(middle - half, 0, mean), Math.clamp(middle + half, mean, 1), m);
    }

    /** Independent trials a query. */
    private static double worth(double[] recalls, double mean, int k) {
        double square = Arrays.stream(recalls).map(r -> (r - mean) * (r - mean)).sum();
        double variance = recalls.length < 2 ? 0 : square / (recalls.length - 1);
        double binomial = mean * (1 - mean);
        if (binomial <= 0) {
            return 1;
        }
        return variance <= 0 ? k : Math.clamp(binomial / variance, 1, k);
    }
}
