package dev.vicino.bench.ann;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.io.AtomicFile;
import dev.vicino.report.Page;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The curves of a report as files. */
final class Charts {
    /** Of both files, without their endings. */
    static final String NAME = "ann";

    private static final String TEMPLATE = "ann.html";

    private Charts() {}

    /**
     * Writes recall against queries a second as a picture and as a page that can be looked at more closely.
     *
     * @return the names of the files
     */
    static List<String> write(AnnReport report, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path picture = folder.resolve(NAME + ".png");
        Path page = folder.resolve(NAME + ".html");
        write(picture, CurvePicture.png(title(report), report.curves()));
        write(page, Page.html(Charts.class, TEMPLATE, content(report)).getBytes(StandardCharsets.UTF_8));
        return List.of(picture.toString(), page.toString());
    }

    /** What the page draws: recall across, queries a second upwards on a logarithmic scale, and a table. */
    private record Content(String title, String subtitle, List<String> recalls, List<CurveRow> curves) {}

    private static Content content(AnnReport report) {
        List<String> recalls = CurveRow.RECALLS.stream().map(CurveRow::label).toList();
        return new Content(title(report), subtitle(report), recalls, report.curves());
    }

    private static String title(AnnReport report) {
        return text("%s, %,d × %d, k = %d", report.data(), report.vectors(), report.dimension(), report.k());
    }

    private static String subtitle(AnnReport report) {
        return text(
                "one thread, one query a call; medians of %d rounds, taking turns; %s",
                report.conditions().rounds(), report.conditions().title());
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
