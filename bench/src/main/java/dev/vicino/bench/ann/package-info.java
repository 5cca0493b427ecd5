/**
 * {@code vicino bench ann}: approximate search beside other programs, in the same run.
 *
 * <p>Whoever is timed is a {@link dev.vicino.bench.ann.TimedIndex}, in this JVM or in a process of its own. A
 * {@link dev.vicino.bench.ann.SweepRace} warms them up and then lets them take turns with every effort; what each gives is a
 * {@link dev.vicino.bench.ann.Sweep}. {@link dev.vicino.bench.ann.AnnBench} says what is looked at.
 */
@NullMarked
package dev.vicino.bench.ann;

import org.jspecify.annotations.NullMarked;
