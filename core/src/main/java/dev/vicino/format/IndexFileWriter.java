package dev.vicino.format;

import dev.vicino.io.AtomicFile;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Writes an {@link IndexFile}: sections are named with their bytes, then written at once. Not safe for use by several threads. */
public final class IndexFileWriter {
    private static final int BLOCK_BYTES = 1 << 20;

    private final String spec;
    private final String metric;
    private final int dimension;
    private final int size;
    private final List<String> names = new ArrayList<>();
    private final List<Content> contents = new ArrayList<>();

    /** The bytes of a section, in parts that need not lie together. */
    private record Content(long bytes, Iterable<MemorySegment> parts) {}

    public IndexFileWriter(String spec, String metric, int dimension, int size) {
        this.spec = spec;
        this.metric = metric;
        this.dimension = dimension;
        this.size = size;
    }

    /** Adds a section; the bytes are read when the file is written. */
    public IndexFileWriter section(String name, MemorySegment bytes) {
        return section(name, bytes.byteSize(), List.of(bytes));
    }

    /**
     * As {@link #section(String, MemorySegment)}, of bytes that lie in parts.
     *
     * @param bytes in all parts together
     */
    public IndexFileWriter section(String name, long bytes, Iterable<MemorySegment> parts) {
        names.add(name);
        contents.add(new Content(bytes, parts));
        return this;
    }

    /** Writes the file, whole or not at all. */
    public void write(Path path, Progress progress) throws IOException {
        long start = Header.bytes(spec, names.size());
        long end = start;
        for (Content content : contents) {
            end += Header.align(content.bytes);
        }
        try (AtomicFile file = AtomicFile.create(path)) {
            List<Header.Section> sections = new ArrayList<>();
            long offset = start;
            for (int i = 0; i < names.size(); i++) {
                int checksum = write(file.channel(), offset, contents.get(i), progress, end);
                sections.add(new Header.Section(names.get(i), offset, contents.get(i).bytes, checksum));
                offset += Header.align(contents.get(i).bytes);
            }
            Header header = new Header(spec, metric, dimension, size, sections);
            writeFully(file.channel(), header.encode(end), 0);
            progress.update(end, end);
            file.commit();
        }
    }

    private static int write(FileChannel channel, long offset, Content content, Progress progress, long end)
            throws IOException {
        CRC32C crc = new CRC32C();
        long at = offset;
        for (MemorySegment part : content.parts) {
            for (long done = 0; done < part.byteSize(); done += BLOCK_BYTES) {
                long length = Math.min(BLOCK_BYTES, part.byteSize() - done);
                ByteBuffer block = part.asSlice(done, length).asByteBuffer();
                crc.update(block.duplicate());
                writeFully(channel, block, at);
                at += length;
                progress.update(at, end);
            }
        }
        ByteBuffer padding = ByteBuffer.allocate((int) (Header.align(content.bytes) - content.bytes));
        crc.update(padding.duplicate());
        writeFully(channel, padding, at);
        return (int) crc.getValue();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
