package dev.vicino.bench.exact;

import dev.vicino.bench.data.DataFolder;
import dev.vicino.bench.race.Child;
import dev.vicino.bench.race.RaceOptions;
import dev.vicino.command.Common;
import dev.vicino.command.Console;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vicino bench gpu}: exact search on a card beside PyTorch on the same card. */
@Command(
        name = "gpu",
        sortOptions = false,
        sortSynopsis = false,
        description = {
            "Compare exact search on a card with PyTorch (cuBLAS and topk) on the same card.",
            "Over 1,000,000 generated vectors of 384 and of 1,536 values, 1, 100 and 10,000 queries a call, k = 10. Both sides"
                    + " begin and end in main memory. Without PyTorch our own times are shown; without a card there is nothing to"
                    + " measure."
        },
        footer = "%nFields of --json: those of 'bench exact'; the card is in remarks")
public final class GpuVerb implements Callable<Integer> {
    private static final String TORCH = "torch";
    private static final String NONE = "none";
    private static final String MACHINE =
            "of the machine: what the card would take of our time to read the rows once a call (GB/s), or to multiply (GFLOP/s),"
                    + " 16 bits a value, by PyTorch";

    @Option(
            names = "--peers",
            paramLabel = "NAME",
            defaultValue = TORCH,
            description = "Whom to compare with: torch, or none (default: ${DEFAULT-VALUE}).")
    private String peers;

    @Mixin
    private RaceOptions options;

    @Mixin
    private Common common;

    @Override
    public Integer call() throws IOException {
        Console console = common.console();
        ExactScale scale = options.scale(ExactScale.FULL, ExactScale.QUICK);
        DataFolder folder = options.data(scale.rows());
        if (!peers.equals(TORCH) && !peers.equals(NONE)) {
            throw new IllegalArgumentException("peers = " + peers + ", expected torch or none");
        }
        Peer peer = peers.equals(NONE) ? new Peer(null, "PyTorch is left out, as asked for") : peer();
        try {
            GpuBench bench = new GpuBench(scale, folder, peer.torch, peer.description, console::remark);
            ExactReport report = bench.run();
            console.result(report, ExactText.of(report, MACHINE));
        } finally {
            if (peer.torch != null) {
                peer.torch.close();
            }
        }
        return ExitCode.OK;
    }

    /** PyTorch, where it is there, and what it is, or why it is left out. */
    private record Peer(@Nullable Child torch, String description) {}

    private Peer peer() {
        try {
            Child torch = Torch.start(options.python());
            return new Peer(torch, torch.version());
        } catch (IOException e) {
            return new Peer(
                    null,
                    "PyTorch is left out: " + String.valueOf(e.getMessage()).strip());
        }
    }
}
