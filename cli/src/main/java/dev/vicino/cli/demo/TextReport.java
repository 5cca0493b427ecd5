package dev.vicino.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The report for a person: plain text, at most {@value #COLUMNS} columns wide. */
final class TextReport {
    static final int COLUMNS = 100;

    private static final String UNDER_LABEL = " ".repeat(10);
    private static final String UNDER_SCORE = " ".repeat(12);

    private final List<String> lines = new ArrayList<>();

    private TextReport() {}

    /** The report, the last line not ended. */
    static String of(Report report) {
        var text = new TextReport();
        text.head(report);
        report.answers().forEach(text::answer);
        return String.join(System.lineSeparator(), text.lines);
    }

    private void head(Report report) {
        report.notes().forEach(note -> add("", "", note));
        field("Texts", "%s: %s".formatted(report.title(), count(report.texts())));
        field("Work", work(report));
        field("Search", "%s (%s): %s".formatted(report.regime(), report.kernels(), report.reason()));
        field("Kept in", report.folder());
    }

    private static String work(Report report) {
        String steps = report.seconds().entrySet().stream()
                .map(step -> step.getKey() + " " + seconds(step.getValue()))
                .collect(Collectors.joining(", "));
        return report.cached() ? steps + "; an earlier run did the rest" : steps;
    }

    private void answer(Answer answer) {
        lines.add("");
        add("", "", answer.question());
        for (Answer.Hit hit : answer.hits()) {
            String rank = "%3d  %.3f  ".formatted(hit.rank(), hit.score());
            add(rank, UNDER_SCORE, hit.source());
            add(UNDER_SCORE, UNDER_SCORE, hit.text());
        }
        add(
                UNDER_SCORE,
                UNDER_SCORE,
                "%s to embed the question, %s to search"
                        .formatted(milliseconds(answer.embedUs()), milliseconds(answer.searchUs())));
    }

    private void field(String label, String text) {
        add("%-10s".formatted(label), UNDER_LABEL, text);
    }

    /** Adds a text behind a first indent, and as many further lines behind another as it takes. */
    private void add(String first, String further, String text) {
        String indent = first;
        for (String line : Wrap.lines(text, COLUMNS - Math.max(first.length(), further.length()))) {
            lines.add(indent + line);
            indent = further;
        }
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, seconds < 1 ? "%.2f s" : "%.1f s", seconds);
    }

    private static String milliseconds(long microseconds) {
        return String.format(Locale.ROOT, microseconds < 1000 ? "%.2f ms" : "%.1f ms", microseconds / 1000.0);
    }
}
