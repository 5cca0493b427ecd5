package dev.vicino.gpu;

import java.util.function.Consumer;

/** Rows that a pass goes through, block by block. */
interface RowSource {
    /**
     * Hands out all blocks.
     *
     * @param stream at whose turn a block is there, and may be read
     * @param work gives the stream what is to be done with a block, and does not wait for it
     */
    void forEach(long stream, Consumer<Block> work);
}
