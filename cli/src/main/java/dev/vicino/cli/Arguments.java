package dev.vicino.cli;

import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.files.Format;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Checks of arguments before the work of a verb begins: an hour later is too late to hear that one is wrong. */
final class Arguments {
    private Arguments() {}

    /** @throws IllegalArgumentException for a number below 1 */
    static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " = " + value + ", expected at least 1");
        }
    }

    /** What was asked for, or otherwise every core. */
    static int threads(@Nullable Integer asked) {
        int threads = asked == null ? Runtime.getRuntime().availableProcessors() : asked;
        requirePositive("threads", threads);
        return threads;
    }

    /** The format of a file to read: what was asked for, or otherwise what its name tells. */
    static Format format(Path file, @Nullable Format asked) {
        return asked == null ? Format.of(file) : asked;
    }

    /** @throws IllegalArgumentException when there are no queries, or they are of another dimension than the index */
    static void requireQueries(Path file, Vectors queries, VectorIndex index) {
        if (queries.size() == 0) {
            throw new IllegalArgumentException("queries = " + file + " has 0 rows, expected at least 1");
        }
        if (queries.dimension() != index.dimension()) {
            throw new IllegalArgumentException("queries = %s has dimension %d, expected %d, as the vectors have"
                    .formatted(file, queries.dimension(), index.dimension()));
        }
    }

    /**
     * Checks that a file can be written.
     *
     * @param inputs what is read meanwhile or shall not be lost
     * @throws IOException when its folder does not exist, or it is a folder itself
     * @throws IllegalArgumentException when it is one of the inputs
     */
    static void requireWritable(Path out, Path... inputs) throws IOException {
        Path folder = out.toAbsolutePath().getParent();
        if (Files.isDirectory(out) || folder == null) {
            throw new IOException(out + " is a folder, expected the name of a file to write");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException(out + " cannot be written: the folder " + folder + " does not exist");
        }
        for (Path input : inputs) {
            if (Files.exists(out) && Files.exists(input) && Files.isSameFile(out, input)) {
                throw new IllegalArgumentException("out = " + out + ", expected another file than " + input);
            }
        }
    }

    /** @throws IllegalArgumentException for a name that does not end as vector files that can be written do */
    static Format vectorFormat(Path out) {
        Format format = Format.of(out);
        return switch (format) {
            case NPY, FVECS -> format;
            case BVECS, IVECS, JSONL -> throw ending(out, ".npy or .fvecs");
        };
    }

    /** @throws IllegalArgumentException for a name that does not end as files of ids do */
    static Format idFormat(Path file) {
        Format format = Format.of(file);
        return switch (format) {
            case NPY, IVECS -> format;
            case FVECS, BVECS, JSONL -> throw ending(file, ".npy or .ivecs");
        };
    }

    private static IllegalArgumentException ending(Path file, String expected) {
        return new IllegalArgumentException("file = " + file + ", expected a name that ends in " + expected);
    }
}
