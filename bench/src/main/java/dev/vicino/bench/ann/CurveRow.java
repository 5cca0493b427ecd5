package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an index gave in the race, the medians of all rounds.
 *
 * @param name of the index
 * @param ours whether it is one of ours
 * @param qpsAt queries a second by recall; null where that recall is not reached
 * @param points every effort
 */
record CurveRow(String name, boolean ours, Map<String, @Nullable Double> qpsAt, List<Point> points) {
    /** Recalls that are looked at. */
    static final List<Double> RECALLS = List.of(0.90, 0.95, 0.98, 0.99);

    static CurveRow of(Sweep sweep, boolean ours) {
        Curve median = sweep.median();
        Map<String, @Nullable Double> qpsAt = new LinkedHashMap<>();
        for (double recall : RECALLS) {
            var qps = median.qpsAt(recall);
            qpsAt.put(label(recall), qps.isPresent() ? qps.getAsDouble() : null);
        }
        return new CurveRow(sweep.name(), ours, qpsAt, median.points());
    }

    /** A recall as tables have it: {@code 0.95}. */
    static String label(double recall) {
        return text("%.2f", recall);
    }
}
