package dev.vicino.files;

import java.io.IOException;

/**
 * The vectors of one file, row after row, in constant memory. Every value it hands out is finite. Not safe for use by
 * several threads.
 */
public interface VectorReader extends AutoCloseable {
    /** Numbers in a row, 1 to 65,536. */
    int dimension();

    /** Rows in the file, or −1 where only reading it to its end would tell (JSON lines). */
    long count();

    /** Rows read so far. */
    long position();

    /**
     * Reads the next row.
     *
     * @param row filled with the d numbers of the row; undefined after an exception
     * @return false at the end of the file, with {@code row} left as it was
     * @throws IllegalArgumentException if {@code row.length != dimension()}
     * @throws dev.vicino.io.CorruptFileException when the row is not what the format requires, or holds NaN, an
     *     infinity or a number beyond the range of float32
     */
    boolean read(float[] row) throws IOException;

    @Override
    void close() throws IOException;
}
