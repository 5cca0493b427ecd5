package dev.vicino.advise;

import dev.vicino.VectorIndex;

/**
 * An index and why it is what it is.
 *
 * @param index over all vectors; whoever asked for it closes it
 */
public record Advised(VectorIndex index, Advice advice) {}
