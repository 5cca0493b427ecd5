package dev.vicino.lists;

import java.lang.foreign.MemorySegment;

/**
 * Blocks that lie one behind the other.
 *
 * @param base what they lie in
 * @param at where the first begins
 * @param blocks how many there are
 * @param blockBytes of each
 */
record Region(MemorySegment base, long at, int blocks, int blockBytes) {
    /** Where a block begins. */
    long at(int block) {
        return at + (long) block * blockBytes;
    }

    Region first(int some) {
        return new Region(base, at, some, blockBytes);
    }

    /** Those from a block on. */
    Region from(int block) {
        return new Region(base, at(block), blocks - block, blockBytes);
    }

    long bytes() {
        return (long) blocks * blockBytes;
    }

    /** Writes the blocks of another region to the front of this one. */
    void copyFrom(Region other) {
        MemorySegment.copy(other.base, other.at, base, at, other.bytes());
    }
}
