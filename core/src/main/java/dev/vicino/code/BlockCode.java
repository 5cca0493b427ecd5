package dev.vicino.code;

import java.lang.foreign.MemorySegment;

/**
 * A code of rows that lie {@value #ROWS} side by side in a block, as inverted lists have them: the blocks of a list lie one behind the
 * other, and its rows are written relative to an <em>origin</em>, the centroid of the list, where the code gains by that. Immutable; any
 * number of threads may use it.
 *
 * <p>Under cosine vectors may have any length and origins are where vectors of length 1 are.
 */
public interface BlockCode {
    /** Rows in a block. A row that was never put into its block has a distance too, which means nothing. */
    int ROWS = 32;

    /** Bytes of a block, a multiple of 64. */
    int blockBytes();

    /** Starts to write rows, on one thread. */
    Packer packer();

    /** Starts to compare queries with blocks, on one thread. */
    BlockScorer scorer();

    /**
     * What a row stands for: the vector, of length 1 under cosine, but for what was lost.
     *
     * @param origin that it was written with
     * @param out d values
     */
    void decode(MemorySegment base, long block, int lane, float[] origin, float[] out);

    /** What was learnt from the vectors, as {@link BlockCodes#open} reads it. */
    float[] parameters();

    /** As {@link Code#hasDrifted}. */
    boolean hasDrifted(double[] mean, double square);

    /** Writes rows into blocks. Not safe for use by several threads. */
    interface Packer {
        /** The origin of the rows that follow, d values, which are read and not kept; all zeros until told. */
        void origin(float[] origin);

        /**
         * Writes a row.
         *
         * @param vector d finite values, not changed
         * @param base what the block lies in
         * @param block where it begins
         * @param lane of the row in the block, below {@value #ROWS}
         */
        void put(float[] vector, MemorySegment base, long block, int lane);

        /** Copies a row to another place of a list with the same origin. */
        void move(MemorySegment fromBase, long fromBlock, int fromLane, MemorySegment toBase, long toBlock, int toLane);
    }
}
