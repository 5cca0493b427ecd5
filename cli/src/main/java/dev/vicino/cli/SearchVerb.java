package dev.vicino.cli;

import dev.vicino.IdSet;
import dev.vicino.IndexSpec.Device;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import dev.vicino.files.Format;
import dev.vicino.files.IdFiles;
import dev.vicino.files.VectorFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vicino search}: the neighbours of queries in an index file, and how fast and how well they were found. */
@Command(
        name = "search",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Find the nearest vectors of an index to each query, and measure the search.",
            "The searches alone are measured, in the median of the passes, after a pass over the same queries "
                    + "to warm up. "
                    + "Up to 5 queries have their neighbours printed, unless they go to a file."
        },
        footer = {
            "%nFields of --json: spec, metric, vectors, dimension, queries, k, effort, batch, threads, seconds, qps, "
                    + "latency_us {mean, p50, p95, p99, max}, recall, recall_under_80, distances_per_query, "
                    + "bytes_memory",
            "effort is null for an exact search, k with --radius alone. latency_us is the time of a call, "
                    + "which is a query "
                    + "with --batch 1. recall and recall_under_80, the share of queries below 0.8, are null without "
                    + "--truth. distances_per_query counts the vectors compared, by code or in full. "
                    + "bytes_memory is taken beside the mapped file."
        })
final class SearchVerb implements Callable<Integer> {
    /** Neighbours of more queries than this are not for reading. */
    private static final int PRINTED_QUERIES = 5;

    private static final int DEFAULT_K = 10;

    @Parameters(index = "0", paramLabel = "INDEX", description = "The index file.")
    private Path indexFile;

    @Parameters(
            index = "1",
            paramLabel = "QUERIES",
            description = "The query vectors: npy, fvecs, bvecs, ivecs or jsonl.")
    private Path queryFile;

    @Option(
            names = "--k",
            paramLabel = "K",
            description = "Neighbours wanted a query; " + DEFAULT_K + " unless told, or with --radius all within it.")
    private @Nullable Integer k;

    @Option(
            names = "--radius",
            paramLabel = "X",
            description =
                    "Only neighbours of at least this similarity (cosine, dot) or at most this distance (l2, l1).")
    private @Nullable Float radius;

    @Option(
            names = "--out",
            paramLabel = "IDS",
            description = "Write the ids to a file, npy of int64 or ivecs: a row a query, nearest first, "
                    + "filled up with -1 where a query has fewer than others.")
    private @Nullable Path out;

    @Option(
            names = "--truth",
            paramLabel = "TRUTH",
            description =
                    "Compare with the true neighbours, npy or ivecs, as the verb truth writes them: a row a query, "
                            + "nearest first. Compared by id; of vectors as far away as the k-th, the smaller ids are true. "
                            + "-1 is none.")
    private @Nullable Path truthFile;

    @Option(names = "--exact", description = "Miss nothing: compare every vector, whatever the index is.")
    private boolean exact;

    @Option(
            names = "--effort",
            paramLabel = "N",
            description = "How far to look, efSearch of a graph: more is slower and misses less. "
                    + "Unless told, the index chooses. Exact indexes miss nothing at any effort.")
    private @Nullable Integer effort;

    @Option(
            names = "--rerank",
            paramLabel = "N",
            description = "How many of those found by code are compared again exactly; "
                    + "unless told, as many as the error of the code asks for.")
    private @Nullable Integer rerank;

    @Option(
            names = "--filter",
            paramLabel = "IDS",
            description = "Find only the ids in a file: txt with an id a line, npy or ivecs.")
    private @Nullable Path filterFile;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "What vectors are compared on, cpu or gpu; unless told, what the index was built for. "
                    + "gpu is for exact search, of an index that is Flat.")
    private @Nullable Device device;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "1",
            description = "Queries given to the index in one call; ${DEFAULT-VALUE} unless told.")
    private int batch;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that work on a call. Unless told, one with --batch 1 and all cores with more.")
    private @Nullable Integer threads;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Passes that are measured, of which the one of median time is told; ${DEFAULT-VALUE} unless told.")
    private int repeat;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The format of QUERIES where its name does not tell: npy, fvecs, bvecs, ivecs or jsonl.")
    private @Nullable Format format;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        check();
        Console console = common.console();
        try (VectorIndex index = open();
                Vectors queries = readQueries(index, console)) {
            IdSet filter = filterFile == null ? null : IdSet.of(IdFiles.list(filterFile));
            int eligible = filter == null ? index.size() : Math.min(filter.size(), index.size());
            int wanted = Math.min(most(), eligible);
            if (out != null && radius == null) {
                IdTable.requireColumns(wanted);
            }
            long[][] truth = truthFile == null ? null : Recall.readTruth(truthFile, queries.size(), wanted);
            Calls calls = calls(index, queries, filter);
            List<Neighbors> found = found(calls, console);
            Pass pass = measure(calls, console);
            if (out != null) {
                IdTable.write(out, found);
            } else if (found.size() <= PRINTED_QUERIES) {
                print(found, console);
            }
            Recall recall = truth == null ? null : Recall.of(found, truth, wanted);
            SearchResult result = result(index, found, pass, recall);
            console.result(result, result.text());
        }
        return ExitCode.OK;
    }

    private VectorIndex open() throws IOException {
        return device == null ? Vicino.open(indexFile) : Vicino.open(indexFile, device);
    }

    private void check() throws IOException {
        Arguments.requirePositive("k", most());
        Arguments.requirePositive("batch", batch);
        Arguments.requirePositive("threads", threads());
        Arguments.requirePositive("repeat", repeat);
        Arguments.requirePositive("effort", effort == null ? 1 : effort);
        Arguments.requirePositive("rerank", rerank == null ? 1 : rerank);
        if (exact && (effort != null || rerank != null)) {
            throw new IllegalArgumentException("effort = " + effort + ", rerank = " + rerank
                    + ", expected none with --exact, which compares every vector");
        }
        if (radius != null && truthFile != null) {
            throw new IllegalArgumentException(
                    "truth = " + truthFile + ", expected none with --radius: it has the k nearest at any distance");
        }
        if (out != null) {
            Arguments.requireWritable(out, indexFile, queryFile);
            Arguments.idFormat(out);
        }
    }

    /** The most neighbours that a query can have. */
    private int most() {
        if (k != null) {
            return k;
        }
        return radius == null ? DEFAULT_K : Integer.MAX_VALUE;
    }

    private int threads() {
        return threads == null && batch == 1 ? 1 : Arguments.threads(threads);
    }

    private Vectors readQueries(VectorIndex index, Console console) throws IOException {
        Vectors queries;
        try (Task task = console.task("reading")) {
            queries = VectorFiles.load(queryFile, Arguments.format(queryFile, format), task);
        }
        try {
            Arguments.requireQueries(queryFile, queries, index);
        } catch (IllegalArgumentException e) {
            queries.close();
            throw e;
        }
        return queries;
    }

    private Calls calls(VectorIndex index, Vectors queries, @Nullable IdSet filter) {
        SearchOptions options = SearchOptions.DEFAULT
                .withThreads(threads())
                .withFilter(filter)
                .withExact(exact)
                .withEffort(effort == null ? 0 : effort)
                .withRerank(rerank == null ? 0 : rerank);
        return radius == null
                ? Calls.nearest(index, queries, batch, most(), options)
                : Calls.within(index, queries, batch, radius, most(), options);
    }

    /** The answers, which are those of every pass, from the one that warms up. */
    private static List<Neighbors> found(Calls calls, Console console) {
        try (Task task = console.task("searching")) {
            return Pass.answers(calls, task);
        }
    }

    private Pass measure(Calls calls, Console console) {
        try (Task task = console.task("measuring")) {
            return Pass.median(calls, repeat, task);
        }
    }

    private static void print(List<Neighbors> found, Console console) {
        for (int query = 0; query < found.size(); query++) {
            Neighbors neighbors = found.get(query);
            console.line("query " + query + (neighbors.size() == 0 ? ": no neighbours" : ""));
            for (int i = 0; i < neighbors.size(); i++) {
                console.line(
                        String.format(Locale.ROOT, "%6d %12.6g  id %d", i + 1, neighbors.score(i), neighbors.id(i)));
            }
        }
        console.line("");
    }

    private @Nullable Integer effort(VectorIndex index) {
        boolean exactly = exact || index.defaultEffort() == 0;
        return exactly ? null : effort == null ? (Integer) index.defaultEffort() : effort;
    }

    private SearchResult result(VectorIndex index, List<Neighbors> found, Pass pass, @Nullable Recall recall) {
        return new SearchResult(
                index.spec().toString(),
                index.metric().label(),
                index.size(),
                index.dimension(),
                found.size(),
                k == null && radius != null ? null : most(),
                effort(index),
                batch,
                threads(),
                pass.seconds(),
                found.size() / pass.seconds(),
                Latencies.of(pass.nanos()),
                recall == null ? null : recall.mean(),
                recall == null ? null : recall.under80(),
                found.stream()
                        .mapToLong(neighbors ->
                                neighbors.work().compared() + neighbors.work().exact())
                        .average()
                        .orElse(0),
                index.bytesMemory());
    }
}
