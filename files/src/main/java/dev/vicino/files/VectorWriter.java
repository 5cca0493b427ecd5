package dev.vicino.files;

import java.io.IOException;

/**
 * A vector file being written. It appears under its name on {@link #commit}, whole; closed without a commit it leaves
 * nothing, and an older file as it was. Not safe for use by several threads.
 */
public interface VectorWriter extends AutoCloseable {
    /**
     * Appends a row.
     *
     * @param row d finite numbers; read, never kept
     * @throws IllegalArgumentException for a row of another length, or with a number that is not finite
     */
    void write(float[] row) throws IOException;

    /**
     * Puts the file in its place; nothing may be written afterwards.
     *
     * @throws IOException when that fails, or when no row was written and the format cannot hold a collection of none
     */
    void commit() throws IOException;

    @Override
    void close();
}
