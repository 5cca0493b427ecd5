package dev.vicino.files;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A table of ids on its way into a file. */
final class IdWriter {
    private final Output output;
    private final long[][] table;
    private final int columns;

    /** @throws IllegalArgumentException for a table that is empty or ragged */
    IdWriter(Output output, long[][] table) {
        this.output = output;
        this.table = table;
        this.columns = columns(table);
    }

    void npy() throws IOException {
        output.room(NpyFormat.WRITTEN_HEADER_BYTES).put(NpyFormat.header(Element.INT64, table.length, columns));
        for (long[] row : table) {
            ByteBuffer buffer = output.room(columns * Long.BYTES);
            for (long id : row) {
                buffer.putLong(id);
            }
        }
    }

    /** @throws IllegalArgumentException for an id that is no int32 */
    void ivecs() throws IOException {
        for (int row = 0; row < table.length; row++) {
            ByteBuffer buffer = output.room(VecsFormat.PREFIX_BYTES + columns * Integer.BYTES);
            buffer.putInt(columns);
            for (int column = 0; column < columns; column++) {
                buffer.putInt(int32(row, column));
            }
        }
    }

    private int int32(int row, int column) {
        long id = table[row][column];
        if (id != (int) id) {
            throw new IllegalArgumentException("row " + row + ", column " + column + " = " + id
                    + ", expected an id that int32 holds, at most 2147483647; npy holds any");
        }
        return (int) id;
    }

    private static int columns(long[][] table) {
        if (table.length == 0) {
            throw new IllegalArgumentException("table.length = 0, expected at least one row");
        }
        int columns = table[0].length;
        if (!Layout.isColumns(columns)) {
            throw new IllegalArgumentException("row 0 has " + columns + " ids, expected " + Layout.COLUMNS_EXPECTED);
        }
        for (int row = 1; row < table.length; row++) {
            if (table[row].length != columns) {
                throw new IllegalArgumentException(
                        "row " + row + " has " + table[row].length + " ids, expected " + columns + ", as in row 0");
            }
        }
        return columns;
    }
}
