package dev.vicino.bench.frameworks;

import static dev.vicino.bench.race.Text.text;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.Table;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench frameworks --json} prints.
 *
 * @param searches a peer and a recall floor each
 * @param additions a way of adding each
 */
record FrameworksReport(
        @JsonUnwrapped Conditions conditions, String data, int k, List<SearchRow> searches, List<AddRow> additions) {
    private static final List<String> SEARCHES =
            List.of("search beside", "floor", "recall", "agreement", "peer", "ours", "times as fast", "required");
    private static final List<String> ADDITIONS =
            List.of("adding beside", "how", "peer", "ours", "times as fast", "required");

    /** The same for people. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(conditions.title() + text(", one thread; %s; k = %d", data, k));
        lines.addAll(Table.lines(SEARCHES, searches.stream().map(FrameworksReport::cells)));
        lines.addAll(Table.lines(ADDITIONS, additions.stream().map(FrameworksReport::cells)));
        lines.add("medians of " + conditions.rounds()
                + " rounds; agreement: of what the peer finds with our exact search");
        return String.join(System.lineSeparator(), lines);
    }

    private static List<String> cells(SearchRow row) {
        return List.of(
                row.peer(),
                row.floor() == 1 ? "exact" : text("%.2f", row.floor()),
                text("%.4f", row.recall().mean()),
                text("%.4f", row.agreement()),
                text("%.2f ms", row.peerMillis()),
                text("%.3f ms", row.millis()),
                text("%.1f", row.ratio().median()),
                text("%.0f", row.required()));
    }

    private static List<String> cells(AddRow row) {
        Double required = row.required();
        return List.of(
                row.peer(),
                row.how(),
                text("%.2f s", row.peerSeconds()),
                text("%.2f s", row.seconds()),
                text("%.2f", row.ratio().median()),
                required == null ? Table.NOTHING : text("%.0f", required));
    }
}
