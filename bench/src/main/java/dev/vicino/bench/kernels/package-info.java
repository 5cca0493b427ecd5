/**
 * Microbenchmarks of core's kernels, for {@code vicino bench jmh}: each kernel, SIMD and scalar, from the cache and from memory.
 */
@NullMarked
package dev.vicino.bench.kernels;

import org.jspecify.annotations.NullMarked;
