package dev.vicino.bench.data;

import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorReader;
import dev.vicino.files.VectorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Npy files of float32 rows, written whole or not at all. */
public final class RowFile {
    private RowFile() {}

    /** What writes a file. */
    public interface Write {
        void to(Path file) throws IOException;
    }

    /** The file, written first where it is not there. */
    public static Path once(Path file, Write write) throws IOException {
        if (!Files.exists(file)) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            write.to(file);
        }
        return file;
    }

    /** Writes the first rows of a vector file, each changed on the way. */
    public static void copy(Path source, Path target, int rows, Consumer<float[]> change) throws IOException {
        try (VectorReader reader = VectorFiles.open(source);
                VectorWriter writer = VectorFiles.create(target, Format.NPY, reader.dimension())) {
            float[] row = new float[reader.dimension()];
            for (int i = 0; i < rows && reader.read(row); i++) {
                change.accept(row);
                writer.write(row);
            }
            writer.commit();
        }
    }

    /** Writes rows that somebody fills in, one after the other. */
    static void generate(Path target, int rows, int dimension, Consumer<float[]> fill) throws IOException {
        try (VectorWriter writer = VectorFiles.create(target, Format.NPY, dimension)) {
            float[] row = new float[dimension];
            for (int i = 0; i < rows; i++) {
                fill.accept(row);
                writer.write(row);
            }
            writer.commit();
        }
    }
}
