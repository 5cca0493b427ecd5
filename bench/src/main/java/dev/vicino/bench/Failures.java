package dev.vicino.bench;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The one place where an exception becomes a line on standard error and an exit code. */
final class Failures {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Failures() {}

    /** Reports arguments that could not be understood. */
    static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        String message = String.valueOf(e.getMessage());
        command.getErr().println("vicino: " + message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        if (List.of(args).contains(Common.DEBUG)) {
            e.printStackTrace(command.getErr());
        }
        return WRONG_USAGE;
    }

    /** Reports what a benchmark threw. */
    static int failed(Exception e, CommandLine verb, ParseResult parsed) {
        verb.getErr().println("vicino: " + sentence(e));
        if (verb.getParseResult().hasMatchedOption(Common.DEBUG)) {
            e.printStackTrace(verb.getErr());
        }
        return e instanceof IllegalArgumentException ? WRONG_USAGE : FAILED;
    }

    private static String sentence(Exception e) {
        return switch (e) {
            case NoSuchFileException file -> file.getFile() + " does not exist";
            case IOException io when io.getMessage() != null -> io.getMessage();
            case IllegalArgumentException argument when argument.getMessage() != null -> argument.getMessage();
            default -> "internal error, please report it: %s (%s shows more)".formatted(e, Common.DEBUG);
        };
    }
}
