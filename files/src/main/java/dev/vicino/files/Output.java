package dev.vicino.files;

import dev.vicino.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * A little-endian file written through a buffer of 1 MiB; it appears on {@link #commit}, whole. Not safe for use by
 * several threads.
 */
final class Output implements AutoCloseable {
    private final Path target;
    private final AtomicFile file;
    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(Input.BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private Output(Path target, AtomicFile file) {
        this.target = target;
        this.file = file;
    }

    static Output create(Path target) throws IOException {
        return new Output(target, AtomicFile.create(target));
    }

    /**
     * The buffer, with room for the next bytes of the file.
     *
     * @param bytes at most {@link Input#BUFFER_BYTES}
     * @throws IllegalStateException after {@link #commit} or {@link #close}
     */
    ByteBuffer room(int bytes) throws IOException {
        if (!file.channel().isOpen()) {
            throw new IllegalStateException(target + " is already committed or closed, expected it to be open");
        }
        if (buffer.remaining() < bytes) {
            flush();
        }
        return buffer;
    }

    /** Writes over the beginning of the file. */
    void overwriteStart(ByteBuffer bytes) throws IOException {
        flush();
        FileChannel channel = file.channel();
        long at = 0;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    void commit() throws IOException {
        flush();
        file.commit();
    }

    @Override
    public void close() {
        file.close();
    }

    private void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                file.channel().write(buffer);
            }
        } finally {
            buffer.compact(); // after a failure nothing is lost and nothing is written twice
        }
    }
}
