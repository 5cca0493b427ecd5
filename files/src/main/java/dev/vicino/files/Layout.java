package dev.vicino.files;

import dev.vicino.Vectors;
import java.nio.ByteOrder;

/**
 * Where the numbers of a binary file lie: rows of equal length, one after another up to the end of the file.
 *
 * @param element type of a number
 * @param order byte order of the numbers
 * @param offset where the first row begins, in bytes
 * @param prefixBytes bytes before the numbers of each row, which repeat its length; 0 for none
 * @param rows at least 0; rows · {@link #rowBytes} is the rest of the file
 * @param columns numbers in a row, 1 to {@link #MAX_COLUMNS}
 */
record Layout(Element element, ByteOrder order, long offset, int prefixBytes, long rows, int columns) {
    /** As in memory; a row of the widest type then fits into the buffer of an {@link Input}. */
    static final int MAX_COLUMNS = Vectors.MAX_DIMENSION;

    /** {@link #MAX_COLUMNS} as messages put it. */
    static final String COLUMNS_EXPECTED = "1 to " + MAX_COLUMNS;

    Layout {
        if (offset < 0 || prefixBytes < 0 || rows < 0) {
            throw new IllegalArgumentException("offset, prefixBytes, rows = " + offset + ", " + prefixBytes + ", "
                    + rows + ", expected at least 0 each");
        }
        if (!isColumns(columns)) {
            throw new IllegalArgumentException("columns = " + columns + ", expected " + COLUMNS_EXPECTED);
        }
    }

    /** Whether a row may have so many numbers. */
    static boolean isColumns(long columns) {
        return columns >= 1 && columns <= MAX_COLUMNS;
    }

    /** Bytes from one row to the next. */
    int rowBytes() {
        return prefixBytes + columns * element.bytes();
    }
}
