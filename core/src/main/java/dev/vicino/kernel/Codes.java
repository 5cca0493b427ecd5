package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;

/**
 * A row-major matrix of int8 in off-heap memory, as kernels read it. Rows are padded with zeros to a multiple of {@link #LANES}.
 *
 * @param base the segment to read from; {@link Memory#ALL} where native access is allowed
 * @param start byte offset of row 0 in {@code base}
 * @param size rows
 * @param width bytes from one row to the next, a multiple of {@link #LANES}
 */
public record Codes(MemorySegment base, long start, int size, int width) {
    /**
     * Sums of products are kept in 16 bits, value i of a row in sum i mod 32, and are added up in 32 bits after every
     * {@link #CHUNK} values. The sums must fit; see {@code Int8Codes}.
     */
    public static final int LANES = 32;

    /** Values of a row that are summed in 16 bits: twelve a lane. */
    public static final int CHUNK = 12 * LANES;

    /** The first {@code size} rows of {@code memory}, which must outlive this. */
    public static Codes of(Memory memory, int size, int width) {
        if (width % LANES != 0 || memory.bytes() < (long) size * width) {
            throw new IllegalArgumentException("memory = " + memory.bytes() + " bytes, width = " + width
                    + ", expected a multiple of " + LANES + " and room for " + size + " rows");
        }
        return new Codes(memory.base(), memory.start(), size, width);
    }

    /** The width of rows of d values. */
    public static int width(int d) {
        return (d + LANES - 1) / LANES * LANES;
    }

    /** Where row r begins in {@link #base}. */
    public long at(int row) {
        return start + (long) row * width;
    }
}
