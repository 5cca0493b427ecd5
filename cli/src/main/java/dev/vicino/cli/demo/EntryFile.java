package dev.vicino.cli.demo;

import dev.vicino.io.AtomicFile;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32C;

/**
 * The texts of a corpus in a file, UTF-8, lines ended by LF:
 *
 * <pre>
 * line 1    "vicino texts 1", space, CRC-32C of every byte after this line, 8 hexadecimal digits
 * others    source, tabulator, text; one entry a line
 * </pre>
 */
final class EntryFile {
    private static final String MAGIC = "vicino texts 1 ";
    private static final int HEADER_BYTES = MAGIC.length() + 8 + 1;

    /** The documentation of a JDK is 3 MB; what is many times larger was not written by us, and shall not be read into memory. */
    private static final long MAX_BYTES = 64 << 20;

    private EntryFile() {}

    /** Writes the entries, whole or not at all. */
    static void write(Path path, List<Entry> entries) throws IOException {
        byte[] body = entries.stream()
                .map(entry -> entry.line() + "\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
        byte[] header = header(body, 0).getBytes(StandardCharsets.UTF_8);
        try (AtomicFile file = AtomicFile.create(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(header.length + body.length)
                    .put(header)
                    .put(body)
                    .flip();
            while (bytes.hasRemaining()) {
                file.channel().write(bytes);
            }
            file.commit();
        }
    }

    /** @throws CorruptFileException where the file is not what {@link #write} made */
    static List<Entry> read(Path path) throws IOException {
        long size = Files.size(path);
        if (size < HEADER_BYTES || size > MAX_BYTES) {
            throw new CorruptFileException(path, 0, "length in bytes", size, HEADER_BYTES + ".." + MAX_BYTES);
        }
        byte[] bytes = Files.readAllBytes(path);
        String found = new String(bytes, 0, HEADER_BYTES, StandardCharsets.UTF_8);
        String expected = header(bytes, HEADER_BYTES);
        if (!found.equals(expected)) {
            throw new CorruptFileException(path, 0, "line 1", found.strip(), expected.strip());
        }
        String body = new String(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, StandardCharsets.UTF_8);
        try {
            return body.lines().map(Entry::fromLine).toList();
        } catch (IllegalArgumentException e) {
            throw new CorruptFileException(
                    path, HEADER_BYTES, "an entry", String.valueOf(e.getMessage()), "one line an entry");
        }
    }

    /** The first line of a file whose other lines are the bytes from an offset on. */
    private static String header(byte[] bytes, int from) {
        var crc = new CRC32C();
        crc.update(bytes, from, bytes.length - from);
        return MAGIC + "%08x".formatted(crc.getValue()) + "\n";
    }
}
