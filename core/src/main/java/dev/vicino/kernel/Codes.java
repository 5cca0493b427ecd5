package dev.vicino.kernel;

import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;

/**
 * A matrix of int8 in off-heap memory, as kernels read it.
 *
 * <p>Products are summed in 16 bits and the sums added up in 32. Which values of a row share a sum of 16 bits, its <em>segment</em>,
 * depends on the layout and not on the width of the vectors; the sums must fit, which whoever makes codes and queries sees to.
 *
 * @param base the segment to read from; {@link Memory#ALL} where native access is allowed
 * @param start byte offset of row 0 in {@code base}
 * @param size rows
 * @param width values in a row, a multiple of {@value #LANES}
 * @param layout where a value lies
 */
public record Codes(MemorySegment base, long start, int size, int width, Layout layout) {
    /** Widths are multiples of this. */
    public static final int LANES = 32;

    /** Rows in a block. */
    public static final int BLOCK = 64;

    /** Where a value of a row lies. */
    public enum Layout {
        /**
         * Row after row, so that one row can be read. Value i belongs to segment i mod 32 of its chunk of 384 values, so that a segment
         * has 12 values.
         */
        ROWS {
            @Override
            public long offset(int width, int row, int i) {
                return (long) row * width + i;
            }

            @Override
            public int place(int width, int i) {
                return i;
            }

            @Override
            public int segment(int width, int i) {
                return i / CHUNK * LANES + i % LANES;
            }

            @Override
            public int segments(int width) {
                return Math.ceilDiv(width, CHUNK) * LANES;
            }
        },

        /**
         * In blocks of 64 rows, a value of all of them together, a cache line: the lanes of a vector are rows and no sum is ever folded. A
         * segment has 8 values, width/8 apart, which evens out values that get smaller along a row, as principal components do.
         */
        BLOCKS {
            @Override
            public long offset(int width, int row, int i) {
                return ((long) row / BLOCK * width + place(width, i)) * BLOCK + row % BLOCK;
            }

            @Override
            public int place(int width, int i) {
                return segment(width, i) * SEGMENT + i / segments(width);
            }

            @Override
            public int segment(int width, int i) {
                return i % segments(width);
            }

            @Override
            public int segments(int width) {
                return width / SEGMENT;
            }
        };

        /** Where value i of a row lies, in bytes from the first. */
        public abstract long offset(int width, int row, int i);

        /** Where value i of a query lies for the kernels. */
        public abstract int place(int width, int i);

        /** The segment of value i. */
        public abstract int segment(int width, int i);

        public abstract int segments(int width);
    }

    static final int CHUNK = 12 * LANES;
    static final int SEGMENT = 8;

    /** The first {@code size} rows of {@code memory}, which must outlive this. */
    public static Codes of(Memory memory, int size, int width, Layout layout) {
        if (width % LANES != 0 || memory.bytes() < bytes(size, width)) {
            throw new IllegalArgumentException("memory = " + memory.bytes() + " bytes, width = " + width
                    + ", expected a multiple of " + LANES + " and room for " + size + " rows");
        }
        return new Codes(memory.base(), memory.start(), size, width, layout);
    }

    /** Memory that so many rows take: whole blocks of them. */
    public static long bytes(int size, int width) {
        return ((long) size + BLOCK - 1) / BLOCK * BLOCK * width;
    }

    /** The width of rows of d values. */
    public static int width(int d) {
        return (d + LANES - 1) / LANES * LANES;
    }

    /** Where row r begins in {@link #base}, or its block. */
    public long at(int row) {
        return start + (long) row * width;
    }
}
