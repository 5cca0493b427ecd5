package dev.vicino.files;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of a text file as bytes, blank ones left out. Not safe for use by several threads. */
final class LineInput implements AutoCloseable {
    /** A line of the most numbers in their longest form is a tenth of this; more is not a file of lines. */
    static final int MAX_LINE_BYTES = 16 << 20;

    private static final int FIRST_BUFFER_BYTES = 1 << 16;
    private static final int EXCERPT_BYTES = 40;

    private final Path file;
    private final InputStream stream;
    private byte[] buffer = new byte[FIRST_BUFFER_BYTES];
    private long bufferOffset; // of buffer[0] in the file
    private int filled;
    private int start;
    private int end;
    private int following; // where the line after this one begins
    private long number;

    private LineInput(Path file, InputStream stream) {
        this.file = file;
        this.stream = stream;
    }

    static LineInput open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, expected a file");
        }
        return new LineInput(file, Files.newInputStream(file));
    }

    /** Moves to the next line that is not blank; false at the end of the file. */
    boolean next() throws IOException {
        while (advance()) {
            if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Number of the line, from 1; blank lines count. */
    long number() {
        return number;
    }

    /** Where the line begins in the file, in bytes. */
    long offset() {
        return bufferOffset + start;
    }

    /** Holds the line from {@link #start}, {@link #length} bytes without the line feed, until {@link #next}. */
    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    String text() {
        return new String(buffer, start, length(), StandardCharsets.UTF_8).strip();
    }

    /** The beginning of the line in quotes, for messages. */
    String excerpt() {
        int bytes = Math.min(length(), EXCERPT_BYTES);
        String text = new String(buffer, start, bytes, StandardCharsets.UTF_8).strip();
        return "\"" + text + (bytes < length() ? "…\"" : "\"");
    }

    CorruptFileException corrupt(long offset, String what, Object found, Object expected) {
        return new CorruptFileException(file, offset, what, found, expected);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private boolean advance() throws IOException {
        start = following;
        end = start;
        number++;
        while (true) {
            while (end < filled) {
                if (buffer[end] == '\n') {
                    following = end + 1;
                    return true;
                }
                end++;
            }
            if (!fill()) {
                following = end;
                return end > start;
            }
        }
    }

    /**
     * Reads more of the line begun, which is moved to the front of the buffer to make room; false at the end of the
     * file.
     */
    private boolean fill() throws IOException {
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, filled - start);
            bufferOffset += start;
            filled -= start;
            end -= start;
            start = 0;
        }
        if (filled == buffer.length) {
            if (filled >= MAX_LINE_BYTES) {
                throw corrupt(offset(), "line " + number, "over " + MAX_LINE_BYTES + " bytes long", "a shorter line");
            }
            buffer = Arrays.copyOf(buffer, Math.min(2 * filled, MAX_LINE_BYTES));
        }
        int read = stream.read(buffer, filled, buffer.length - filled);
        filled += Math.max(read, 0);
        return read >= 0;
    }

    private boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
