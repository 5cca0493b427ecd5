package dev.vicino.bench.exact;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.exact.CallRace.Entry;
import dev.vicino.bench.race.Ratio;
import java.io.IOException;
import java.util.ArrayList;
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
record Judge(CallRace race, List<TimeRow> rows, Consumer<String> remark) {
    private static final double MICROS_A_SECOND = 1e6;

    /** Ours against the fastest of others, if any, all asked for the same, and our share of a ceiling, if any. */
    void compare(String work, DataSet data, Call call, Searcher ours, List<Searcher> others, @Nullable Ceiling ceiling)
            throws IOException {
        compare(
                work,
                data,
                new Entry(ours, call),
                others.stream().map(other -> new Entry(other, call)).toList(),
                ceiling);
    }

    /** As above, each with a call of its own. */
    void compare(String work, DataSet data, Entry ours, List<Entry> others, @Nullable Ceiling ceiling)
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
        TimeRow row = row(work, data, times.getFirst(), fastest, ceiling == null ? null : times.getLast());
        rows.add(row);
        remark.accept("  " + ExactText.line(row));
    }

    private static TimeRow row(String work, DataSet data, Times ours, @Nullable Times other, @Nullable Times ceiling)
            throws IOException {
        return new TimeRow(
                work,
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

    private static TimeRow.Against against(Times ours, Times other) throws IOException {
        Ratio ratio = Ratio.of(other.secondsAQuery(), ours.secondsAQuery());
        return new TimeRow.Against(
                other.contestant().name(),
                other.median() * MICROS_A_SECOND,
                ratio.median(),
                ratio.low(),
                ratio.high(),
                mismatches(ours, other));
    }

    /** None where the machine runs against itself, which answers nothing. */
    private static int mismatches(Times ours, Times other) throws IOException {
        return ours.contestant() instanceof Searcher we && other.contestant() instanceof Searcher they
                ? we.answers(ours.call()).mismatches(they.answers(other.call()))
                : 0;
    }

    private static TimeRow.Limit limit(Times ours, Times ceiling) {
        Ceiling of = (Ceiling) ceiling.contestant();
        double billionsAQuery = of.billions(ceiling.call()) / ceiling.call().queries();
        double share = Ratio.of(ceiling.secondsAQuery(), ours.secondsAQuery()).median();
        return new TimeRow.Limit(of.name(), billionsAQuery / ceiling.median(), of.unit(), share);
    }
}
