package dev.vicino.files;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A binary file read from its beginning to its end through a buffer of up to 1 MiB, which {@link #take} hands out in pieces.
 * Not safe for use by several threads.
 */
final class Input implements AutoCloseable {
    /** Large enough to hide the cost of a system call, and for any row: 65,536 numbers of 8 bytes and a prefix. */
    static final int BUFFER_BYTES = 1 << 20;

    private final Path file;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer;
    private final MemorySegment segment;
    private long position;

    private Input(Path file, FileChannel channel, long size) {
        this.file = file;
        this.channel = channel;
        this.size = size;
        this.buffer = ByteBuffer.allocate((int) Math.min(size, BUFFER_BYTES)).limit(0);
        this.segment = MemorySegment.ofArray(buffer.array());
    }

    static Input open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, expected a file");
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new Input(file, channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    /** Length of the file when it was opened, in bytes. */
    long size() {
        return size;
    }

    /** Where in the file the next piece begins. */
    long position() {
        return position;
    }

    /** The buffer; what it holds is valid until the next {@link #take}. */
    MemorySegment segment() {
        return segment;
    }

    /**
     * Moves past the next bytes of the file.
     *
     * @param bytes at most {@link #BUFFER_BYTES}
     * @return where in {@link #segment} they lie
     * @throws CorruptFileException when the file ends before them
     */
    long take(int bytes) throws IOException {
        if (buffer.remaining() < bytes) {
            fill(bytes);
        }
        int at = buffer.position();
        buffer.position(at + bytes);
        position += bytes;
        return at;
    }

    private void fill(int bytes) throws IOException {
        buffer.compact();
        try {
            while (buffer.position() < bytes) {
                if (!buffer.hasRemaining() || channel.read(buffer) < 0) { // a small file has a small buffer
                    String found = buffer.position() + " bytes long";
                    throw corrupt(position, "the rest of the file", found, "at least " + bytes + " bytes");
                }
            }
        } finally {
            buffer.flip();
        }
    }

    /** Goes back to the beginning of the file. */
    void rewind() throws IOException {
        channel.position(0);
        buffer.limit(0);
        position = 0;
    }

    CorruptFileException corrupt(long offset, String what, Object found, Object expected) {
        return new CorruptFileException(file, offset, what, found, expected);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
