package dev.vicino.cli;

import dev.vicino.command.Help;
import dev.vicino.command.Program;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The {@code vicino} command: the list of its verbs, and the way in. */
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
            AdviseVerb.class,
            BuildVerb.class,
            TruthVerb.class,
            SearchVerb.class,
            InfoVerb.class,
            VerifyVerb.class
        })
public final class Main {
    @Mixin
    @SuppressWarnings("unused") // picocli acts on it
    private Help help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    private Main() {}

    /** Runs one verb and ends the JVM with its exit code. */
    public static void main(String[] args) {
        Program.main(commandLine(), args);
    }

    /** The command with its verbs. */
    static CommandLine commandLine() {
        return Program.of(new Main());
    }
}
