package dev.vicino.bench.ann;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/** What an index gives at several settings. */
record Curve(List<Point> points) {
    /** A recall of 1 is taken for a miss of this share: half a neighbour of the 10,000 that a run looks for. */
    private static final double LEAST_MISS = 5e-5;

    /** The points that no other beats in both recall and speed, by rising recall. */
    List<Point> front() {
        List<Point> front = new ArrayList<>();
        List<Point> fastestFirst = points.stream()
                .sorted(Comparator.comparingDouble(Point::qps)
                        .thenComparingDouble(Point::recall)
                        .reversed())
                .toList();
        for (Point point : fastestFirst) {
            if (front.isEmpty() || point.recall() > front.getLast().recall()) {
                front.add(point);
            }
        }
        return front;
    }

    /**
     * Queries a second at a recall: along the front, the logarithm of speed is a straight line over the logarithm of what is missed. Below
     * the first point it is that point's, which may be too little; empty above the last.
     */
    OptionalDouble qpsAt(double recall) {
        Point before = null;
        for (Point point : front()) {
            if (point.recall() >= recall) {
                return OptionalDouble.of(
                        before == null || point.recall() == recall ? point.qps() : between(before, point, recall));
            }
            before = point;
        }
        return OptionalDouble.empty();
    }

    private static double between(Point low, Point high, double recall) {
        double share = (miss(low.recall()) - miss(recall)) / (miss(low.recall()) - miss(high.recall()));
        return Math.exp((1 - share) * Math.log(low.qps()) + share * Math.log(high.qps()));
    }

    private static double miss(double recall) {
        return Math.log(Math.max(1 - recall, LEAST_MISS));
    }
}
