package dev.vicino.advise;

import dev.vicino.Goals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out which goals stand in the way, where all together cannot be met. */
final class Obstacles {
    private static final double MICROS_A_SECOND = 1e6;
    private static final double NANOS_A_MICRO = 1e3;

    private final Goals goals;
    private final List<Forecast> forecasts;
    private final int threads;

    private Obstacles(Goals goals, List<Forecast> forecasts, int threads) {
        this.goals = goals;
        this.forecasts = forecasts;
        this.threads = threads;
    }

    /** Every goal without which the others can be met. */
    static List<Obstacle> of(Goals goals, List<Forecast> forecasts, int threads) {
        Obstacles obstacles = new Obstacles(goals, forecasts, threads);
        List<Obstacle> found = new ArrayList<>();
        for (Limit limit : Limit.values()) {
            Optional<Obstacle> obstacle = limit == Limit.RECALL ? obstacles.recall() : obstacles.cheapest(limit);
            obstacle.ifPresent(found::add);
        }
        return found;
    }

    /** What comes nearest to one limit of those that miss nothing else. */
    private Optional<Obstacle> cheapest(Limit limit) {
        return forecasts.stream()
                .filter(of -> Limit.missed(goals, of, threads).equals(EnumSet.of(limit)))
                .min(Comparator.comparingDouble(of -> figure(limit, of)))
                .map(of -> new Obstacle(limit, of.spec().toString(), cost(limit, of)));
    }

    private static double figure(Limit limit, Forecast forecast) {
        return switch (limit) {
            case RECALL -> 0;
            case MEMORY -> forecast.bytesMemory();
            case LATENCY -> forecast.latency().p99();
            case QPS -> forecast.latency().mean();
            case BUILD -> forecast.buildSeconds();
        };
    }

    private String cost(Limit limit, Forecast of) {
        return switch (limit) {
            case RECALL -> "";
            case MEMORY -> Figures.bytes(of.bytesMemory());
            case LATENCY -> Figures.micros(of.latency().p99()) + " for 99 searches in 100";
            case QPS ->
                Figures.text(
                        "%.0f searches a second",
                        threads * MICROS_A_SECOND / of.latency().mean());
            case BUILD -> Figures.micros(of.buildSeconds() * MICROS_A_SECOND) + " to build";
        };
    }

    /** The highest recall that an index which may miss some reaches within the other goals. */
    private Optional<Obstacle> recall() {
        record Reached(Forecast forecast, Interval recall) {}
        return forecasts.stream()
                .filter(of -> !of.spec().isExact())
                .filter(of -> EnumSet.of(Limit.RECALL, Limit.LATENCY, Limit.QPS)
                        .containsAll(Limit.missed(goals, of, threads)))
                .flatMap(of -> within(of).stream().map(recall -> new Reached(of, recall)))
                .max(Comparator.comparingDouble(reached -> reached.recall.low()))
                .map(reached -> new Obstacle(
                        Limit.RECALL,
                        reached.forecast.spec().toString(),
                        "recall " + Figures.recall(reached.recall.low())));
    }

    /** The recall at the highest effort that takes no longer than the goals allow: time grows with effort. */
    private Optional<Interval> within(Forecast forecast) {
        List<OperatingPoint> curve = forecast.last().curve();
        OperatingPoint tuned = forecast.last().tuned();
        int effort = tuned == null ? curve.getLast().effort() : tuned.effort();
        double share = Math.min(1, Math.min(latencyShare(forecast), qpsShare(forecast)));
        return curve.stream()
                .filter(point -> point.effort() <= share * effort)
                .map(OperatingPoint::recall)
                .max(Comparator.comparingDouble(Interval::low));
    }

    private double latencyShare(Forecast forecast) {
        return goals.latency() == null
                ? 1
                : goals.latency().toNanos() / (forecast.latency().p99() * NANOS_A_MICRO);
    }

    private double qpsShare(Forecast forecast) {
        return goals.qps() == 0
                ? 1
                : threads * MICROS_A_SECOND / forecast.latency().mean() / goals.qps();
    }

    /** Why an index was not taken, in a few words. */
    static String missed(Set<Limit> limits) {
        return "misses the "
                + String.join(" and the ", limits.stream().map(Limit::label).toList()) + " asked for";
    }
}
