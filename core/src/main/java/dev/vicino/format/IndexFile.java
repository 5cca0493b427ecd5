package dev.vicino.format;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * An index file, version 1, mapped for reading. Little-endian; sizes in bytes.
 *
 * <pre>
 * offset   size   field
 * 0        8      magic number, the bytes 89 "VICINO" 0A
 * 8        4      format version, 1
 * 12       4      h, the length of the header: everything before the first section, a multiple of 64
 * 16       8      length of the file
 * 24       4      s, length of the spec, 1..4096
 * 28       4      c, number of sections, 0..256
 * 32       4      d, dimension, 1..65536
 * 36       4      n, number of rows
 * 40       8      metric, ASCII, padded with zeros: "cosine", "dot", "l2" or "l1"
 * 48       12     zero
 * 60       4      CRC-32C of the header without these four bytes
 * 64       s      spec, UTF-8
 * 64+s     48·c   sections: 24 name (ASCII, padded with zeros), 8 offset, 8 length, 4 CRC-32C, 4 zero
 * h               the sections, each padded with zeros to a multiple of 64; the checksum covers the padding
 * </pre>
 *
 * <p>The names and contents of sections are told by the index that writes them. Opening reads the header alone, so it takes the
 * same time whatever the size. The file is written beside its final name, forced and renamed, so a crash leaves the old file or
 * the new one; a file is never changed once it has its name.
 */
public final class IndexFile implements AutoCloseable {
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path path;
    private final Header header;
    private final Memory memory;

    private IndexFile(Path path, Header header, Memory memory) {
        this.path = path;
        this.header = header;
        this.memory = memory;
    }

    /**
     * Maps a file and checks its header.
     *
     * @throws CorruptFileException when the header, the table of sections or the length is not what the format requires
     */
    public static IndexFile open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a folder, expected an index file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Header header = Header.read(path, channel);
            return new IndexFile(path, header, Memory.map(channel, 0, channel.size()));
        }
    }

    public Path path() {
        return path;
    }

    public Header header() {
        return header;
    }

    /** Length of the file. */
    public long bytes() {
        return memory.bytes();
    }

    /** The bytes of a section, or null where the file has none of that name. They live until the file is closed. */
    public @Nullable Memory section(String name) {
        for (Header.Section section : header.sections()) {
            if (section.name().equals(name)) {
                return memory.slice(section.offset(), section.bytes());
            }
        }
        return null;
    }

    /** Where a section begins in the file, in bytes; 0 where the file has none of that name. */
    public long offset(String name) {
        for (Header.Section section : header.sections()) {
            if (section.name().equals(name)) {
                return section.offset();
            }
        }
        return 0;
    }

    /**
     * The bytes of a section that must be there with just that length.
     *
     * @throws CorruptFileException when it is missing or has another length
     */
    public Memory section(String name, long bytes) throws CorruptFileException {
        Memory section = section(name);
        if (section == null || section.bytes() != bytes) {
            throw new CorruptFileException(
                    path,
                    section == null
                            ? 0
                            : section.segment().address() - memory.segment().address(),
                    "section '" + name + "'",
                    section == null ? "missing" : section.bytes() + " bytes",
                    bytes + " bytes");
        }
        return section;
    }

    /**
     * Reads everything and compares the checksums.
     *
     * @throws CorruptFileException naming the first section that differs
     */
    public void verify(Progress progress) throws CorruptFileException {
        long done = 0;
        for (Header.Section section : header.sections()) {
            CRC32C crc = new CRC32C();
            long padded = Header.align(section.bytes());
            for (long at = 0; at < padded; at += BLOCK_BYTES) {
                int length = (int) Math.min(BLOCK_BYTES, padded - at);
                crc.update(memory.slice(section.offset() + at, length).segment().asByteBuffer());
                done += length;
                progress.update(done, bytes());
            }
            if ((int) crc.getValue() != section.checksum()) {
                throw new CorruptFileException(
                        path,
                        section.offset(),
                        "checksum of section '" + section.name() + "'",
                        hex((int) crc.getValue()),
                        hex(section.checksum()));
            }
        }
        progress.update(bytes(), bytes());
    }

    private static String hex(int checksum) {
        return String.format("0x%08x", checksum);
    }

    @Override
    public void close() {
        memory.close();
    }
}
