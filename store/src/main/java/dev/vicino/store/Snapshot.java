package dev.vicino.store;

import dev.vicino.io.AtomicFile;
import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A collection of one moment in one file, little-endian, written whole or not at all.
 *
 * <pre>
 * offset  size  field
 * 0       8     magic, "VICISNAP"
 * 8       4     format, {@value #FORMAT}
 * 12      4     CRC-32C of the database
 * 16      8     length of the database, in bytes
 * 24            the database, a SQLite file without a log
 * </pre>
 */
final class Snapshot {
    static final int FORMAT = 1;
    private static final byte[] MAGIC = "VICISNAP".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER_BYTES = 24;
    private static final int BUFFER_BYTES = 1 << 20;

    private Snapshot() {}

    /** Writes a snapshot, while others read and write the collection. */
    static void write(Collection collection, Path target) throws IOException {
        try (AtomicFile file = AtomicFile.create(target)) {
            Path copy = Path.of(file.temporary() + ".db");
            try {
                collection.copyTo(copy);
                write(copy, file.channel());
            } finally {
                Files.deleteIfExists(copy);
            }
            file.commit();
        }
    }

    private static void write(Path database, FileChannel out) throws IOException {
        out.position(HEADER_BYTES);
        int checksum;
        try (FileChannel in = FileChannel.open(database, StandardOpenOption.READ)) {
            checksum = copy(in, out);
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC)
                .putInt(FORMAT)
                .putInt(checksum)
                .putLong(out.position() - HEADER_BYTES)
                .flip();
        out.position(0);
        writeFully(header, out);
    }

    /** Copies all that is left; tells its CRC-32C. */
    private static int copy(FileChannel in, FileChannel out) throws IOException {
        CRC32C crc = new CRC32C();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        while (in.read(buffer) >= 0) {
            buffer.flip();
            crc.update(buffer.duplicate());
            writeFully(buffer, out);
            buffer.clear();
        }
        return (int) crc.getValue();
    }

    private static void writeFully(ByteBuffer buffer, FileChannel out) throws IOException {
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    /**
     * Reads the database of a snapshot to a new file.
     *
     * @throws CorruptFileException when the snapshot is damaged or of another format; the new file is of no use then
     */
    static void read(Path snapshot, Path database) throws IOException {
        try (FileChannel in = FileChannel.open(snapshot, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(database, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int read = 0;
            while (header.hasRemaining() && read >= 0) {
                read = in.read(header);
            }
            check(snapshot, header.flip(), in.size());
            int checksum = copy(in, out);
            if (checksum != header.getInt(12)) {
                throw new CorruptFileException(snapshot, HEADER_BYTES, "checksum", checksum, header.getInt(12));
            }
            out.force(true);
        }
    }

    private static void check(Path snapshot, ByteBuffer header, long size) throws CorruptFileException {
        if (header.limit() < HEADER_BYTES || !header.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
            throw new CorruptFileException(snapshot, 0, "magic", "another", "VICISNAP");
        }
        if (header.getInt(8) != FORMAT) {
            throw new CorruptFileException(snapshot, 8, "format", header.getInt(8), FORMAT);
        }
        if (header.getLong(16) != size - HEADER_BYTES) {
            throw new CorruptFileException(snapshot, 16, "length", size - HEADER_BYTES, header.getLong(16));
        }
    }
}
