package dev.vicino.cli;

import dev.vicino.io.CorruptFileException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a UTF-8 file, ended by LF or CR LF, blank ones too. Not safe for use by several threads. */
final class Utf8Lines implements AutoCloseable {
    /** A thousand times what a text model reads; a longer line is not a text. */
    private static final int MAX_LINE_BYTES = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final Path file;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private String text = "";
    private long offset;
    private long next;
    private long number;

    private Utf8Lines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static Utf8Lines open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is a folder, expected a file");
        }
        return new Utf8Lines(file, new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES));
    }

    /**
     * Moves to the next line.
     *
     * @return false at the end of the file
     * @throws CorruptFileException for a line that is too long, or not UTF-8
     */
    boolean next() throws IOException {
        line.reset();
        offset = next;
        number++;
        int read = in.read();
        if (read < 0) {
            return false;
        }
        for (; read >= 0 && read != '\n'; read = in.read()) {
            line.write(read);
            if (line.size() > MAX_LINE_BYTES) {
                throw corrupt("over " + MAX_LINE_BYTES + " bytes long", "a shorter line");
            }
        }
        next += line.size() + 1;
        text = decode();
        return true;
    }

    /** The line without its end. */
    String text() {
        return text;
    }

    /** Says that this line is not what it should be. */
    CorruptFileException corrupt(Object found, Object expected) {
        return new CorruptFileException(file, offset, "line " + number, found, expected);
    }

    private String decode() throws IOException {
        String decoded;
        try {
            decoded = StandardCharsets.UTF_8
                    .newDecoder() // one that reports what is malformed, as the shorter ways do not
                    .decode(ByteBuffer.wrap(line.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            CorruptFileException corrupt = corrupt("not UTF-8", "a text in UTF-8");
            corrupt.initCause(e);
            throw corrupt;
        }
        int from = number == 1 && !decoded.isEmpty() && decoded.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
        int to = decoded.length() - (decoded.endsWith("\r") ? 1 : 0);
        return decoded.substring(from, to);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
