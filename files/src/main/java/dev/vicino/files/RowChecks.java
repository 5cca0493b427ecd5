package dev.vicino.files;

/** What is asked of a row wherever one goes in or out. */
final class RowChecks {
    private static final int SIGNLESS = 0x7fff_ffff;
    private static final int INFINITY_BITS = 0x7f80_0000;

    private RowChecks() {}

    /** @return the first column whose value is NaN or infinite, or −1 where every value is finite */
    static int firstNotFinite(float[] row) {
        int largest = 0;
        for (float value : row) { // no branch inside, so that it runs over many columns at once
            largest = Math.max(largest, Float.floatToRawIntBits(value) & SIGNLESS);
        }
        if (largest < INFINITY_BITS) {
            return -1;
        }
        int column = 0;
        while (Float.isFinite(row[column])) {
            column++;
        }
        return column;
    }

    /** @throws IllegalArgumentException for a row of another length */
    static void requireLength(float[] row, int dimension) {
        if (row.length != dimension) {
            throw new IllegalArgumentException("row.length = " + row.length + ", expected the dimension " + dimension);
        }
    }

    /**
     * @param position the row's number, for the message
     * @throws IllegalArgumentException for a row of another length, or with a value that is not finite
     */
    static void requireWritable(float[] row, int dimension, long position) {
        requireLength(row, dimension);
        int column = firstNotFinite(row);
        if (column >= 0) {
            throw new IllegalArgumentException(
                    "row " + position + ", column " + column + " = " + row[column] + ", expected a finite number");
        }
    }
}
