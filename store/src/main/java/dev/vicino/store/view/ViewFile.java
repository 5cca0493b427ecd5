package dev.vicino.store.view;

import dev.vicino.io.AtomicFile;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A small file of a view, little-endian, written whole or not at all.
 *
 * <pre>
 * offset  size  field
 * 0       8     magic, "VICIVIEW"
 * 8       4     format, {@value #FORMAT}
 * 12      4     CRC-32C of the rest
 * 16            the rest, as the view has it
 * </pre>
 */
final class ViewFile {
    static final int FORMAT = 1;
    private static final byte[] MAGIC = "VICIVIEW".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 16;

    private ViewFile() {}

    static void write(Path path, byte[] rest) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).putInt(FORMAT).putInt(checksum(rest)).flip();
        try (AtomicFile file = AtomicFile.create(path)) {
            writeFully(file, header);
            writeFully(file, ByteBuffer.wrap(rest));
            file.commit();
        }
    }

    private static void writeFully(AtomicFile file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.channel().write(bytes);
        }
    }

    private static int checksum(byte[] rest) {
        CRC32C crc = new CRC32C();
        crc.update(rest);
        return (int) crc.getValue();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws CorruptFileException when it is damaged or of another format
     */
    static byte[] read(Path path) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length < HEADER_BYTES) {
            throw new CorruptFileException(path, bytes.length, "length", bytes.length, "at least " + HEADER_BYTES);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        buffer.get(magic);
        int format = buffer.getInt();
        if (!ByteBuffer.wrap(magic).equals(ByteBuffer.wrap(MAGIC)) || format != FORMAT) {
            throw new CorruptFileException(path, 0, "format", format, FORMAT);
        }
        int checksum = buffer.getInt();
        byte[] rest = new byte[buffer.remaining()];
        buffer.get(rest);
        if (checksum(rest) != checksum) {
            throw new CorruptFileException(path, HEADER_BYTES, "checksum", checksum(rest), checksum);
        }
        return rest;
    }
}
