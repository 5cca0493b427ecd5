package dev.vicino.advise;

import dev.vicino.Goals;
import java.util.EnumSet;
import java.util.Set;

/** The goals that can stand in each other's way. */
public enum Limit {
    RECALL("recall"),
    MEMORY("memory"),
    LATENCY("latency"),
    QPS("throughput"),
    BUILD("build time");

    private static final double MICROS_A_SECOND = 1e6;
    private static final double NANOS_A_MICRO = 1e3;
    private static final double NANOS_A_SECOND = 1e9;

    private final String label;

    Limit(String label) {
        this.label = label;
    }

    /** As a sentence calls it. */
    public String label() {
        return label;
    }

    /** The goals that an index misses. */
    static Set<Limit> missed(
            Goals goals, boolean reachesRecall, Latency latency, long bytesMemory, double buildSeconds, int threads) {
        Set<Limit> missed = EnumSet.noneOf(Limit.class);
        if (!reachesRecall) {
            missed.add(RECALL);
        }
        if (bytesMemory > goals.memory()) {
            missed.add(MEMORY);
        }
        if (goals.latency() != null
                && latency.p99() * NANOS_A_MICRO > goals.latency().toNanos()) {
            missed.add(LATENCY);
        }
        if (threads * MICROS_A_SECOND / latency.mean() < goals.qps()) {
            missed.add(QPS);
        }
        if (goals.buildTime() != null
                && buildSeconds * NANOS_A_SECOND > goals.buildTime().toNanos()) {
            missed.add(BUILD);
        }
        return missed;
    }

    static Set<Limit> missed(Goals goals, Forecast forecast, int threads) {
        return missed(
                goals,
                forecast.reachesRecall(),
                forecast.latency(),
                forecast.bytesMemory(),
                forecast.buildSeconds(),
                threads);
    }
}
