package dev.vicino.code;

import java.lang.foreign.MemorySegment;

/**
 * Compares one query after another with the blocks of lists. Distances are those of the index: smaller is nearer. Not safe for use by
 * several threads.
 */
public interface BlockScorer {
    /** Makes a query ready, which is read and not kept; the origin is all zeros until told. */
    void prepare(float[] query);

    /** The origin of the blocks that follow, for this query, read and not kept. */
    void origin(float[] origin);

    /**
     * Distances of all rows of some blocks from the query, estimated.
     *
     * @param base what the blocks lie in
     * @param at where the first begins
     * @param out {@value BlockCode#ROWS} a block, from 0 on
     */
    void score(MemorySegment base, long at, int blocks, float[] out);

    /** The standard deviation of the estimate of a row's distance from this query, roughly; 0 where the distances are exact. */
    float error(MemorySegment base, long block, int lane);
}
