package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;

/**
 * A row-major matrix of float32 in off-heap memory, as kernels read it: row r begins at {@code base}, {@code start + r·stride()}.
 *
 * @param base the segment to read from; {@link Memory#ALL} where native access is allowed
 * @param start byte offset of row 0 in {@code base}
 * @param size rows
 * @param dimension floats in a row
 */
public record Rows(MemorySegment base, long start, int size, int dimension) {
    /** The first {@code size} rows of {@code memory}, which must be that long and must outlive this. */
    public static Rows of(Memory memory, int size, int dimension) {
        if (memory.bytes() < (long) size * dimension * Float.BYTES) {
            throw new IllegalArgumentException("memory = " + memory.bytes() + " bytes, expected at least "
                    + (long) size * dimension * Float.BYTES);
        }
        return new Rows(memory.base(), memory.start(), size, dimension);
    }

    /** Bytes from one row to the next. */
    public long stride() {
        return (long) dimension * Float.BYTES;
    }

    /** Where row r begins in {@link #base}. */
    public long at(int row) {
        return start + row * stride();
    }
}
