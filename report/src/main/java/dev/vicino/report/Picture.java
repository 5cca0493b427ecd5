package dev.vicino.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.List;
import org.knowm.xchart.ChartEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Points and lines as a PNG picture. */
public final class Picture {
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 800;
    private static final float EMPHASISED = 4;
    private static final float USUAL = 1.5f;

    private Picture() {}

    /** A picture of series, none of which is empty. */
    public static byte[] png(String title, Axis x, Axis y, List<Series> series) throws IOException {
        try {
            return ChartEncoder.getBytes(chart(title, x, y, series), "png");
        } catch (LinkageError | InternalError e) {
            throw new IOException("this Java cannot draw, it has no fonts perhaps: " + e, e);
        }
    }

    private static XYChart chart(String title, Axis x, Axis y, List<Series> series) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x.title())
                .yAxisTitle(y.title())
                .build();
        chart.getStyler()
                .setYAxisLogarithmic(y.logarithmic())
                .setYAxisLogarithmicDecadeOnly(false)
                .setYAxisDecimalPattern("#,##0.###")
                .setLegendPosition(LegendPosition.OutsideE)
                .setChartBackgroundColor(Color.WHITE);
        if (!Double.isNaN(x.least())) {
            chart.getStyler().setXAxisMin(x.least()).setXAxisMax(x.most());
        }
        series.forEach(one -> add(chart, one));
        return chart;
    }

    private static void add(XYChart chart, Series series) {
        XYSeries added = chart.addSeries(series.name(), series.x(), series.y());
        added.setLineStyle(new BasicStroke(series.emphasised() ? EMPHASISED : USUAL));
    }
}
