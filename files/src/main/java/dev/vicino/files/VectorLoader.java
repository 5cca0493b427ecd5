package dev.vicino.files;

import dev.vicino.Vectors;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * Brings a file into memory, or maps it where a copy would take too much of it.
 *
 * @param memoryBytes what the machine has, at least 1
 */
record VectorLoader(long memoryBytes) {
    VectorLoader {
        if (memoryBytes < 1) {
            throw new IllegalArgumentException("memoryBytes = " + memoryBytes + ", expected at least 1");
        }
    }

    Vectors load(Path file, Format format, Progress progress) throws IOException {
        try (VectorReader reader = VectorFiles.open(file, format)) {
            if (reader.count() > Integer.MAX_VALUE) {
                throw new IOException(file + " has " + reader.count() + " rows, expected at most " + Integer.MAX_VALUE);
            }
            if (bytes(reader.count(), reader) > memoryBytes / 2
                    && reader instanceof BinaryReader binary
                    && isMappable(binary.layout())) {
                return map(file, binary, progress);
            }
            return copy(file, reader, progress);
        }
    }

    private Vectors copy(Path file, VectorReader reader, Progress progress) throws IOException {
        long rows = Math.max(reader.count(), 0);
        long most = reader.count() < 0 ? memoryBytes / 2 : memoryBytes; // memory for rows not counted grows by doubling
        requireRoom(file, bytes(rows, reader), most);
        try (Vectors.Builder builder = Vectors.builder(reader.dimension()).reserve(rows)) {
            VectorFiles.RowAction add = row -> {
                requireRoom(file, bytes(reader.position(), reader), most);
                builder.add(row);
            };
            VectorFiles.forEach(reader, add, progress);
            return builder.build();
        }
    }

    /** Reads the file once to find values that are refused, then maps it. */
    private static Vectors map(Path file, BinaryReader reader, Progress progress) throws IOException {
        VectorFiles.forEach(reader, row -> {}, progress);
        return Vectors.map(file, reader.layout().offset(), (int) reader.count(), reader.dimension());
    }

    private static long bytes(long rows, VectorReader reader) {
        return rows * reader.dimension() * Float.BYTES;
    }

    private static void requireRoom(Path file, long bytes, long most) throws IOException {
        if (bytes > most) {
            throw new IOException(
                    "%s: its vectors take %d bytes of memory or more, expected at most %d on this machine; "
                                    .formatted(file, bytes, most)
                            + "convert it to npy, which need not be in memory");
        }
    }

    private static boolean isMappable(Layout layout) {
        return layout.element() == Element.FLOAT32
                && layout.order() == ByteOrder.LITTLE_ENDIAN
                && layout.prefixBytes() == 0;
    }
}
