package dev.vicino.command;

import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that every verb has. A verb takes them in with {@code @Mixin private Common common}. */
public final class Common {
    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Option(names = "--quiet", description = "Show no progress and no remarks: results and errors only.")
    private boolean quiet;

    @Option(names = Failures.DEBUG, description = "Show the stack trace of an error.")
    @SuppressWarnings("unused") // Failures looks for it
    private boolean debug;

    @Mixin
    @SuppressWarnings("unused") // picocli acts on it
    private Help help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec verb;

    /** Where the verb writes, as its options ask for. */
    public Console console() {
        CommandLine line = verb.commandLine();
        return new Console(line.getOut(), line.getErr(), json, quiet);
    }
}
