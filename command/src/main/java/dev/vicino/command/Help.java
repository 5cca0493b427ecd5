package dev.vicino.command;

import picocli.CommandLine.Option;

/** The option that every command and verb has. Taken in with {@code @Mixin private Help help}. */
public final class Help {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;
}
