package dev.vicino.bench;

import dev.vicino.bench.advise.AdviseVerb;
import dev.vicino.bench.ann.AnnVerb;
import dev.vicino.bench.exact.ExactVerb;
import dev.vicino.bench.exact.GpuVerb;
import dev.vicino.bench.frameworks.FrameworksVerb;
import dev.vicino.bench.store.StoreVerb;
import dev.vicino.command.Help;
import dev.vicino.command.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The {@code vicino bench} command: the list of its benchmarks, and the way in. */
@Command(
        name = "vicino bench",
        description = "Measures Vicino, beside other programs where they are installed.",
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nBenchmarks (each has --help, --json, --quiet, --debug):%n",
        synopsisSubcommandLabel = "BENCHMARK [ARGUMENT]…",
        subcommands = {
            ExactVerb.class,
            GpuVerb.class,
            AnnVerb.class,
            AdviseVerb.class,
            StoreVerb.class,
            FrameworksVerb.class,
            JmhVerb.class
        })
public final class Main {
    @Mixin
    @SuppressWarnings("unused") // picocli acts on it
    private Help help;

    private Main() {}

    /** Runs one benchmark and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Program.main(commandLine(), args);
    }

    /** The command with its benchmarks. */
    public static CommandLine commandLine() {
        return Program.of(new Main());
    }
}
