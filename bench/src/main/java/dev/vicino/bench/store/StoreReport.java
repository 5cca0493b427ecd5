package dev.vicino.bench.store;

import static dev.vicino.bench.race.Text.text;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.FigureRow;
import dev.vicino.bench.race.FigureTable;
import dev.vicino.bench.race.LeftOut;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code bench store --json} prints.
 *
 * @param data name and size of the vectors
 * @param queries how many were asked
 * @param k neighbours of each
 * @param rows figures beside what was asked
 * @param leftOut who could not take part
 */
record StoreReport(
        @JsonUnwrapped Conditions conditions,
        String data,
        int points,
        int queries,
        int k,
        List<FigureRow> rows,
        List<LeftOut> leftOut) {
    /** The same for people. */
    String table() {
        List<String> lines = new ArrayList<>();
        lines.add(text("%s, %d cores", conditions.title(), conditions.cores()));
        lines.add(text("%s; %,d queries, k = %d; %d rounds, taking turns", data, queries, k, conditions.rounds()));
        lines.add("");
        lines.addAll(FigureTable.lines(rows));
        lines.add("ratio: the median of all rounds; above 1, ours is faster, except where it is asked to be at most");
        leftOut.forEach(out -> lines.add("left out: " + out.name() + ": " + out.reason()));
        return String.join(System.lineSeparator(), lines);
    }
}
