package dev.vicino.store.search;

import dev.vicino.store.point.PointId;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How several rankings become one. */
public enum Fusion {
    /** Reciprocal rank: 1 / (2 + rank), ranks from 0, summed over the rankings. */
    RRF {
        @Override
        double[] weights(List<ScoredPoint> ranking, boolean higherIsNearer) {
            double[] weights = new double[ranking.size()];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = 1.0 / (RANK_OFFSET + i);
            }
            return weights;
        }
    },

    /** Distribution-based: scores from three standard deviations below their mean to three above become 0 … 1, and are summed. */
    DBSF {
        @Override
        double[] weights(List<ScoredPoint> ranking, boolean higherIsNearer) {
            double sign = higherIsNearer ? 1 : -1;
            double mean =
                    ranking.stream().mapToDouble(ScoredPoint::score).average().orElse(0);
            double variance = ranking.stream()
                    .mapToDouble(point -> Math.pow(point.score() - mean, 2))
                    .average()
                    .orElse(0);
            double deviation = Math.sqrt(variance);
            return ranking.stream()
                    .mapToDouble(point -> deviation == 0
                            ? 0.5
                            : Math.clamp(0.5 + sign * (point.score() - mean) / (6 * deviation), 0, 1))
                    .toArray();
        }
    };

    private static final int RANK_OFFSET = 2;

    /** What each point of a ranking is worth. */
    abstract double[] weights(List<ScoredPoint> ranking, boolean higherIsNearer);

    /** A ranking, best first. */
    record Ranking(List<ScoredPoint> points, boolean higherIsNearer) {}

    /** All points of some rankings, best first, ties by id. */
    List<ScoredPoint> fuse(List<Ranking> rankings) {
        Map<PointId, Double> sums = new HashMap<>();
        Map<PointId, ScoredPoint> points = new HashMap<>();
        for (Ranking ranking : rankings) {
            double[] weights = weights(ranking.points, ranking.higherIsNearer);
            for (int i = 0; i < weights.length; i++) {
                ScoredPoint point = ranking.points.get(i);
                sums.merge(point.id(), weights[i], Double::sum);
                points.putIfAbsent(point.id(), point);
            }
        }
        return points.values().stream()
                .map(point -> point.withScore(sums.getOrDefault(point.id(), 0.0).floatValue()))
                .sorted(Comparator.comparingDouble(ScoredPoint::score)
                        .reversed()
                        .thenComparing(ScoredPoint::id))
                .toList();
    }
}
