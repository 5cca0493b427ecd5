package dev.vicino.advise;

import dev.vicino.IndexSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The candidates in heats: all of them over a small sample, the best few over a larger one, and what follows for all vectors. Every
 * heat asks the same queries, and has its truth from exact search.
 */
final class Heats {
    /** Of the first heat: large enough that a graph has layers, small enough to be built in seconds. */
    private static final int FIRST = 10_000;

    private static final int SECOND = 40_000;

    /** A second heat that is hardly larger tells nothing new. */
    private static final double LARGER = 1.5;

    private static final int FINALISTS = 3;
    private static final int QUERIES = 500;

    private final Request request;
    private final Trials trials;
    private final Asked asked;
    private final Map<IndexSpec, List<Trial>> results = new LinkedHashMap<>();

    Heats(Request request, Trials trials, Asked asked) {
        this.request = request;
        this.trials = trials;
        this.asked = asked;
    }

    /** Tries candidates and the exact scan; the fastest forecast comes first. */
    List<Forecast> run(List<Candidate> candidates) {
        int rest = asked.rest().count();
        int first = Math.min(rest, FIRST);
        heat(first, candidates.stream().map(Candidate::spec).toList());
        int second = Math.min(rest / 2, SECOND);
        if (second >= LARGER * first) {
            heat(second, best(forecasts()));
        }
        return forecasts();
    }

    private void heat(int size, List<IndexSpec> specs) {
        int[] rows = asked.rest().rows(0, size);
        float[][] queries = Stream.of(asked.queries())
                .limit(Math.min(QUERIES, asked.half()))
                .toArray(float[][]::new);
        Trials.Exact exact = trials.exact(Candidates.FLAT, rows, null, queries);
        add(exact.trial());
        specs.forEach(spec -> add(trials.trial(spec, rows, exact.questions())));
    }

    private void add(Trial trial) {
        results.computeIfAbsent(trial.spec(), spec -> new ArrayList<>()).add(trial);
    }

    private List<Forecast> forecasts() {
        return results.values().stream()
                .map(of -> Forecast.of(of, request.vectors().size()))
                .sorted(ORDER)
                .toList();
    }

    /** The candidates that meet the goals, or else those that reach the recall at least. */
    private List<IndexSpec> best(List<Forecast> forecasts) {
        List<Forecast> candidates = forecasts.stream()
                .filter(of -> !of.spec().equals(Candidates.FLAT))
                .toList();
        List<Forecast> meeting = candidates.stream()
                .filter(of ->
                        Limit.missed(request.goals(), of, request.threads()).isEmpty())
                .toList();
        List<Forecast> chosen = meeting.isEmpty()
                ? candidates.stream().filter(Forecast::reachesRecall).toList()
                : meeting;
        return chosen.stream().limit(FINALISTS).map(Forecast::spec).toList();
    }

    /** What is optimised, in its order. */
    static final Comparator<Forecast> ORDER = Comparator.<Forecast>comparingDouble(
                    of -> of.latency().mean())
            .thenComparingLong(Forecast::bytesMemory)
            .thenComparingDouble(Forecast::buildSeconds);
}
