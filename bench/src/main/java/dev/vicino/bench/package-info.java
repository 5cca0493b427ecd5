/**
 * The {@code vicino bench} command: comparisons with other programs in the same run, and microbenchmarks of the kernels. Nothing
 * depends on it.
 */
@NullMarked
package dev.vicino.bench;

import org.jspecify.annotations.NullMarked;
