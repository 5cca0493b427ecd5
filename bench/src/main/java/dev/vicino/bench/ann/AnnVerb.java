package dev.vicino.bench.ann;

import dev.vicino.bench.exact.Affinity;
import dev.vicino.bench.exact.DataFolder;
import dev.vicino.bench.exact.DataSet;
import dev.vicino.bench.exact.Sources;
import dev.vicino.command.Common;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
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
        description =
                "Compare approximate search with other programs, on the same unit vectors, one thread, one query a call, k = 10"
                        + " and large pages, taking turns. FAISS is what 'python3 -m pip install faiss-cpu numpy' installs, hnswlib"
                        + " what 'apt install g++ libhnswlib-dev' does; the others come with this. Who is missing is left out, and"
                        + " the table says so. The indexes of others are kept, since some take many minutes to build.",
        footer = "%nWhat is compared:%n"
                + "  search    the default graph: every peer, at recall 0.95 and 0.99%n"
                + "  float32   the graph over float32 values: hnswlib%n"
                + "  build     builds on one thread, over the first 30,000 vectors: hnswlib%n"
                + "  bytes     bytes of a vector that a walk along the graph reads%n"
                + "  threads   two threads, searching and building: one%n"
                + "  live      searching while another thread inserts: searching alone%n"
                + "  filtered  50, 10, 1 and 0.1 %% of all ids allowed: all%n"
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
            description = "Whom to compare with: ${COMPLETION-CANDIDATES} (default: all).",
            completionCandidates = PeerLabels.class)
    private @Nullable List<String> peers;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of " + DataFolder.BASE + " and " + DataFolder.QUERIES
                    + " (default: shared/data beside the checkout; generated vectors where that is not there).")
    private @Nullable Path data;

    @Option(names = "--rows", paramLabel = "N", description = "Use no more vectors than these (default: all).")
    private @Nullable Integer rows;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            description = "Turns of each side; medians are over these (default: 5).")
    private @Nullable Integer rounds;

    @Option(
            names = "--work",
            split = ",",
            paramLabel = "NAME",
            description = "What to compare (default: all): ${COMPLETION-CANDIDATES}.",
            completionCandidates = WorkLabels.class)
    private @Nullable List<String> work;

    @Option(
            names = "--growth",
            arity = "0..1",
            split = ",",
            paramLabel = "N",
            fallbackValue = "10000,30000,100000,300000,1000000",
            description = "Instead, look at indexes of so many vectors (default: ${FALLBACK-VALUE}).")
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

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "The Python that has FAISS (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where data and the indexes of others are kept, about 4 GiB (default: the user's cache).")
    private @Nullable Path cache;

    @Option(names = "--quick", description = "Tiny sizes, to see that everything runs; the figures mean nothing.")
    private boolean quick;

    @Mixin
    private Common common;

    /** The names of peers, for the help. */
    static final class PeerLabels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            List<String> labels = new ArrayList<>(
                    Arrays.stream(Peer.values()).map(Peer::label).toList());
            labels.add(Peer.NONE);
            return labels.iterator();
        }
    }

    /** The names of what can be compared, for the help. */
    static final class WorkLabels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Work.values()).map(Work::label).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        Set<Work> works =
                growth == null || work != null ? Work.of(work == null ? List.of() : work) : EnumSet.noneOf(Work.class);
        List<Integer> sizes = sizes();
        endChildrenWithUs();
        try (Starter starter = new Starter(python);
                AnnBench bench = new AnnBench(setting(starter), works, sizes, charts == null ? folder() : charts)) {
            Report report = bench.run();
            common.console().result(report, ReportText.of(report));
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
        Scale scale = scale();
        Set<Peer> others = peers == null ? EnumSet.allOf(Peer.class) : Peer.of(peers);
        DataSet set = new DataFolder(folder(), Sources.sentences(data), scale.rows()).sentences();
        Data of = Data.of(set, folder(), scale.rows(), scale.queries());
        return new Setting(
                scale,
                set,
                folder(),
                of,
                specs == null ? List.of(Entrant.DEFAULT_SPEC) : specs,
                List.copyOf(others),
                starter,
                Affinity.ofThisThread(),
                new ArrayList<>(),
                new ArrayList<>(),
                common.console()::remark);
    }

    private Path folder() {
        return cache == null ? Sources.cache() : cache;
    }

    private Scale scale() {
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        scale = rows == null ? scale : scale.withRows(rows);
        return rounds == null ? scale : scale.withRounds(rounds);
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
