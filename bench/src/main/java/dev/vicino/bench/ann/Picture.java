package dev.vicino.bench.ann;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Curves as a PNG picture. */
final class Picture {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 800;

    /** Nobody wants less. */
    private static final double LEAST_RECALL = 0.8;

    private static final float OURS_WIDTH = 4;
    private static final float OTHERS_WIDTH = 1.5f;

    private Picture() {}

    /** Recall across, queries a second upwards on a logarithmic scale; ours in thick lines. */
    static byte[] png(String title, List<CurveRow> curves) throws IOException {
        try {
            return ChartEncoder.getBytes(chart(title, curves), "png");
        } catch (LinkageError | InternalError e) {
            throw new IOException("this Java cannot draw, it has no fonts perhaps: " + e, e);
        }
    }

    private static XYChart chart(String title, List<CurveRow> curves) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle("recall")
                .yAxisTitle("queries a second")
                .build();
        chart.getStyler()
                .setYAxisLogarithmic(true)
                .setYAxisLogarithmicDecadeOnly(false)
                .setYAxisDecimalPattern("#,##0")
                .setXAxisMin(LEAST_RECALL)
                .setXAxisMax(1.0)
                .setLegendPosition(LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE);
        curves.forEach(curve -> add(chart, curve));
        return chart;
    }

    private static void add(XYChart chart, CurveRow curve) {
        List<Point> points = new Curve(curve.points())
                .front().stream()
                        .filter(point -> point.recall() >= LEAST_RECALL)
                        .toList();
        if (points.isEmpty()) {
            return; // it would have no place here
        }
        XYSeries series = chart.addSeries(
                curve.name(),
                points.stream().mapToDouble(Point::recall).toArray(),
                points.stream().mapToDouble(Point::qps).toArray());
        series.setLineStyle(new BasicStroke(curve.ours() ? OURS_WIDTH : OTHERS_WIDTH));
    }
}
