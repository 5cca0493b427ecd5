package dev.vicino.report;

import dev.vicino.advise.Advice;
import dev.vicino.advise.Alternative;
import dev.vicino.advise.Interval;
import dev.vicino.advise.Latency;
import dev.vicino.advise.TimedPoint;
import dev.vicino.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Advice as one HTML page that needs nothing beside it, and as a picture: recall against latency and against memory, the choice and what
 * else there was, why, and how to have the same again.
 */
public final class AdviceReport {
    private static final String TEMPLATE = "advice.html";
    private static final String HTML = ".html";

    private AdviceReport() {}

    /** What the page shows. */
    private record Content(
            String title,
            String goals,
            String regime,
            String reason,
            List<String> remarks,
            Choice choice,
            List<Alternative> alternatives,
            List<TimedPoint> curve,
            Map<String, Double> seconds,
            String java,
            String command) {}

    /** Of the choice, as an {@link Alternative} has it of the others. */
    private record Choice(
            String spec,
            Interval recall,
            double recallUnder80,
            Latency latencyUs,
            long bytesMemory,
            double buildSeconds) {}

    /**
     * Writes the page, and the picture beside it under the same name with another ending.
     *
     * @param target ends in {@code .html}
     * @return the files
     * @throws IllegalArgumentException for another ending
     */
    public static List<Path> write(Advice advice, Path target) throws IOException {
        Path picture = picture(target);
        write(target, html(advice).getBytes(StandardCharsets.UTF_8));
        write(picture, png(advice));
        return List.of(target, picture);
    }

    /**
     * Where the picture of a page goes.
     *
     * @throws IllegalArgumentException for a name that does not end in {@code .html}
     */
    public static Path picture(Path target) {
        String name = String.valueOf(target.getFileName());
        if (!name.endsWith(HTML)) {
            throw new IllegalArgumentException("report = " + target + ", expected a name that ends in " + HTML);
        }
        return target.resolveSibling(name.substring(0, name.length() - HTML.length()) + ".png");
    }

    static String html(Advice advice) throws IOException {
        Choice choice = new Choice(
                advice.spec(),
                advice.recall(),
                advice.recallUnder80(),
                advice.latencyUs(),
                advice.bytesMemory(),
                advice.buildSeconds());
        Content content = new Content(
                title(advice),
                advice.goals().toString(),
                advice.regime().reason(),
                advice.reason(),
                advice.data().remarks(),
                choice,
                advice.alternatives(),
                advice.curve(),
                advice.seconds(),
                advice.java(),
                advice.command());
        return Page.html(AdviceReport.class, TEMPLATE, content);
    }

    static byte[] png(Advice advice) throws IOException {
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                advice.spec(),
                true,
                advice.curve().stream()
                        .mapToDouble(point -> point.recall().mean())
                        .toArray(),
                advice.curve().stream()
                        .mapToDouble(point -> point.latencyUs().mean())
                        .toArray()));
        for (Alternative other : advice.alternatives()) {
            Interval recall = other.recall();
            if (recall != null) {
                series.add(point(other, recall));
            }
        }
        return Picture.png(title(advice), new Axis("recall", false), new Axis("microseconds a search", true), series);
    }

    private static Series point(Alternative other, Interval recall) {
        return new Series(other.spec(), false, new double[] {recall.mean()}, new double[] {
            other.latencyUs().mean()
        });
    }

    private static String title(Advice advice) {
        return String.format(
                Locale.ROOT,
                "%,d vectors of dimension %,d, %s",
                advice.data().vectors(),
                advice.data().dimension(),
                advice.data().metric().label());
    }

    private static void write(Path target, byte[] bytes) throws IOException {
        try (AtomicFile file = AtomicFile.create(target)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                file.channel().write(left);
            }
            file.commit();
        }
    }
}
