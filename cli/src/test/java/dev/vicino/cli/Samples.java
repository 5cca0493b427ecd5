package dev.vicino.cli;

import dev.vicino.files.Format;
import dev.vicino.files.IdFiles;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorReader;
import dev.vicino.files.VectorWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Files for tests. A class that uses it is extended with it, so that every failure says how to see it again.
 *
 * <p>The seed is {@code -Dvicino.seed}, a fresh one unless told.
 */
final class Samples implements TestExecutionExceptionHandler {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        throw new AssertionError(
                "%s%nrerun with -Dtest=%s -Dvicino.seed=%d"
                        .formatted(failure, context.getRequiredTestClass().getSimpleName(), SEED),
                failure);
    }

    /** Rows of normally distributed numbers. */
    static float[][] rows(int count, int dimension) {
        var random = new Random(SEED);
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            for (int i = 0; i < dimension; i++) {
                row[i] = (float) random.nextGaussian();
            }
        }
        return rows;
    }

    /** Writes rows to npy or fvecs, as the name tells. */
    static Path write(Path file, float[]... rows) throws IOException {
        try (VectorWriter writer = VectorFiles.create(file, Format.of(file), rows[0].length)) {
            for (float[] row : rows) {
                writer.write(row);
            }
            writer.commit();
        }
        return file;
    }

    static float[][] read(Path file) throws IOException {
        List<float[]> rows = new ArrayList<>();
        try (VectorReader reader = VectorFiles.open(file)) {
            float[] row = new float[reader.dimension()];
            while (reader.read(row)) {
                rows.add(row.clone());
            }
        }
        return rows.toArray(float[][]::new);
    }

    static Path ids(Path file, long[]... table) throws IOException {
        IdFiles.write(file, table);
        return file;
    }

    /** The names of all files in a folder, hidden ones too. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Writes an index of rows, with further arguments for the build. */
    static Path index(Path folder, float[][] rows, Object... arguments) throws IOException {
        Path index = folder.resolve("sample.vicino");
        Path vectors = write(folder.resolve("sample.npy"), rows);
        Object[] build = {"build", vectors, "--out", index};
        Run.vicino(Stream.of(build, arguments).flatMap(Stream::of).toArray()).succeeds();
        return index;
    }
}
