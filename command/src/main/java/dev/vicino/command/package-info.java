/**
 * What the {@code vicino} command and {@code vicino bench} have in common. A {@link dev.vicino.command.Program} has verbs; each verb
 * takes in the options of {@link dev.vicino.command.Common} and writes through a {@link dev.vicino.command.Console}.
 */
@NullMarked
package dev.vicino.command;

import org.jspecify.annotations.NullMarked;
