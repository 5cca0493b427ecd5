package dev.vicino.bench.ann;

import dev.vicino.bench.race.Median;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What an index gave in a race: every effort in every round.
 *
 * @param efforts that were tried
 * @param recalls of each effort
 * @param qps rounds × efforts
 */
record Sweep(String name, int[] efforts, double[] recalls, double[][] qps) {
    /** What one round gave. */
    Curve curve(int round) {
        return curve(qps[round]);
    }

    /** The medians of all rounds. */
    Curve median() {
        return curve(IntStream.range(0, efforts.length)
                .mapToDouble(effort -> Median.of(IntStream.range(0, qps.length)
                        .mapToDouble(round -> qps[round][effort])
                        .toArray()))
                .toArray());
    }

    /** Queries a second at a recall, of every round; empty where that recall is not reached. */
    double[] qpsAt(double recall) {
        double[] all = IntStream.range(0, qps.length)
                .mapToObj(round -> curve(round).qpsAt(recall))
                .filter(OptionalDouble::isPresent)
                .mapToDouble(OptionalDouble::getAsDouble)
                .toArray();
        return all.length == qps.length ? all : new double[0];
    }

    private Curve curve(double[] speeds) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < efforts.length; i++) {
            points.add(new Point(efforts[i], recalls[i], speeds[i]));
        }
        return new Curve(points);
    }
}
