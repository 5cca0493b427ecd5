package dev.vicino.bench.exact;

import dev.vicino.Vicino;
import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.exact.ExactBench.Peers;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.RaceOptions;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import java.io.IOException;
import java.util.EnumSet;
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
        description = {
            "Compare exact search with FAISS in the same run.",
            "Both sides have the same data, threads, k and page size, and take turns. FAISS is what"
                    + " 'python3 -m pip install faiss-cpu numpy' installs; without it our own times are shown."
        },
        footer = "%nWhat is compared with what:%n"
                + "  plain-single   the plain scan, one query a call: FAISS; read bandwidth%n"
                + "  plain-batch    the plain scan, 1,000 queries a call: FAISS; multiply-adds%n"
                + "  small-batch    the plain scan, 100 a call: the better setting of FAISS%n"
                + "  pruned-single  the pruned scan, one query a call: FAISS IndexFlatIP%n"
                + "  panorama       the same: FAISS IndexFlatIPPanorama on principal components%n"
                + "  pruned-batch   the pruned scan, 1,000 queries a call: FAISS IndexFlatIP%n"
                + "  gaussian       the pruned scan where nothing can be pruned: the plain scan%n"
                + "  threads        two threads: one; reading the rows likewise%n"
                + "  memory         what an opened index takes above its file: size of codes%n"
                + "  scalar         SIMD: the same without the Vector API%n"
                + "%nFields of --json: kernels, java, cores, rounds, affinity, peers,%n"
                + "rows [{work, data, vectors, dimension, batch, k, ours, ours_us, against {name,%n"
                + "us, ratio, ratio_low, ratio_high, mismatches}, ceiling {of, rate, unit,%n"
                + "share}}], memory [{data, vectors, dimension, grown_bytes, code_bytes, ratio}],%n"
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
            names = "--work",
            split = ",",
            paramLabel = "NAME",
            description = "What to compare (default: all): ${COMPLETION-CANDIDATES}.")
    private @Nullable Set<ExactWork> work;

    @Mixin
    private RaceOptions options;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        Console console = common.console();
        Set<ExactWork> works = work == null ? EnumSet.allOf(ExactWork.class) : EnumSet.copyOf(work);
        ExactScale scale = options.scale(ExactScale.FULL, ExactScale.QUICK);
        DataFolder folder = options.data(scale.rows());
        requireKnownPeers();
        requireSimd();
        Peers found = peers(works);
        try {
            ExactReport report = new ExactBench(scale, folder, works, found, console::remark).run();
            console.result(report, ExactText.of(report));
        } finally {
            if (found.faiss() != null) {
                found.faiss().close();
            }
        }
        return ExitCode.OK;
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

    private Peers peers(Set<ExactWork> works) {
        if (!peers.contains(FAISS) || works.stream().noneMatch(ExactWork::isBesideFaiss)) {
            return new Peers(null, "FAISS is left out, as asked for");
        }
        try {
            Child faiss = Faiss.start(options.python());
            return new Peers(faiss, faiss.version());
        } catch (IOException e) {
            return new Peers(
                    null, "FAISS is left out: " + String.valueOf(e.getMessage()).strip());
        }
    }
}
