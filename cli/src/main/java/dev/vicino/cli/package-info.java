/**
 * The {@code vicino} command. {@link dev.vicino.cli.Main} holds the list of verbs; each verb is one class that takes its
 * arguments through picocli, shares the options of {@link dev.vicino.command.Common}, and writes through a
 * {@link dev.vicino.command.Console}.
 */
@NullMarked
package dev.vicino.cli;

import org.jspecify.annotations.NullMarked;
