package dev.vicino.cli;

import dev.vicino.IndexSpec;
import dev.vicino.IndexSpec.Device;
import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import dev.vicino.command.Task;
import dev.vicino.command.UserCache;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vicino build}: a vector file into an index file. */
@Command(
        name = "build",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Build an index of a vector file.",
            "VECTORS: npy, fvecs, bvecs, ivecs or jsonl. The id of a vector is the number of its row, from 0."
        },
        footer = {
            "%nFields of --json: spec, metric, vectors, dimension, threads, seconds, bytes_memory, bytes_disk",
            "seconds is the time to find and build the index, without reading VECTORS and writing INDEX; "
                    + "bytes_memory is what the index takes in memory, bytes_disk the size of INDEX."
        })
final class BuildVerb implements Callable<Integer> {
    @Parameters(paramLabel = "VECTORS", description = "The vectors to index.")
    private Path vectors;

    @Option(names = "--out", required = true, paramLabel = "INDEX", description = "The index file to write.")
    private Path out;

    @Option(
            names = "--spec",
            paramLabel = "SPEC",
            description = {
                "What the index is made of, instead of a recall. Flat is exact; HNSW16,RaBitQ2,Refine(Flat) is a graph: "
                        + "it misses a few neighbours and takes a fraction of the time.",
                "Without it the advisor chooses, as with --recall 0.95; 'vicino advise' tells why."
            })
    private @Nullable String spec;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description =
                    "What vectors are compared on, cpu or gpu. With gpu the index is Flat(device=gpu): exact search.")
    private @Nullable Device device;

    @Mixin
    private GoalOptions goals;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of what is drawn at random; the spec's unless told. "
                    + "The same seed and vectors on one thread give the same index.")
    private @Nullable Long seed;

    @Option(
            names = "--metric",
            paramLabel = "METRIC",
            defaultValue = "cosine",
            description = "What near means: cosine, dot, l2 or l1; ${DEFAULT-VALUE} unless told.")
    private Metric metric;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads the build may use; all cores unless told.")
    private @Nullable Integer threads;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "The format of VECTORS where its name does not tell: npy, fvecs, bvecs, ivecs or jsonl.")
    private @Nullable Format format;

    @Mixin
    private Common common;

    /**
     * What was built.
     *
     * @param threads how many the build was allowed
     * @param seconds time to build the index, without reading and writing
     * @param bytesMemory what the index takes in memory
     * @param bytesDisk size of the index file
     */
    record Result(
            String spec,
            String metric,
            int vectors,
            int dimension,
            int threads,
            double seconds,
            long bytesMemory,
            long bytesDisk) {
        String text(Path out, double readSeconds, double writeSeconds) {
            return new Summary()
                    .line("index", "%s, %s", spec, metric)
                    .line("vectors", "%,d of dimension %,d", vectors, dimension)
                    .line("build", "%s; read in %s", Summary.time(seconds), Summary.time(readSeconds))
                    .line("memory", Summary.bytes(bytesMemory))
                    .line("file", "%s, %s; written in %s", out, Summary.bytes(bytesDisk), Summary.time(writeSeconds))
                    .toString();
        }
    }

    @Override
    public Integer call() throws IOException {
        IndexSpec named = onDevice();
        IndexSpec parsed = seed == null ? named : named.withSeed(seed);
        Format from = Arguments.format(vectors, format);
        int allowed = Arguments.threads(threads);
        Arguments.requireWritable(out, vectors);
        Console console = common.console();

        Stopwatch reading = Stopwatch.start();
        try (Vectors rows = load(from, console)) {
            double readSeconds = reading.seconds();
            Stopwatch building = Stopwatch.start();
            try (VectorIndex index = build(rows, parsed, allowed, console)) {
                double seconds = building.seconds();
                Stopwatch writing = Stopwatch.start();
                save(index, console);
                Result result = result(index, allowed, seconds);
                console.result(result, result.text(out, readSeconds, writing.seconds()));
            }
        }
        return ExitCode.OK;
    }

    /** What is asked for, where it is asked for; a card alone is a wish for exact search. */
    private IndexSpec onDevice() {
        boolean onlyCard = device == Device.GPU && spec == null && !goals.areGiven();
        IndexSpec named = onlyCard ? IndexSpec.parse("Flat") : named();
        return device == null ? named : named.withDevice(device);
    }

    private IndexSpec named() {
        if (spec == null) {
            return goals.spec(null);
        }
        if (goals.areGiven()) {
            throw new IllegalArgumentException("spec = " + spec + ", expected none beside --recall, --k or --memory");
        }
        return IndexSpec.parse(spec);
    }

    private Vectors load(Format from, Console console) throws IOException {
        try (Task task = console.task("reading")) {
            return VectorFiles.load(vectors, from, task);
        }
    }

    private VectorIndex build(Vectors rows, IndexSpec parsed, int allowed, Console console) {
        try (Task task = console.task("building")) {
            Vicino.Builder builder = Vicino.index(rows)
                    .metric(metric)
                    .spec(parsed)
                    .threads(allowed)
                    .progress(task);
            return parsed.navigator() instanceof IndexSpec.Auto
                    ? builder.advisor().cache(UserCache.folder()).build().index()
                    : builder.build();
        }
    }

    private void save(VectorIndex index, Console console) throws IOException {
        try (Task task = console.task("writing")) {
            Interruptible.run(() -> index.save(out, task));
        }
    }

    private Result result(VectorIndex index, int allowed, double seconds) throws IOException {
        return new Result(
                index.spec().toString(),
                index.metric().label(),
                index.size(),
                index.dimension(),
                allowed,
                seconds,
                index.bytesMemory(),
                Files.size(out));
    }
}
