package dev.vicino.bench.race;

import static dev.vicino.bench.race.Table.NOTHING;
import static dev.vicino.bench.race.Text.text;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link FigureRow}s for people. */
public final class FigureTable {
    private static final List<String> HEAD =
            List.of("work", "at", "ours", "", "against", "", "unit", "ratio", "of all rounds", "asked", "reached");

    private FigureTable() {}

    /** The table; empty where there are no rows. */
    public static List<String> lines(List<FigureRow> rows) {
        return Table.lines(HEAD, rows.stream().map(FigureTable::cells));
    }

    /** A row in a line, for reading along. */
    public static String line(FigureRow row) {
        String beside = row.against() == null
                ? ""
                : row.ratio() == null
                        ? text(", beside %s of %s", figure(row.againstValue()), String.valueOf(row.against()))
                        : text(", ratio %.2f to %s", row.ratio().median(), String.valueOf(row.against()));
        return text("%s, %s: %s %s %s", row.work(), row.at(), row.ours(), figure(row.oursValue()), row.unit())
                + beside
                + (row.asked() == null ? "" : ", asked " + asked(row.asked()));
    }

    private static List<String> cells(FigureRow row) {
        Ratio ratio = row.ratio();
        return List.of(
                row.work(),
                row.at(),
                row.ours(),
                figure(row.oursValue()),
                row.against() == null ? NOTHING : row.against(),
                figure(row.againstValue()),
                row.unit(),
                ratio == null ? NOTHING : text("%.2f", ratio.median()),
                ratio == null ? NOTHING : text("%.2f–%.2f", ratio.low(), ratio.high()),
                row.asked() == null ? NOTHING : asked(row.asked()),
                row.reached() == null ? NOTHING : row.reached() ? "yes" : "NO");
    }

    private static String asked(Asked asked) {
        return (asked.atMost() ? "≤ " : "≥ ") + figure(asked.bound());
    }

    /** A figure as tables have it. */
    public static String figure(@Nullable Double value) {
        if (value == null) {
            return NOTHING;
        }
        return Math.abs(value) < 100 ? text("%.2f", value) : text("%.0f", value);
    }
}
