package dev.vicino.bench.ann;

import static dev.vicino.bench.race.FigureTable.figure;
import static dev.vicino.bench.race.Table.NOTHING;
import static dev.vicino.bench.race.Text.text;

import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.FigureTable;
import dev.vicino.bench.race.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@link AnnReport} for people: what was measured on, and tables. */
final class AnnText {
    private static final double MIB = 1 << 20;
    private static final List<String> BUILD_HEAD =
            List.of("index", "by", "built in", "peak", "saved", "resident", "on large pages");
    private static final List<String> GROWTH_HEAD = List.of("vectors", "built in", "memory", "queries/s at 0.95");

    private AnnText() {}

    static String of(AnnReport report) {
        List<String> lines = new ArrayList<>();
        Conditions of = report.conditions();
        lines.add(text("%s, %d cores; %s", of.title(), of.cores(), of.affinity()));
        lines.add(text(
                "%s %,d × %d, unit vectors; %,d queries, k = %d; %d rounds, taking turns",
                report.data(), report.vectors(), report.dimension(), report.queries(), report.k(), of.rounds()));
        section(lines, FigureTable.lines(report.rows()));
        if (!report.rows().isEmpty()) {
            lines.add(
                    "ratio: the median of all rounds; above 1, ours is faster, except where it is asked to be at most");
        }
        section(lines, Table.lines(curveHead(), report.curves().stream().map(AnnText::cells)));
        section(lines, Table.lines(BUILD_HEAD, report.builds().stream().map(AnnText::cells)));
        if (report.builds().stream().anyMatch(BuildRow::earlier)) {
            lines.add("(earlier): in an earlier run, whose index was kept; --cache says where");
        }
        section(lines, Table.lines(GROWTH_HEAD, report.growth().stream().map(AnnText::cells)));
        if (report.exponents() != null) {
            lines.add(line(report.exponents()));
        }
        if (!report.leftOut().isEmpty() || !report.charts().isEmpty()) {
            lines.add("");
        }
        report.leftOut().forEach(out -> lines.add("left out: " + out.name() + ": " + out.reason()));
        report.charts().forEach(chart -> lines.add("chart: " + chart));
        return String.join(System.lineSeparator(), lines);
    }

    private static void section(List<String> lines, List<String> table) {
        if (!table.isEmpty()) {
            lines.add("");
            lines.addAll(table);
        }
    }

    private static List<String> curveHead() {
        return Stream.concat(
                        Stream.of("queries/s at recall"),
                        CurveRow.RECALLS.stream().map(CurveRow::label))
                .toList();
    }

    private static List<String> cells(CurveRow row) {
        return Stream.concat(
                        Stream.of(row.name()),
                        CurveRow.RECALLS.stream()
                                .map(recall -> figure(row.qpsAt().get(CurveRow.label(recall)))))
                .toList();
    }

    /** A build in a line, for reading along. */
    static String line(BuildRow row) {
        return text("%s: built in %.1f s%s", row.name(), row.seconds(), row.earlier() ? " (earlier)" : "");
    }

    private static List<String> cells(BuildRow row) {
        return List.of(
                row.name(),
                row.version(),
                text("%.1f s%s", row.seconds(), row.earlier() ? " (earlier)" : ""),
                mebibytes(row.peakBytes()),
                row.fileBytes() == 0 ? NOTHING : mebibytes(row.fileBytes()),
                mebibytes(row.anonymousBytes()),
                mebibytes(row.largePageBytes()));
    }

    /** A size in a line, for reading along. */
    static String line(GrowthRow row) {
        return String.join(", ", cells(row));
    }

    private static List<String> cells(GrowthRow row) {
        return List.of(
                text("%,d", row.vectors()),
                text("%.1f s", row.buildSeconds()),
                mebibytes(row.bytesMemory()),
                figure(row.qps()));
    }

    private static String line(Exponents exponents) {
        return "fitted, by vectors to the power of: build time %s, memory %s, time of a query %s"
                .formatted(figure(exponents.build()), figure(exponents.memory()), figure(exponents.search()));
    }

    private static String mebibytes(long bytes) {
        return text("%.0f MiB", bytes / MIB);
    }
}
