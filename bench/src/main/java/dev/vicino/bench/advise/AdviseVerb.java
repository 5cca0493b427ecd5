package dev.vicino.bench.advise;

import dev.vicino.bench.data.GeneratedKind;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.Conditions;
import dev.vicino.bench.race.RaceOptions;
import dev.vicino.command.Common;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vicino bench advise}: the advisor beside a grid over all families. */
@Command(
        name = "advise",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "See whether the advisor keeps its promise, and how near it comes to the best index.",
            "Six kinds of vectors, at recall 0.90, 0.95 and 0.99 each. Fresh queries, which had no part in the choice, tell the recall; "
                    + "a grid over every family and effort tells what would have been the best."
        },
        footer =
                "%nFields of --json: kernels, java, cores, rounds, affinity, k, rows [{data, floor, spec, fresh {mean, low, high, "
                        + "queries}, kept, best, ratio {median, low, high}, advice_seconds, build_seconds, grid_seconds}]")
public final class AdviseVerb implements Callable<Integer> {
    @Option(
            names = "--kinds",
            split = ",",
            paramLabel = "NAME",
            description = "The kinds of vectors that are generated: ${COMPLETION-CANDIDATES} (default: all).")
    private @Nullable Set<GeneratedKind> kinds;

    @Option(names = "--no-sentences", description = "Leave out the embeddings of sentences.")
    private boolean noSentences;

    @Mixin
    private RaceOptions options;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        AdviseScale scale = options.scale(AdviseScale.FULL, AdviseScale.QUICK);
        int threads = Runtime.getRuntime().availableProcessors();
        AdviseBench bench = new AdviseBench(scale, threads, common.console()::remark);
        List<AdviseRow> rows = new ArrayList<>();
        if (!noSentences) {
            try (Material sentences =
                    Material.sentences(options.data(rowsToKeep(scale)).sentences(), scale)) {
                rows.addAll(bench.run(sentences));
            }
        }
        for (GeneratedKind kind : kinds == null ? EnumSet.allOf(GeneratedKind.class) : kinds) {
            try (Material material = Material.generated(kind, scale)) {
                rows.addAll(bench.run(material));
            }
        }
        Conditions conditions = Conditions.here(scale.rounds(), Affinity.none());
        AdviseReport report = new AdviseReport(conditions, AdviseBench.K, rows);
        common.console().result(report, report.table());
        return ExitCode.OK;
    }

    /** Of the sentences some are kept back as queries. */
    private static int rowsToKeep(AdviseScale scale) {
        return (int) Math.min(Integer.MAX_VALUE, (long) scale.rows() + scale.rows() / 9 + 1);
    }
}
