/** Approximate search beside other programs, in the same run: {@code vicino bench ann}. */
@NullMarked
package dev.vicino.bench.ann;

import org.jspecify.annotations.NullMarked;
