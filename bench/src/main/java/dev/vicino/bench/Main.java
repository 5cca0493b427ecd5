package dev.vicino.bench;

import dev.vicino.bench.ann.AnnVerb;
import dev.vicino.bench.exact.ExactVerb;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code vicino bench} command. Exits with 0 for done, 1 for failed, 2 for wrong usage. */
@Command(
        name = "vicino bench",
        description = "Measures Vicino, beside other programs where they are installed.",
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nBenchmarks (each has --help, --json, --quiet, --debug):%n",
        synopsisSubcommandLabel = "BENCHMARK [ARGUMENT]…",
        subcommands = {ExactVerb.class, AnnVerb.class, JmhVerb.class})
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    private Main() {}

    /** Runs one benchmark and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine().execute(args.length == 0 ? new String[] {"--help"} : args));
    }

    /** The command with its benchmarks. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setExpandAtFiles(false)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }
}
