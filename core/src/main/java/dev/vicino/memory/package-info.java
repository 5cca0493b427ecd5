/**
 * Off-heap memory: blocks that are allocated or mapped, reached by absolute addresses, and freed only when nobody reads them.
 *
 * <p>An address knows no bounds and no owner, so two rules keep it safe. Bounds are checked once, at the public edge. And whoever
 * reads holds the {@link dev.vicino.memory.Lifetime} of the memory meanwhile, so that it is not freed under a reader.
 */
@org.jspecify.annotations.NullMarked
package dev.vicino.memory;
