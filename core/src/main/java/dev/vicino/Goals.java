package dev.vicino;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an index shall reach, for the advisor to find one that does. What is left open is optimised: first the latency of a search, then
 * memory, then the time of the build.
 *
 * <p>{@link #toString} gives what stands between the brackets of {@code Auto(…)}.
 *
 * @param recall the least mean recall@k; above 0, at most 1
 * @param k neighbours of which that share shall be found; at least 1
 * @param memory the most bytes that the index may take; {@link #ANY_MEMORY} for no limit
 * @param latency the longest time of a search on one thread, of 99 searches in 100; null for no limit
 * @param qps the least number of searches a second, on all threads together; 0 for no limit
 * @param buildTime the longest time of the build; null for no limit
 */
public record Goals(
        double recall,
        int k,
        long memory,
        @Nullable Duration latency,
        double qps,
        @Nullable Duration buildTime) {
    public static final long ANY_MEMORY = Long.MAX_VALUE;
    public static final double DEFAULT_RECALL = 0.95;
    public static final int DEFAULT_K = 10;

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and the range allowed
     */
    public Goals {
        if (!(recall > 0 && recall <= 1)) {
            throw new IllegalArgumentException("recall = " + recall + ", expected above 0 and at most 1");
        }
        Arguments.checkPositive("k", k);
        if (memory < 1) {
            throw new IllegalArgumentException("memory = " + memory + ", expected at least 1 byte");
        }
        checkPositive("latency", latency);
        if (!(qps >= 0 && qps < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("qps = " + qps + ", expected 0 or more");
        }
        checkPositive("buildTime", buildTime);
    }

    private static void checkPositive(String name, @Nullable Duration time) {
        if (time != null && !time.isPositive()) {
            throw new IllegalArgumentException(name + " = " + time + ", expected more than 0");
        }
    }

    /** A recall, and no other limit. */
    public static Goals recall(double recall, int k) {
        return new Goals(recall, k, ANY_MEMORY, null, 0, null);
    }

    /** These goals with another recall. */
    public Goals withRecall(double recall, int k) {
        return new Goals(recall, k, memory, latency, qps, buildTime);
    }

    /** These goals with another limit of bytes. */
    public Goals withMemory(long memory) {
        return new Goals(recall, k, memory, latency, qps, buildTime);
    }

    /** These goals with another limit of the latency; null for none. */
    public Goals withLatency(@Nullable Duration latency) {
        return new Goals(recall, k, memory, latency, qps, buildTime);
    }

    /** These goals with another least number of searches a second; 0 for none. */
    public Goals withQps(double qps) {
        return new Goals(recall, k, memory, latency, qps, buildTime);
    }

    /** These goals with another limit of the time of the build; null for none. */
    public Goals withBuildTime(@Nullable Duration buildTime) {
        return new Goals(recall, k, memory, latency, qps, buildTime);
    }

    @Override
    public String toString() {
        return GoalWords.text(this);
    }
}
