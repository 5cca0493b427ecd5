/**
 * {@code vicino bench exact}: exact search beside FAISS, on the same data, in the same run.
 *
 * <p>Whoever is timed is a {@link dev.vicino.bench.exact.Contestant}: an index in this JVM, one in a child process, or the
 * machine itself as a ceiling. A {@link dev.vicino.bench.exact.CallRace} warms them up and then lets them take turns with a call,
 * so that whatever else disturbs the machine disturbs all alike. {@link dev.vicino.bench.exact.ExactBench} says who meets whom.
 */
@NullMarked
package dev.vicino.bench.exact;

import org.jspecify.annotations.NullMarked;
