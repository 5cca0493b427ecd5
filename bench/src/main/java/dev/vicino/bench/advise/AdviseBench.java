package dev.vicino.bench.advise;

import static dev.vicino.bench.race.Text.text;

import dev.vicino.Goals;
import dev.vicino.IndexSpec;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.advise.Advised;
import dev.vicino.advise.Interval;
import dev.vicino.advise.Meter;
import dev.vicino.advise.Questions;
import dev.vicino.bench.race.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Has the advisor choose for some vectors at every floor, and compares its choice with the best of the grid, taking turns. */
final class AdviseBench {
    static final List<Double> FLOORS = List.of(0.90, 0.95, 0.99);

    /** Neighbours that every search looks for. */
    static final int K = 10;

    /** Of the stages of advice, the one that is not advice. */
    private static final String BUILD = "build";

    private final AdviseScale scale;
    private final int threads;
    private final Consumer<String> remark;

    AdviseBench(AdviseScale scale, int threads, Consumer<String> remark) {
        this.scale = scale;
        this.threads = threads;
        this.remark = remark;
    }

    List<AdviseRow> run(Material material) {
        remark.accept(material.title());
        Questions questions = questions(material);
        Questions ofGrid = questions.part(0, Math.min(scale.gridQueries(), questions.count()));
        List<AdviseRow> rows = new ArrayList<>();
        try (Grid grid = Grid.of(material, ofGrid, scale, threads, remark)) {
            for (double floor : FLOORS) {
                AdviseRow row = row(material, floor, questions, grid);
                remark.accept(text(
                        "  %.2f: %s, fresh %.4f … %.4f, %.2f of %s",
                        floor,
                        row.spec(),
                        row.fresh().low(),
                        row.fresh().high(),
                        row.ratio().median(),
                        row.best()));
                rows.add(row);
            }
        }
        return rows;
    }

    private Questions questions(Material material) {
        try (VectorIndex exact = Vicino.index(material.copy())
                .metric(material.metric())
                .threads(threads)
                .build()) {
            return Questions.ask(exact, material.queries(scale.fresh()), K, threads);
        }
    }

    private AdviseRow row(Material material, double floor, Questions questions, Grid grid) {
        Advised advised = Vicino.index(material.copy())
                .metric(material.metric())
                .spec(new IndexSpec(new IndexSpec.Auto(Goals.recall(floor, K))))
                .threads(threads)
                .advisor()
                .build();
        try (VectorIndex index = advised.index()) {
            Interval fresh = Interval.of(questions.recalls(index, 0, threads), K);
            Grid.Cell best = grid.best(floor).orElseThrow();
            Map<String, Double> seconds = advised.advice().seconds();
            double build = seconds.getOrDefault(BUILD, 0.0);
            double all =
                    seconds.values().stream().mapToDouble(Double::doubleValue).sum();
            return new AdviseRow(
                    material.name(),
                    floor,
                    index.spec().toString(),
                    fresh,
                    fresh.high() >= floor,
                    best.index().spec().withEffort(Math.max(1, best.effort())).toString(),
                    ratio(index, best, material),
                    all - build,
                    build,
                    grid.seconds());
        }
    }

    private Ratio ratio(VectorIndex index, Grid.Cell best, Material material) {
        Meter meter = Meter.clock();
        float[][] queries = material.queries(scale.gridQueries());
        double[] ours = new double[scale.rounds()];
        double[] theirs = new double[scale.rounds()];
        for (int round = 0; round < scale.rounds(); round++) {
            ours[round] = 1 / meter.latency(index, queries, K, 0).mean();
            theirs[round] =
                    1 / meter.latency(best.index(), queries, K, best.effort()).mean();
        }
        return Ratio.of(ours, theirs);
    }
}
