package dev.vicino.files;

import dev.vicino.Vectors;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;

/** Opens, writes, loads and converts vector files. Without a {@link Format}, the ending of the file's name tells it. */
public final class VectorFiles {
    /** Rows between two reports: often enough for a display, seldom enough to cost nothing. */
    private static final int PROGRESS_ROWS = 1024;

    private VectorFiles() {}

    /** Opens a file for reading; the first row or the header is read and checked at once. */
    public static VectorReader open(Path file) throws IOException {
        return open(file, Format.of(file));
    }

    /**
     * @throws dev.vicino.io.CorruptFileException when the file is not of that format, or of a kind of it that is not
     *     read
     */
    public static VectorReader open(Path file, Format format) throws IOException {
        return switch (format) {
            case FVECS -> new BinaryReader(RowInput.openVecs(file, Element.FLOAT32));
            case BVECS -> new BinaryReader(RowInput.openVecs(file, Element.UINT8));
            case IVECS -> new BinaryReader(RowInput.openVecs(file, Element.INT32));
            case NPY -> new BinaryReader(RowInput.openNpy(file, NpyContent.VECTORS));
            case JSONL -> JsonLinesReader.open(file);
        };
    }

    /**
     * Starts a file of float32.
     *
     * @param format {@link Format#NPY} or {@link Format#FVECS}
     * @param dimension 1 to 65,536
     * @throws IllegalArgumentException for another format, or a dimension out of range
     */
    public static VectorWriter create(Path file, Format format, int dimension) throws IOException {
        if (!Layout.isColumns(dimension)) {
            throw new IllegalArgumentException("dimension = " + dimension + ", expected " + Layout.COLUMNS_EXPECTED);
        }
        return switch (format) {
            case NPY -> new NpyWriter(file, dimension);
            case FVECS -> new FvecsWriter(file, dimension);
            case BVECS, IVECS, JSONL ->
                throw new IllegalArgumentException(
                        "format = " + format.label() + ", expected one that vectors are written in: npy, fvecs");
        };
    }

    /** {@link #load(Path, Format, Progress)} of the format that the name tells. */
    public static Vectors load(Path file, Progress progress) throws IOException {
        return load(file, Format.of(file), progress);
    }

    /**
     * Reads and checks a whole file.
     *
     * @param progress hears of rows
     * @return the vectors, in memory off the heap. A little-endian float32 npy file that would fill more than half of
     *     the machine is mapped instead, and must then not change as long as they are in use
     * @throws IOException also when the vectors would not fit into the memory of the machine
     */
    public static Vectors load(Path file, Format format, Progress progress) throws IOException {
        return new VectorLoader(totalMemoryBytes()).load(file, format, progress);
    }

    /**
     * Copies the vectors of one file into another. When it fails, nothing is left of the output.
     *
     * @param outFormat {@link Format#NPY} or {@link Format#FVECS}
     * @param progress hears of rows
     */
    public static void convert(Path in, Format inFormat, Path out, Format outFormat, Progress progress)
            throws IOException {
        try (VectorReader reader = open(in, inFormat);
                VectorWriter writer = create(out, outFormat, reader.dimension())) {
            forEach(reader, writer::write, progress);
            writer.commit();
        }
    }

    /** Hands every row that is left to {@code action}, in one array used again. */
    static void forEach(VectorReader reader, RowAction action, Progress progress) throws IOException {
        float[] row = new float[reader.dimension()];
        while (reader.read(row)) {
            action.accept(row);
            if (reader.position() % PROGRESS_ROWS == 0) {
                progress.update(reader.position(), reader.count());
            }
        }
        progress.update(reader.position(), reader.count());
    }

    private static long totalMemoryBytes() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return system.getTotalMemorySize();
    }

    /** What is done with a row. */
    @FunctionalInterface
    interface RowAction {
        void accept(float[] row) throws IOException;
    }
}
