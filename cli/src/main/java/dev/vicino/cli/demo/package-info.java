/**
 * The demo: searches texts that every machine with a JDK has, so that a newcomer sees in a minute what this is for.
 *
 * <p>{@link dev.vicino.cli.demo.Demo} is the only thing that the command line names. A corpus ({@code Corpus}) gives the texts and
 * three questions, a library ({@code Library}) is a corpus that was embedded and indexed, a shelf ({@code Shelf}) keeps libraries
 * between runs, and a report ({@code Report}) is what is shown, to a person or to a program.
 */
@NullMarked
package dev.vicino.cli.demo;

import org.jspecify.annotations.NullMarked;
