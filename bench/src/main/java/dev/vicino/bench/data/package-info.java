/** Vectors and queries that comparisons run on, in npy files that every program reads the same bits from. */
@NullMarked
package dev.vicino.bench.data;

import org.jspecify.annotations.NullMarked;
