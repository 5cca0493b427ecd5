package dev.vicino.command;

import dev.vicino.advise.GoalsConflictException;
import dev.vicino.card.CardException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The one place where an exception becomes a line on standard error and an exit code. */
final class Failures {
    static final String DEBUG = "--debug";

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private Failures() {}

    /** Reports arguments that could not be understood. */
    static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("vicino: " + usageSentence(e, command));
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        if (List.of(args).contains(DEBUG)) {
            e.printStackTrace(err);
        }
        return WRONG_USAGE;
    }

    /** Runs the verb, and reports what picocli lets pass: errors, and output that could not be written while printing help. */
    static int heard(ParseResult parsed) {
        try {
            return new CommandLine.RunLast().execute(parsed);
        } catch (UncheckedIOException | Error e) {
            return failed(e, parsed.asCommandLineList().getLast());
        }
    }

    /** Reports what a verb threw. */
    static int failed(Exception e, CommandLine verb, ParseResult parsed) {
        return failed((Throwable) e, verb);
    }

    /** Prints one line, and with debug the stack trace; nothing where the reader of our output has gone away. */
    private static int failed(Throwable e, CommandLine verb) {
        if (isBrokenPipe(e)) {
            return DONE;
        }
        verb.getErr().println("vicino: " + sentence(e));
        if (verb.getParseResult().hasMatchedOption(DEBUG)) {
            e.printStackTrace(verb.getErr());
        }
        return e instanceof IllegalArgumentException ? WRONG_USAGE : FAILED;
    }

    private static boolean isBrokenPipe(Throwable e) {
        return e instanceof UncheckedIOException
                && String.valueOf(e.getMessage()).endsWith("Broken pipe");
    }

    private static String sentence(Throwable e) {
        return switch (e) {
            case UncheckedIOException wrapped when wrapped.getCause() != null -> sentence(wrapped.getCause());
            case NoSuchFileException file -> file.getFile() + " does not exist";
            case AccessDeniedException file -> file.getFile() + " cannot be opened: permission denied";
            case FileAlreadyExistsException file -> file.getFile() + " exists already";
            case NotDirectoryException file -> file.getFile() + " is not a folder";
            case DirectoryNotEmptyException file -> file.getFile() + " is a folder that is not empty";
            case FileSystemException file when file.getReason() != null -> file.getFile() + ": " + file.getReason();
            case GoalsConflictException goals -> String.valueOf(goals.getMessage());
            case CardException card -> String.valueOf(card.getMessage());
            case OutOfMemoryError memory ->
                "not enough memory (%s); a larger heap is set with VICINO_JAVA_OPTS=-Xmx8g"
                        .formatted(memory.getMessage());
            case IOException io when io.getMessage() != null -> io.getMessage();
            case IllegalArgumentException argument when argument.getMessage() != null -> argument.getMessage();
            default -> "internal error, please report it: %s (%s shows more)".formatted(e, DEBUG);
        };
    }

    private static String usageSentence(ParameterException e, CommandLine command) {
        List<String> unknown = e instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched()
                : command.getUnmatchedArguments(); // a slip in the name of a required option must not pass for its
        // absence
        if (!unknown.isEmpty()) {
            return unknown(unknown.getFirst(), command.getCommandSpec());
        }
        String message = String.valueOf(e.getMessage());
        return message.substring(0, 1).toLowerCase(Locale.ROOT) + message.substring(1);
    }

    private static String unknown(String argument, CommandSpec command) {
        if (argument.startsWith("-")) {
            String name = argument.replaceFirst("=.*", "");
            return "unknown option " + name + meant(name, command.optionsMap().keySet());
        }
        if (command.parent() == null) {
            return "unknown verb " + argument
                    + meant(argument, command.subcommands().keySet());
        }
        return "one argument too many: " + argument;
    }

    private static String meant(String word, Set<String> known) {
        return Nearest.to(word, known).map("; did you mean %s?"::formatted).orElse("");
    }
}
