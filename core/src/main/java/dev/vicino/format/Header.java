package dev.vicino.format;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The first bytes of an index file; {@link IndexFile} has the layout.
 *
 * @param spec the canonical spec
 * @param metric the metric's label
 * @param dimension values in a row, 1..65536
 * @param size rows
 * @param sections in the order of the file
 */
public record Header(String spec, String metric, int dimension, int size, List<Section> sections) {
    /** A first byte that no text has, and a line feed that a transfer in text mode would change. */
    static final long MAGIC = 0x0A_4F_4E_49_43_49_56_89L; // the bytes 89 'V' 'I' 'C' 'I' 'N' 'O' 0A

    /** The format that is written, and the only one that is read. */
    public static final int VERSION = 1;

    static final int FIXED_BYTES = 64;
    static final int ENTRY_BYTES = 48;

    /** A spec and a table longer than this are damage: a spec is some tens of characters, a file has some ten sections. */
    private static final int MAX_SPEC_BYTES = 4096;

    private static final int MAX_SECTIONS = 256;
    private static final int MAX_NAME_BYTES = 24;
    private static final int METRIC_BYTES = 8;
    private static final int MAX_DIMENSION = 65_536;
    private static final int MAX_SIZE = Integer.MAX_VALUE - (1 << 21);

    /**
     * A run of bytes with a name.
     *
     * @param name at most 24 ASCII characters
     * @param offset where in the file it begins, a multiple of 64
     * @param bytes its length without the padding behind it
     * @param checksum CRC-32C of these bytes and of the padding
     */
    public record Section(String name, long offset, long bytes, int checksum) {}

    /** Bytes of a header with that spec and that many sections, padded to 64. */
    static int bytes(String spec, int sections) {
        return align(FIXED_BYTES + spec.getBytes(StandardCharsets.UTF_8).length + sections * ENTRY_BYTES);
    }

    static int align(int bytes) {
        return Math.toIntExact(align((long) bytes));
    }

    static long align(long bytes) {
        return (bytes + 63) & -64;
    }

    ByteBuffer encode(long fileBytes) {
        byte[] specBytes = spec.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(bytes(spec, sections.size())).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(MAGIC).putInt(VERSION).putInt(buffer.capacity()).putLong(fileBytes);
        buffer.putInt(specBytes.length)
                .putInt(sections.size())
                .putInt(dimension)
                .putInt(size);
        buffer.put(padded(metric, METRIC_BYTES));
        buffer.position(FIXED_BYTES).put(specBytes);
        for (Section section : sections) {
            buffer.put(padded(section.name, MAX_NAME_BYTES));
            buffer.putLong(section.offset)
                    .putLong(section.bytes)
                    .putInt(section.checksum)
                    .putInt(0);
        }
        buffer.putInt(FIXED_BYTES - Integer.BYTES, checksum(buffer));
        return buffer.rewind();
    }

    private static byte[] padded(String text, int bytes) {
        byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
        if (ascii.length > bytes) {
            throw new IllegalArgumentException("name = " + text + ", expected at most " + bytes + " characters");
        }
        byte[] padded = new byte[bytes];
        System.arraycopy(ascii, 0, padded, 0, ascii.length);
        return padded;
    }

    private static String unpadded(ByteBuffer buffer, int bytes) {
        byte[] padded = new byte[bytes];
        buffer.get(padded);
        int end = 0;
        while (end < bytes && padded[end] != 0) {
            end++;
        }
        return new String(padded, 0, end, StandardCharsets.US_ASCII);
    }

    /** CRC-32C of everything but the checksum itself. */
    private static int checksum(ByteBuffer header) {
        CRC32C crc = new CRC32C();
        crc.update(header.slice(0, FIXED_BYTES - Integer.BYTES));
        crc.update(header.slice(FIXED_BYTES, header.capacity() - FIXED_BYTES));
        return (int) crc.getValue();
    }

    /** Reads and checks the header, and that the file is as long as it says. */
    static Header read(Path file, FileChannel channel) throws IOException {
        long length = channel.size();
        if (length < FIXED_BYTES) {
            throw new CorruptFileException(file, 0, "length", length + " bytes", "at least " + FIXED_BYTES);
        }
        ByteBuffer fixed = readFully(channel, FIXED_BYTES);
        check(file, 0, "magic number", hex(fixed.getLong(0)), hex(MAGIC));
        check(file, 8, "format version", fixed.getInt(8), VERSION);
        check(file, 16, "file length", length, fixed.getLong(16));
        int specBytes = fixed.getInt(24);
        int count = fixed.getInt(28);
        checkRange(file, 24, "spec length", specBytes, 1, MAX_SPEC_BYTES);
        checkRange(file, 28, "section count", count, 0, MAX_SECTIONS);
        check(file, 12, "header length", fixed.getInt(12), align(FIXED_BYTES + specBytes + count * ENTRY_BYTES));
        if (fixed.getInt(12) > length) {
            throw new CorruptFileException(file, 12, "header length", fixed.getInt(12), "at most " + length);
        }
        ByteBuffer all = readFully(channel, fixed.getInt(12));
        check(
                file,
                FIXED_BYTES - Integer.BYTES,
                "header checksum",
                checksum(all),
                all.getInt(FIXED_BYTES - Integer.BYTES));
        checkRange(file, 32, "dimension", all.getInt(32), 1, MAX_DIMENSION);
        checkRange(file, 36, "size", all.getInt(36), 0, MAX_SIZE);
        String metric = unpadded(all.position(40), METRIC_BYTES);
        byte[] spec = new byte[specBytes];
        all.position(FIXED_BYTES).get(spec);
        List<Section> sections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sections.add(section(file, all, length));
        }
        return new Header(new String(spec, StandardCharsets.UTF_8), metric, all.getInt(32), all.getInt(36), sections);
    }

    private static Section section(Path file, ByteBuffer entry, long fileBytes) throws CorruptFileException {
        int at = entry.position();
        Section section =
                new Section(unpadded(entry, MAX_NAME_BYTES), entry.getLong(), entry.getLong(), entry.getInt());
        entry.getInt(); // padding
        boolean inside = section.offset >= 0
                && section.offset % 64 == 0
                && section.bytes >= 0
                && section.bytes <= fileBytes
                && section.offset <= fileBytes - align(section.bytes);
        if (!inside) {
            throw new CorruptFileException(
                    file,
                    at,
                    "section '" + section.name + "'",
                    "at " + section.offset + " with " + section.bytes + " bytes",
                    "a multiple of 64 and an end within " + fileBytes);
        }
        return section;
    }

    private static ByteBuffer readFully(FileChannel channel, int bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining() && channel.read(buffer, buffer.position()) >= 0) {}
        return buffer.rewind();
    }

    private static void check(Path file, long offset, String what, Object found, Object expected)
            throws CorruptFileException {
        if (!found.equals(expected)) {
            throw new CorruptFileException(file, offset, what, found, expected);
        }
    }

    private static void checkRange(Path file, long offset, String what, int found, int low, int high)
            throws CorruptFileException {
        if (found < low || found > high) {
            throw new CorruptFileException(file, offset, what, found, low + ".." + high);
        }
    }

    private static String hex(long magic) {
        return String.format("0x%016x", Long.reverseBytes(magic));
    }
}
