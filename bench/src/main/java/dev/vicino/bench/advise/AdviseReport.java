package dev.vicino.bench.advise;

import static dev.vicino.bench.race.Text.text;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench advise --json} prints.
 *
 * @param rows a kind of vectors and a floor each
 */
record AdviseReport(@JsonUnwrapped Conditions conditions, int k, List<AdviseRow> rows) {
    private static final List<String> HEAD = List.of(
            "data",
            "floor",
            "advised",
            "fresh recall",
            "interval",
            "kept",
            "of the best",
            "best of the grid",
            "advice",
            "build",
            "grid");

    /** The same for people. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(conditions.title() + text(", %d cores; k = %d", conditions.cores(), k));
        lines.addAll(Table.lines(HEAD, rows.stream().map(AdviseReport::cells)));
        lines.add("of the best: queries a second of the index advised to those of the best of the grid, the median of "
                + conditions.rounds() + " rounds");
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> cells(AdviseRow row) {
        return List.of(
                row.data(),
                text("%.2f", row.floor()),
                row.spec(),
                text("%.4f", row.fresh().mean()),
                text("%.4f–%.4f", row.fresh().low(), row.fresh().high()),
                row.kept() ? "yes" : "NO",
                text("%.2f", row.ratio().median()),
                row.best(),
                text("%.1f s", row.adviceSeconds()),
                text("%.1f s", row.buildSeconds()),
                text("%.1f s", row.gridSeconds()));
    }
}
