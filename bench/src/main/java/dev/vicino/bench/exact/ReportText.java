package dev.vicino.bench.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A {@link Report} for people: what was measured on, and a table. */
final class ReportText {
    private static final double MIB = 1 << 20;
    private static final String NOTHING = "-";
    private static final String[] HEAD = {
        "work",
        "data",
        "batch",
        "k",
        "ours",
        "a query",
        "against",
        "a query",
        "ratio",
        "of all rounds",
        "mismatches",
        "of the machine"
    };

    private ReportText() {}

    static String of(Report report) {
        List<String> lines = new ArrayList<>();
        lines.add("Vicino (%s) on Java %s, %d cores; %s"
                .formatted(report.kernels(), report.java(), report.cores(), report.peers()));
        lines.add("rounds: %d, taking turns; %s".formatted(report.rounds(), report.affinity()));
        report.pages().forEach(pages -> lines.add(line(pages)));
        if (!report.pages().isEmpty()) {
            lines.add("(ours by madvise, of rows and codes; FAISS by glibc.malloc.hugetlb=1, of all anonymous memory)");
        }
        lines.addAll(report.remarks());
        lines.add("");
        if (!report.rows().isEmpty()) {
            lines.addAll(table(report.rows()));
            lines.add("ratio: their time by ours, the median of all rounds; above 1, ours is faster");
            lines.add(
                    "of the machine: what it would take of our time to sum, by the Vector API, as many floats in memory"
                            + " allocated alike (GB/s), or to do as many multiply-adds in registers (GFLOP/s)");
        }
        report.memory().forEach(row -> lines.add(line(row)));
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(Pages pages) {
        return text(
                "large pages, %s, %s: %.0f of %.0f MiB",
                pages.data(), pages.process(), pages.largePageBytes() / MIB, pages.bytes() / MIB);
    }

    static String line(MemoryRow row) {
        String title = text("memory, %s %d × %d: ", row.data(), row.vectors(), row.dimension());
        String grown = text("%.1f MiB above the file", row.grownBytes() / MIB);
        return row.ratio() == null
                ? title + grown + " and no codes"
                : title + grown + text(" for %.1f MiB of codes, ratio %.2f", row.codeBytes() / MIB, row.ratio());
    }

    private static List<String> table(List<Row> rows) {
        List<String[]> cells = new ArrayList<>();
        cells.add(HEAD);
        rows.forEach(row -> cells.add(cells(row)));
        int[] widths = IntStream.range(0, HEAD.length)
                .map(column -> cells.stream()
                        .mapToInt(line -> line[column].length())
                        .max()
                        .orElse(0))
                .toArray();
        return cells.stream().map(line -> padded(line, widths)).toList();
    }

    private static String padded(String[] cells, int[] widths) {
        return IntStream.range(0, cells.length)
                .mapToObj(i -> cells[i] + " ".repeat(widths[i] - cells[i].length()))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    /** The row in a line, for reading along. */
    static String line(Row row) {
        Row.Against against = row.against();
        String beside = against == null
                ? ""
                : text(", ratio %.2f to %s, %d mismatches", against.ratio(), against.name(), against.mismatches());
        return text("%s, batch %d, k %d: %s", row.work(), row.batch(), row.k(), time(row.oursUs())) + beside;
    }

    private static String[] cells(Row row) {
        Row.Against against = row.against();
        return new String[] {
            row.work(),
            text("%s %d × %d", row.data(), row.vectors(), row.dimension()),
            String.valueOf(row.batch()),
            String.valueOf(row.k()),
            row.ours(),
            time(row.oursUs()),
            against == null ? NOTHING : against.name(),
            against == null ? NOTHING : time(against.us()),
            against == null ? NOTHING : text("%.2f", against.ratio()),
            against == null ? NOTHING : text("%.2f–%.2f", against.ratioLow(), against.ratioHigh()),
            against == null ? NOTHING : String.valueOf(against.mismatches()),
            row.ceiling() == null ? NOTHING : share(row.ceiling())
        };
    }

    private static String share(Row.Limit limit) {
        return text("%.0f %% of %.1f %s", 100 * limit.share(), limit.rate(), limit.unit());
    }

    private static String time(double micros) {
        return micros < 1000 ? text("%.1f µs", micros) : text("%.2f ms", micros / 1000);
    }

    @SuppressWarnings("AnnotateFormatMethod") // with an annotation of a library that nothing else here needs
    private static String text(String format, Object... arguments) {
        return String.format(Locale.ROOT, format, arguments);
    }
}
