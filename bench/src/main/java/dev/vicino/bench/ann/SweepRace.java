package dev.vicino.bench.ann;

import dev.vicino.bench.race.Truth;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes that take turns: all of them with one effort, all with the next, and so in every round. Whoever works on one thread works on
 * the same core as the others. Who fails is written down, and the others go on.
 */
final class SweepRace {
    private static final int MAX_PASSES = 10_000;

    private final Setting setting;
    private final AnnScale scale;

    SweepRace(Setting setting) {
        this.setting = setting;
        this.scale = setting.scale();
    }

    /** Who takes part, and what is right to answer. */
    record Entry(TimedIndex searcher, Truth truth) {}

    /** An entry while the race goes on. */
    private record Runner(TimedIndex searcher, double[] recalls, int[] passes, double[][] qps) {}

    /** What everybody gave, in the order of the entries; who failed is not there. */
    List<Sweep> run(List<Entry> entries) throws IOException {
        try {
            List<Runner> runners = new ArrayList<>();
            for (Entry entry : entries) {
                attempt(entry.searcher, () -> runners.add(warmUp(entry)));
            }
            for (int round = 0; round < scale.rounds(); round++) {
                round(runners, round);
                setting.remarkRound(round);
            }
            int[] efforts = scale.efforts().stream().mapToInt(effort -> effort).toArray();
            return runners.stream()
                    .map(of -> new Sweep(of.searcher.name(), efforts, of.recalls, of.qps))
                    .toList();
        } finally {
            setting.affinity().useAllCores();
        }
    }

    private void round(List<Runner> runners, int round) {
        for (int effort = 0; effort < scale.efforts().size(); effort++) {
            int at = effort;
            runners.removeIf(of ->
                    !attempt(of.searcher, () -> of.qps[round][at] = qps(of.searcher, at, of.passes[at])));
        }
    }

    /** Looks at the answers of every effort, then searches until what is compiled meanwhile is compiled. */
    private Runner warmUp(Entry entry) throws IOException {
        TimedIndex searcher = entry.searcher;
        int efforts = scale.efforts().size();
        var runner = new Runner(searcher, new double[efforts], new int[efforts], new double[scale.rounds()][efforts]);
        setting.affinity().useCores(searcher.threads());
        for (int i = 0; i < efforts; i++) {
            runner.recalls[i] =
                    entry.truth.recall(searcher.answers(scale.efforts().get(i)));
        }
        double spent = 0;
        do {
            for (int i = 0; i < efforts; i++) {
                double seconds = searcher.queries() / qps(searcher, i, 1);
                runner.passes[i] = (int) Math.clamp(Math.ceil(scale.seconds() / seconds), 1, MAX_PASSES);
                spent += seconds;
            }
        } while (searcher.warmsUp() && spent < scale.warmUpSeconds());
        setting.remark()
                .accept("  %s: recall %.3f to %.3f"
                        .formatted(searcher.name(), runner.recalls[0], runner.recalls[efforts - 1]));
        return runner;
    }

    private double qps(TimedIndex searcher, int effort, int passes) throws IOException {
        setting.affinity().useCores(searcher.threads());
        return passes * searcher.queries() / searcher.seconds(scale.efforts().get(effort), passes);
    }

    /** Who fails is closed at once: threads of a process that has ended cannot be bound to a core any more. */
    private boolean attempt(TimedIndex searcher, Setting.Step step) {
        boolean well = setting.attempt(searcher.name(), step);
        if (!well) {
            setting.attempt(searcher.name(), searcher::close);
        }
        return well;
    }
}
