package dev.vicino.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code vicino} command: the list of its verbs, and the way in. Exits with 0 for done, 1 for failed, 2 for wrong usage. */
@Command(
        name = "vicino",
        description = "Nearest-neighbour search for embeddings.",
        synopsisHeading = "Usage: ",
        descriptionHeading = "%n",
        optionListHeading = "%n",
        commandListHeading = "%nVerbs (each has --help, --json, --quiet, --debug):%n",
        synopsisSubcommandLabel = "VERB [ARGUMENT]…",
        footer = "%nIn the source tree also bench, which measures Vicino beside other programs: vicino bench --help",
        versionProvider = Version.class,
        subcommands = {
            DemoVerb.class,
            EmbedVerb.class,
            ConvertVerb.class,
            BuildVerb.class,
            TruthVerb.class,
            SearchVerb.class,
            InfoVerb.class,
            VerifyVerb.class
        })
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private Main() {}

    /** Runs one verb and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Streams streams = Streams.open();
        CommandLine vicino = commandLine().setOut(streams.out()).setErr(streams.err());
        System.exit(vicino.execute(args.length == 0 ? new String[] {"--help"} : args));
    }

    /** The command with its verbs; the verbs given are added to the list. */
    static CommandLine commandLine(Object... verbs) {
        CommandLine vicino = new CommandLine(new Main());
        for (Object verb : verbs) {
            vicino.addSubcommand(verb);
        }
        return vicino.setExpandAtFiles(false) // a query text may well begin with an @
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionStrategy(Failures::heard)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }
}
