package dev.vicino.advise;

import java.util.Arrays;

/**
 * How long searches took, in microseconds: one query a call, on one thread.
 *
 * @param mean of all
 * @param p50 the time within which half of them were done; so for the others
 * @param max the slowest
 */
public record Latency(double mean, double p50, double p95, double p99, double max) {
    /** Where there is nothing to be asked. */
    static final Latency NONE = new Latency(0, 0, 0, 0, 0);

    /** Of times in microseconds, at least one. */
    static Latency of(double[] micros) {
        double[] sorted = micros.clone();
        Arrays.sort(sorted);
        return new Latency(
                Arrays.stream(sorted).average().orElseThrow(),
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                percentile(sorted, 100));
    }

    /** The nearest rank: the smallest time such that so many in a hundred took no longer. */
    private static double percentile(double[] sorted, int percent) {
        return sorted[Math.ceilDiv(sorted.length * percent, 100) - 1];
    }

    /** Times as many times as long. */
    Latency times(double factor) {
        return new Latency(mean * factor, p50 * factor, p95 * factor, p99 * factor, max * factor);
    }
}
