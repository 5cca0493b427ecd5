package dev.vicino.bench.ann;

import dev.vicino.bench.data.DataSet;
import dev.vicino.bench.race.Affinity;
import dev.vicino.bench.race.RaceOptions;
import dev.vicino.command.Common;
import java.io.IOException;
import java.nio.file.Path;
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

/** {@code vicino bench ann}: approximate search beside other programs in the same run. */
@Command(
        name = "ann",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Compare approximate search with other programs in the same run.",
            "All have the same unit vectors, one thread, one query a call, k = 10 and large pages, and take turns. FAISS is"
                    + " what 'python3 -m pip install faiss-cpu numpy' installs, hnswlib what 'apt install g++ libhnswlib-dev' does;"
                    + " the others come with this. Who is missing is left out, and the table says so. The indexes of others are"
                    + " kept, since some take many minutes to build."
        },
        footer = "%nWhat is compared with what:%n"
                + "  search    the default graph: every peer, at recall 0.95 and 0.99%n"
                + "  float32   the graph over float32 values: hnswlib%n"
                + "  build     builds on one thread, over the first 30,000 vectors: hnswlib%n"
                + "  bytes     bytes of a vector that a walk along the graph reads%n"
                + "  threads   two threads, searching and building: one%n"
                + "  live      searching while another thread inserts: searching alone%n"
                + "  filtered  50, 10, 1 and 0.1 %% of all ids allowed: all%n"
                + "  lists     inverted lists: those of FAISS, and two threads: one%n"
                + "  disk      codes in memory, vectors on the disk, in the page cache and not%n"
                + "  kmeans    k-means on one thread, time and loss: that of FAISS%n"
                + "  loss      what product quantisation loses: that of FAISS, at equal bytes%n"
                + "%nWith --growth: the vectors in a random order, and beyond their number%n"
                + "a·x + (1−a)·y of a vector x and one of its near neighbours y, a between 0.5%n"
                + "and 1, with normal noise of a tenth of their length, brought to length 1.%n"
                + "Builds run on all cores.%n"
                + "%nFields of --json: kernels, java, cores, rounds, affinity, data, vectors,%n"
                + "dimension, queries, k, rows [{work, at, unit, ours, ours_value, against,%n"
                + "against_value, ratio {median, low, high}, asked {bound, at_most}, reached}],%n"
                + "curves [{name, ours, qps_at {0.90, 0.95, 0.98, 0.99}, points [{effort,%n"
                + "recall, qps}]}], builds [{name, version, seconds, earlier, peak_bytes,%n"
                + "file_bytes, anonymous_bytes, large_page_bytes}], growth [{vectors,%n"
                + "build_seconds, bytes_memory, qps}], exponents {build, memory, search},%n"
                + "charts, left_out [{name, reason}]")
public final class AnnVerb implements Callable<Integer> {
    /** The smallest index of which growth can be looked at. */
    private static final int MIN_SIZE = 100;

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            description = "Whom to compare with: ${COMPLETION-CANDIDATES} (default: all).")
    private @Nullable Set<Peer> peers;

    @Option(
            names = "--work",
            split = ",",
            paramLabel = "NAME",
            description = "What to compare (default: all): ${COMPLETION-CANDIDATES}.")
    private @Nullable Set<AnnWork> work;

    @Option(
            names = "--growth",
            arity = "0..1",
            split = ",",
            paramLabel = "N",
            fallbackValue = "10000,30000,100000,300000,1000000",
            description =
                    "Look at indexes of so many vectors (default: ${FALLBACK-VALUE}), and at nothing else but what --work names.")
    private @Nullable List<Integer> growth;

    @Option(
            names = "--spec",
            paramLabel = "SPEC",
            description = "An index of ours to look at instead of " + Entrant.DEFAULT_SPEC
                    + "; more than once to compare several, of which the first is looked at alone as well.")
    private @Nullable List<String> specs;

    @Option(
            names = "--charts",
            paramLabel = "DIR",
            description = "Where " + Charts.NAME + ".png and " + Charts.NAME
                    + ".html go, recall against queries a second (default: where data is kept).")
    private @Nullable Path charts;

    @Mixin
    private RaceOptions options;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        List<Integer> sizes = sizes();
        endChildrenWithUs();
        try (Starter starter = new Starter(options.python());
                AnnBench bench =
                        new AnnBench(setting(starter), works(), sizes, charts == null ? options.folder() : charts)) {
            AnnReport report = bench.run();
            common.console().result(report, AnnText.of(report));
        }
        return ExitCode.OK;
    }

    /** A process that builds does not look whether anybody still waits for it. */
    private static void endChildrenWithUs() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly),
                        "end-children"));
    }

    private Setting setting(Starter starter) throws IOException {
        AnnScale scale = options.scale(AnnScale.FULL, AnnScale.QUICK);
        Path folder = options.folder();
        DataSet set = options.data(scale.rows()).sentences();
        return new Setting(
                scale,
                set,
                folder,
                UnitData.of(set, folder, scale.rows(), scale.queries()),
                specs == null ? List.of(Entrant.DEFAULT_SPEC) : specs,
                List.copyOf(peers == null ? EnumSet.allOf(Peer.class) : EnumSet.copyOf(peers)),
                starter,
                Affinity.ofThisThread(),
                new ArrayList<>(),
                new ArrayList<>(),
                common.console()::remark);
    }

    /** With growth those that are asked for by name; otherwise all, unless some are. */
    private Set<AnnWork> works() {
        if (work != null) {
            return EnumSet.copyOf(work);
        }
        return growth == null ? EnumSet.allOf(AnnWork.class) : EnumSet.noneOf(AnnWork.class);
    }

    private List<Integer> sizes() {
        List<Integer> sizes =
                growth == null ? List.of() : growth.stream().sorted().toList();
        if (!sizes.isEmpty() && sizes.getFirst() < MIN_SIZE) {
            throw new IllegalArgumentException("growth = " + sizes.getFirst() + ", expected at least " + MIN_SIZE);
        }
        return sizes;
    }
}
