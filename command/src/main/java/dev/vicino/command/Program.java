package dev.vicino.command;

import picocli.CommandLine;

/** A command of ours: how it takes its arguments, where it writes, and how it ends: 0 for done, 1 for failed, 2 for wrong usage. */
public final class Program {
    private Program() {}

    /**
     * The command of an annotated object.
     *
     * @param verbs added to those that the annotation names
     */
    public static CommandLine of(Object command, Object... verbs) {
        CommandLine line = new CommandLine(command);
        for (Object verb : verbs) {
            line.addSubcommand(verb);
        }
        line.getSubcommands().values().forEach(Labels::register);
        return line.setExpandAtFiles(false) // a query text may well begin with an @
                .setExecutionStrategy(Failures::heard)
                .setParameterExceptionHandler(Failures::wrongUsage)
                .setExecutionExceptionHandler(Failures::failed);
    }

    /** Runs one verb, or shows the help where there are no arguments, and ends the JVM with the exit code. */
    public static void main(CommandLine command, String[] arguments) {
        Streams streams = Streams.open();
        command.setOut(streams.out()).setErr(streams.err());
        System.exit(command.execute(arguments.length == 0 ? new String[] {"--help"} : arguments));
    }
}
