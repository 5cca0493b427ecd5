package dev.vicino.bench.exact;

import static dev.vicino.bench.race.Table.NOTHING;
import static dev.vicino.bench.race.Text.text;

import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.Table;
import java.util.ArrayList;
import java.util.List;

/** A {@link ExactReport} for people: what was measured on, and a table. */
final class ExactText {
    private static final double MIB = 1 << 20;
    private static final List<String> HEAD = List.of(
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
            "of the machine");

    private static final String MACHINE =
            "of the machine: what it would take of our time to sum, by the Vector API, as many floats in memory"
                    + " allocated alike (GB/s), or to do as many multiply-adds in registers (GFLOP/s)";

    private ExactText() {}

    static String of(ExactReport report) {
        return of(report, MACHINE);
    }

    /** @param machine what is said of the last column */
    static String of(ExactReport report, String machine) {
        List<String> lines = new ArrayList<>();
        Conditions of = report.conditions();
        lines.add("%s, %d cores; %s".formatted(of.title(), of.cores(), report.peers()));
        lines.add("rounds: %d, taking turns; %s".formatted(of.rounds(), of.affinity()));
        report.pages().forEach(pages -> lines.add(line(pages)));
        if (!report.pages().isEmpty()) {
            lines.add("(ours by madvise, of rows and codes; FAISS by glibc.malloc.hugetlb=1, of all anonymous memory)");
        }
        lines.addAll(report.remarks());
        lines.add("");
        if (!report.rows().isEmpty()) {
            lines.addAll(Table.lines(HEAD, report.rows().stream().map(ExactText::cells)));
            lines.add("ratio: their time by ours, the median of all rounds; above 1, ours is faster");
            lines.add(machine);
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

    /** The row in a line, for reading along. */
    static String line(TimeRow row) {
        TimeRow.Against against = row.against();
        String beside = against == null
                ? ""
                : text(", ratio %.2f to %s, %d mismatches", against.ratio(), against.name(), against.mismatches());
        return text("%s, batch %d, k %d: %s", row.work(), row.batch(), row.k(), time(row.oursUs())) + beside;
    }

    private static List<String> cells(TimeRow row) {
        TimeRow.Against against = row.against();
        return List.of(
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
                row.ceiling() == null ? NOTHING : share(row.ceiling()));
    }

    private static String share(TimeRow.Limit limit) {
        return text("%.0f %% of %.1f %s", 100 * limit.share(), limit.rate(), limit.unit());
    }

    private static String time(double micros) {
        return micros < 1000 ? text("%.1f µs", micros) : text("%.2f ms", micros / 1000);
    }
}
