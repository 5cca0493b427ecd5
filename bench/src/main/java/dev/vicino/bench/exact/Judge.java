package dev.vicino.bench.exact;

import dev.vicino.bench.exact.Race.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds races, compares the answers, and writes down the rows of the table.
 *
 * @param rows written so far
 * @param remark hears of each row
 */
record Judge(Race race, List<Row> rows, Consumer<String> remark) {
    private static final double MICROS_A_SECOND = 1e6;

    /** Ours against the fastest of others, if any, all asked for the same, and our share of a ceiling, if any. */
    void compare(Work work, DataSet data, Call call, Searcher ours, List<Searcher> others, @Nullable Ceiling ceiling)
            throws IOException {
        compare(
                work,
                data,
                new Entry(ours, call),
                others.stream().map(other -> new Entry(other, call)).toList(),
                ceiling);
    }

    /** As above, each with a call of its own. */
    void compare(Work work, DataSet data, Entry ours, List<Entry> others, @Nullable Ceiling ceiling)
            throws IOException {
        List<Entry> entries = new ArrayList<>(List.of(ours));
        entries.addAll(others);
        if (ceiling != null) {
            entries.add(new Entry(ceiling, ours.call()));
        }
        List<Times> times = race.run(entries);
        Times fastest = times.subList(1, 1 + others.size()).stream()
                .min(Comparator.comparingDouble(Times::median))
                .orElse(null);
        Row row = row(work, data, times.getFirst(), fastest, ceiling == null ? null : times.getLast());
        rows.add(row);
        remark.accept("  " + ReportText.line(row));
    }

    private static Row row(Work work, DataSet data, Times ours, @Nullable Times other, @Nullable Times ceiling)
            throws IOException {
        return new Row(
                work.label(),
                data.name(),
                data.vectors(),
                data.dimension(),
                ours.call().batch(),
                ours.call().k(),
                ours.contestant().name(),
                ours.median() * MICROS_A_SECOND,
                other == null ? null : against(ours, other),
                ceiling == null ? null : limit(ours, ceiling));
    }

    private static Row.Against against(Times ours, Times other) throws IOException {
        double[] ratios = other.ratios(ours);
        return new Row.Against(
                other.contestant().name(),
                other.median() * MICROS_A_SECOND,
                Times.median(ratios),
                Arrays.stream(ratios).min().orElseThrow(),
                Arrays.stream(ratios).max().orElseThrow(),
                mismatches(ours, other));
    }

    /** None where the machine runs against itself, which answers nothing. */
    private static int mismatches(Times ours, Times other) throws IOException {
        return ours.contestant() instanceof Searcher we && other.contestant() instanceof Searcher they
                ? we.answers(ours.call()).mismatches(they.answers(other.call()))
                : 0;
    }

    private static Row.Limit limit(Times ours, Times ceiling) {
        Ceiling of = (Ceiling) ceiling.contestant();
        double billionsAQuery = of.billions(ceiling.call()) / ceiling.call().queries();
        double share = Times.median(ceiling.ratios(ours));
        return new Row.Limit(of.name(), billionsAQuery / ceiling.median(), of.unit(), share);
    }
}
