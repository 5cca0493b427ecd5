package dev.vicino.bench.exact;

import dev.vicino.Vicino;
import dev.vicino.bench.exact.ExactBench.Peers;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vicino bench exact}: exact search beside FAISS in the same run. */
@Command(
        name = "exact",
        sortOptions = false,
        sortSynopsis = false,
        description =
                "Compare exact search with FAISS, on the same data, threads, k and page size, taking turns. FAISS is what"
                        + " 'python3 -m pip install faiss-cpu numpy' installs; without it our own times are shown.",
        footer = "%nWhat is compared:%n"
                + "  plain-single   the plain scan, one query a call: FAISS IndexFlatIP; read bandwidth%n"
                + "  plain-batch    the plain scan, 1,000 queries a call: FAISS; multiply-add peak%n"
                + "  small-batch    the plain scan, 100 queries a call: the better of two settings of FAISS%n"
                + "  pruned-single  the pruned scan, one query a call: FAISS IndexFlatIP%n"
                + "  panorama       the same: FAISS IndexFlatIPPanorama on principal components%n"
                + "  pruned-batch   the pruned scan, 1,000 queries a call: FAISS IndexFlatIP%n"
                + "  gaussian       the pruned scan where nothing can be pruned: the plain scan%n"
                + "  threads        two threads: one thread; reading the rows likewise%n"
                + "  memory         memory that an opened index takes above its file: the size of its codes%n"
                + "  scalar         SIMD: the same without the Vector API%n"
                + "%nFields of --json: kernels, java, cores, rounds, affinity, peers,%n"
                + "rows [{work, data, vectors, dimension, batch, k, ours, ours_us,%n"
                + "  against {name, us, ratio, ratio_low, ratio_high, mismatches}, ceiling {of, rate, unit, share}}],%n"
                + "memory [{data, vectors, dimension, grown_bytes, code_bytes, ratio}],%n"
                + "pages [{data, process, bytes, large_page_bytes}], remarks")
public final class ExactVerb implements Callable<Integer> {
    private static final String FAISS = "faiss";
    private static final String NONE = "none";

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "NAME",
            defaultValue = FAISS,
            description = "Whom to compare with: faiss, or none (default: ${DEFAULT-VALUE}).")
    private List<String> peers;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Folder of " + DataFolder.BASE + " and " + DataFolder.QUERIES
                    + " (default: shared/data beside the checkout; generated vectors where that is not there).")
    private @Nullable Path data;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Use no more vectors of a data set than these (default: all).")
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
            completionCandidates = Labels.class)
    private @Nullable List<String> work;

    @Option(
            names = "--python",
            paramLabel = "COMMAND",
            defaultValue = "python3",
            description = "The Python that has FAISS (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where the data is kept as both sides read it, about 1 GiB (default: the user's cache).")
    private @Nullable Path cache;

    @Option(names = "--quick", description = "Tiny sizes, to see that everything runs; the figures mean nothing.")
    private boolean quick;

    @Mixin
    private Common common;

    /** The names of what can be compared, for the help. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Work.values()).map(Work::label).iterator();
        }
    }

    @Override
    public Integer call() throws IOException {
        Console console = common.console();
        Set<Work> works = Work.of(work == null ? List.of() : work);
        Effort effort = effort();
        DataFolder folder =
                new DataFolder(cache == null ? Sources.cache() : cache, Sources.sentences(data), effort.rows());
        requireKnownPeers();
        requireSimd();
        Peers found = peers(works);
        try {
            Report report = new ExactBench(effort, folder, works, found, console::remark).run();
            console.result(report, ReportText.of(report));
        } finally {
            if (found.faiss() != null) {
                found.faiss().close();
            }
        }
        return ExitCode.OK;
    }

    private Effort effort() {
        Effort effort = quick ? Effort.QUICK : Effort.FULL;
        effort = rows == null ? effort : effort.withRows(rows);
        return rounds == null ? effort : effort.withRounds(rounds);
    }

    private void requireKnownPeers() {
        for (String peer : peers) {
            if (!Set.of(FAISS, NONE).contains(peer)) {
                throw new IllegalArgumentException("peers = " + peer + ", expected faiss or none");
            }
        }
    }

    private static void requireSimd() {
        if (!Vicino.kernels().startsWith("SIMD")) {
            throw new IllegalStateException("kernels = " + Vicino.kernels()
                    + ", expected SIMD: start Java with --add-modules jdk.incubator.vector"
                    + " --enable-native-access=ALL-UNNAMED");
        }
    }

    private Peers peers(Set<Work> works) {
        if (!peers.contains(FAISS) || works.stream().noneMatch(Work::isBesideFaiss)) {
            return new Peers(null, "FAISS is left out, as asked for");
        }
        try {
            Child faiss = Faiss.start(python);
            return new Peers(faiss, faiss.version());
        } catch (IOException e) {
            return new Peers(
                    null, "FAISS is left out: " + String.valueOf(e.getMessage()).strip());
        }
    }
}
