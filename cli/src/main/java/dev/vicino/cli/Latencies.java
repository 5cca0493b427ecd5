package dev.vicino.cli;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * How long calls took, in microseconds.
 *
 * @param mean of all calls
 * @param p50 the time within which half of the calls were done, as it was measured; so for the others
 * @param max the slowest call
 */
record Latencies(double mean, double p50, double p95, double p99, double max) {
    private static final double NANOS_A_MICRO = 1e3;

    /** @param nanos times of the calls, at least one */
    static Latencies of(long[] nanos) {
        if (nanos.length == 0) {
            throw new IllegalArgumentException("nanos.length = 0, expected at least 1");
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(
                LongStream.of(sorted).sum() / NANOS_A_MICRO / sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 95),
                percentile(sorted, 99),
                percentile(sorted, 100));
    }

    /** The nearest rank: the smallest time such that so many in a hundred calls took no longer. */
    private static double percentile(long[] sorted, int percent) {
        long rank = Math.ceilDiv((long) sorted.length * percent, 100L);
        return sorted[(int) rank - 1] / NANOS_A_MICRO;
    }
}
