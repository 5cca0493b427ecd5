package dev.vicino.kernel;

import java.lang.foreign.MemorySegment;

/**
 * Sums of table entries that the nibbles of a row choose, {@value #ROWS} rows of a block at a time, as FastScan has it (André, Kermarrec,
 * Le Scouarnec, 2015).
 *
 * <p>A block begins with planes, a plane is {@code groups} lines of 16 bytes. Line g of a plane has nibble g of all rows: of rows 0 … 15
 * in the lower halves of the bytes, of the others in the upper ones, in the order of {@link #place}. So a register holds the table of a
 * group, and bytes of it are looked up all at once.
 */
public sealed interface NibbleKernels permits ScalarNibbleKernels, SimdNibbleKernels {
    /** Rows in a block. */
    int ROWS = 32;

    /** Groups are a multiple of this, so that lines fill any vector. */
    int ALIGNMENT = 4;

    /** Entries of a table, bytes of a line. */
    int LINE = 16;

    /** Groups whose entries, a byte each, can be added up in 16 bits. */
    int CHUNK = 256;

    /** Sums of 16 bits of a block at the widest vectors. */
    int SCRATCH = 128;

    /** The byte of a line that holds a nibble of a row: even bytes are rows 0 … 7, odd ones rows 8 … 15, as sums of 16 bits come apart. */
    static int place(int row) {
        return row % 8 * 2 + row / 8 % 2;
    }

    /**
     * Σ over planes p and groups g of 2^p·tables[g][nibble], of all rows of some blocks.
     *
     * @param tables {@value #LINE} unsigned bytes a group
     * @param planes of a block
     * @param base what the blocks lie in
     * @param at where the first begins
     * @param blockBytes from one to the next
     * @param scratch at least {@value #SCRATCH} long
     * @param out {@value #ROWS} a block
     */
    void sums(
            byte[] tables,
            int planes,
            MemorySegment base,
            long at,
            long blockBytes,
            int blocks,
            short[] scratch,
            int[] out);

    /**
     * offset + a + f·(step·sum + bias) of the rows of some blocks, a and f being {@value #ROWS} float32 each, one behind the other, at
     * {@code at} and {@code blockBytes} further for each block.
     */
    void estimates(
            int[] sums,
            float step,
            float bias,
            float offset,
            MemorySegment base,
            long at,
            long blockBytes,
            int blocks,
            float[] out);
}
