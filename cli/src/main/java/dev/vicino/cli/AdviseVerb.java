package dev.vicino.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.advise.Advice;
import dev.vicino.advise.Advised;
import dev.vicino.advise.Advisor;
import dev.vicino.advise.Alternative;
import dev.vicino.advise.Crossover;
import dev.vicino.advise.Interval;
import dev.vicino.advise.Latency;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import dev.vicino.command.UserCache;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import dev.vicino.report.AdviceReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vicino advise}: which index reaches a recall on some vectors, with the proof. */
@Command(
        name = "advise",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Find the index that reaches a recall, and show that it does.",
            "VECTORS and Q: npy, fvecs, bvecs, ivecs or jsonl. Candidates are tried on samples, the best one is built over all "
                    + "vectors; half of the queries tune it, the other half certify it."
        },
        footer = {
            "%nFields of --json: regime, reason, spec, effort, recall {mean, low, high, queries}, recall_under_80, "
                    + "latency_us {mean, p50, p95, p99, max}, bytes_memory, build_seconds, "
                    + "alternatives [{spec, why_not, recall, latency_us, bytes_memory, build_seconds}], remarks, seconds {stage}",
            "Goals that cannot be met together end it with code 1 and a sentence about what is in the way."
        })
final class AdviseVerb implements Callable<Integer> {
    @Parameters(paramLabel = "VECTORS", description = "The vectors to be indexed.")
    private Path vectors;

    @Option(
            names = "--queries",
            paramLabel = "Q",
            description = "Queries like those to come; vectors are held out for them unless told.")
    private @Nullable Path queries;

    @Mixin
    private GoalOptions goals;

    @Option(
            names = "--latency",
            paramLabel = "T",
            description = "The longest time of 99 searches in 100, on one thread: 500us, 2ms.")
    private @Nullable String latency;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            defaultValue = "cosine",
            description = "What near means: cosine, dot, l2 or l1; ${DEFAULT-VALUE} unless told.")
    private Metric metric;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads build and search meanwhile; all cores unless told.")
    private @Nullable Integer threads;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "The format of VECTORS and Q where their names do not tell: npy, fvecs, bvecs, ivecs or jsonl.")
    private @Nullable Format format;

    @Option(
            names = "--report",
            paramLabel = "FILE.html",
            description =
                    "Write a page of the advice with charts, and a picture beside it under the same name in .png.")
    private @Nullable Path report;

    @Mixin
    private Common common;

    /**
     * What is advised; {@link Advice} says what the fields are.
     *
     * @param remarks what else is to be known, of the vectors and of a card
     * @param seconds by stage
     */
    record Result(
            String regime,
            String reason,
            String spec,
            int effort,
            Interval recall,
            @JsonProperty("recall_under_80") double recallUnder80,
            Latency latencyUs,
            long bytesMemory,
            double buildSeconds,
            List<Alternative> alternatives,
            List<String> remarks,
            Map<String, Double> seconds) {
        static Result of(Advice advice, List<String> remarks) {
            return new Result(
                    advice.regime().reason(),
                    advice.reason(),
                    advice.spec(),
                    advice.effort(),
                    advice.recall(),
                    advice.recallUnder80(),
                    advice.latencyUs(),
                    advice.bytesMemory(),
                    advice.buildSeconds(),
                    advice.alternatives(),
                    remarks,
                    advice.seconds());
        }
    }

    @Override
    public Integer call() throws IOException {
        IndexSpec spec = goals.spec(latency);
        int allowed = Arguments.threads(threads);
        if (report != null) {
            Arguments.requireWritable(report, vectors);
            AdviceReport.picture(report);
        }
        Console console = common.console();
        try (Vectors rows = load(vectors, console);
                Vectors asked = queries == null ? Vectors.of(new float[0], 1) : load(queries, console)) {
            Advisor advisor = advisor(rows, asked, spec, allowed);
            List<String> remarks = new ArrayList<>();
            advisor.crossover().map(Crossover::remark).ifPresent(remarks::add);
            Advice advice = advise(advisor, console);
            remarks.addAll(0, advice.data().remarks());
            if (report != null) {
                AdviceReport.write(advice, report);
            }
            console.result(Result.of(advice, remarks), AdviceText.of(advice, remarks));
        }
        return ExitCode.OK;
    }

    private Advisor advisor(Vectors rows, Vectors asked, IndexSpec spec, int allowed) {
        Advisor advisor = Vicino.index(rows)
                .metric(metric)
                .spec(spec)
                .threads(allowed)
                .advisor()
                .cache(UserCache.folder());
        return queries == null ? advisor : advisor.queries(asked);
    }

    private static Advice advise(Advisor advisor, Console console) {
        try (Task task = console.task("advising")) {
            Advised advised = advisor.progress(task).build();
            advised.index().close(); // only what is known of it is asked for
            return advised.advice();
        }
    }

    private Vectors load(Path file, Console console) throws IOException {
        try (Task task = console.task("reading")) {
            return VectorFiles.load(file, Arguments.format(file, format), task);
        }
    }
}
