/**
 * Approximate indexes that run on a JVM, ours and those of others, each served in a process of its own: what one compiles, collects
 * and keeps in caches is nothing to another.
 */
@NullMarked
package dev.vicino.bench.ann.engine;

import org.jspecify.annotations.NullMarked;
