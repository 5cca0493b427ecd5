package dev.vicino.cli;

import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vicino truth}: the exact neighbours of queries, to compare searches with. */
@Command(
        name = "truth",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Find the exact neighbours of queries by comparing each with every vector, on all cores.",
            "VECTORS and QUERIES: npy, fvecs, bvecs, ivecs or jsonl. npy of float32 may be larger than memory. "
                    + "TRUTH: npy of int64 or ivecs; a row a query, nearest first, ties by the smaller id; "
                    + "the id of a vector is the number of its row, from 0."
        },
        footer = "%nFields of --json: metric, vectors, dimension, queries, k, threads, seconds")
final class TruthVerb implements Callable<Integer> {
    /** Queries a thread and call: enough that the threads end together, few enough that progress shows. */
    private static final int QUERIES_A_THREAD = 32;

    @Parameters(index = "0", paramLabel = "VECTORS", description = "The vectors to search in.")
    private Path vectorFile;

    @Parameters(index = "1", paramLabel = "QUERIES", description = "The query vectors.")
    private Path queryFile;

    @Option(names = "--out", required = true, paramLabel = "TRUTH", description = "The file of ids to write.")
    private Path out;

    @Option(
            names = "--k",
            paramLabel = "K",
            defaultValue = "100",
            description = "Neighbours a query; ${DEFAULT-VALUE} unless told. All vectors, where there are fewer.")
    private int k;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            defaultValue = "cosine",
            description = "What near means: cosine, dot, l2 or l1; ${DEFAULT-VALUE} unless told.")
    private Metric metric;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The format of VECTORS and QUERIES where their names do not tell: "
                    + "npy, fvecs, bvecs, ivecs or jsonl.")
    private @Nullable Format format;

    @Mixin
    private Common common;

    /**
     * What was done.
     *
     * @param k neighbours a query in the file
     * @param seconds time of the search, without reading and writing
     */
    record Result(String metric, int vectors, int dimension, int queries, int k, int threads, double seconds) {
        String text(Path out) {
            return new Summary()
                    .line("vectors", "%,d of dimension %,d, %s", vectors, dimension, metric)
                    .line("truth", "%,d neighbours for each of %,d queries", k, queries)
                    .line("time", "%s on %d threads", Summary.time(seconds), threads)
                    .line("file", "%s", out)
                    .toString();
        }
    }

    @Override
    public Integer call() throws IOException {
        check();
        Console console = common.console();
        try (Vectors vectors = load(vectorFile, console);
                VectorIndex index = index(vectors, console);
                Vectors queries = load(queryFile, console)) {
            Arguments.requireQueries(queryFile, queries, index);
            int threads = Arguments.threads(null);
            Stopwatch watch = Stopwatch.start();
            List<Neighbors> found = search(index, queries, threads, console);
            double seconds = watch.seconds();
            IdTable.write(out, found);
            Result result = new Result(
                    metric.label(),
                    index.size(),
                    index.dimension(),
                    queries.size(),
                    Math.min(k, index.size()),
                    threads,
                    seconds);
            console.result(result, result.text(out));
        }
        return ExitCode.OK;
    }

    private void check() throws IOException {
        if (k < 1 || k > IdTable.MAX_COLUMNS) {
            throw new IllegalArgumentException("k = " + k + ", expected 1.." + IdTable.MAX_COLUMNS);
        }
        Arguments.requireWritable(out, vectorFile, queryFile);
        Arguments.idFormat(out);
    }

    private Vectors load(Path file, Console console) throws IOException {
        try (Task task = console.task("reading")) {
            return VectorFiles.load(file, Arguments.format(file, format), task);
        }
    }

    private VectorIndex index(Vectors vectors, Console console) {
        try (Task task = console.task("preparing")) {
            return Vicino.index(vectors)
                    .metric(metric)
                    .spec("Flat")
                    .progress(task)
                    .build();
        }
    }

    private List<Neighbors> search(VectorIndex index, Vectors queries, int threads, Console console) {
        try (Task task = console.task("searching")) {
            var options = SearchOptions.DEFAULT.withThreads(threads);
            return Pass.answers(Calls.nearest(index, queries, QUERIES_A_THREAD * threads, k, options), task);
        }
    }
}
