/**
 * The advisor: goals in, an index out, with the proof. It looks at the vectors ({@link dev.vicino.advise.DataProfile}) and at the
 * machine ({@link dev.vicino.advise.Machine}), tries the specs that may do on growing samples, builds the best one, tunes its effort on
 * one half of the queries and certifies it on the other.
 *
 * <p>It stands above the indexes and uses of them what any user may; {@link dev.vicino.Vicino} alone knows it.
 */
@NullMarked
package dev.vicino.advise;

import org.jspecify.annotations.NullMarked;
