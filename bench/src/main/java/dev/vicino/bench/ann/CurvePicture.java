package dev.vicino.bench.ann;

import dev.vicino.report.Axis;
import dev.vicino.report.Picture;
import dev.vicino.report.Series;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Curves as a PNG picture. */
final class CurvePicture {
    /** Nobody wants less. */
    private static final double LEAST_RECALL = 0.8;

    private CurvePicture() {}

    /** Recall across, queries a second upwards on a logarithmic scale; ours in thick lines. */
    static byte[] png(String title, List<CurveRow> curves) throws IOException {
        List<Series> series = new ArrayList<>();
        for (CurveRow curve : curves) {
            List<Point> points = new Curve(curve.points())
                    .front().stream()
                            .filter(point -> point.recall() >= LEAST_RECALL)
                            .toList();
            if (!points.isEmpty()) { // otherwise it would have no place here
                series.add(series(curve, points));
            }
        }
        Axis recall = new Axis("recall", false, LEAST_RECALL, 1);
        return Picture.png(title, recall, new Axis("queries a second", true), series);
    }

    private static Series series(CurveRow curve, List<Point> points) {
        return new Series(
                curve.name(),
                curve.ours(),
                points.stream().mapToDouble(Point::recall).toArray(),
                points.stream().mapToDouble(Point::qps).toArray());
    }
}
