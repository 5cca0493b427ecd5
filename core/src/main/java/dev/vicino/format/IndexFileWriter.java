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
    private final List<MemorySegment> contents = new ArrayList<>();

    public IndexFileWriter(String spec, String metric, int dimension, int size) {
        this.spec = spec;
        this.metric = metric;
        this.dimension = dimension;
        this.size = size;
    }

    /** Adds a section; the bytes are read when the file is written. */
    public IndexFileWriter section(String name, MemorySegment bytes) {
        names.add(name);
        contents.add(bytes);
        return this;
    }

    /** Writes the file, whole or not at all. */
    public void write(Path path, Progress progress) throws IOException {
        long start = Header.bytes(spec, names.size());
        long end = start;
        for (MemorySegment content : contents) {
            end += Header.align(content.byteSize());
        }
        try (AtomicFile file = AtomicFile.create(path)) {
            List<Header.Section> sections = new ArrayList<>();
            long offset = start;
            for (int i = 0; i < names.size(); i++) {
                int checksum = write(file.channel(), offset, contents.get(i), progress, end);
                sections.add(
                        new Header.Section(names.get(i), offset, contents.get(i).byteSize(), checksum));
                offset += Header.align(contents.get(i).byteSize());
            }
            Header header = new Header(spec, metric, dimension, size, sections);
            writeFully(file.channel(), header.encode(end), 0);
            progress.update(end, end);
            file.commit();
        }
    }

    private static int write(FileChannel channel, long offset, MemorySegment content, Progress progress, long end)
            throws IOException {
        CRC32C crc = new CRC32C();
        for (long at = 0; at < content.byteSize(); at += BLOCK_BYTES) {
            long length = Math.min(BLOCK_BYTES, content.byteSize() - at);
            ByteBuffer block = content.asSlice(at, length).asByteBuffer();
            crc.update(block.duplicate());
            writeFully(channel, block, offset + at);
            progress.update(offset + at + length, end);
        }
        ByteBuffer padding = ByteBuffer.allocate((int) (Header.align(content.byteSize()) - content.byteSize()));
        crc.update(padding.duplicate());
        writeFully(channel, padding, offset + content.byteSize());
        return (int) crc.getValue();
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }
}
