package dev.vicino.bench.race;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Folders as wholes. */
public final class Folders {
    private Folders() {}

    /** Deletes a folder with all that is in it; does nothing where it is not there. */
    public static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : all(folder, Comparator.reverseOrder())) {
                Files.delete(path);
            }
        }
    }

    /** The size of all its files, in bytes. */
    public static long bytes(Path folder) throws IOException {
        long bytes = 0;
        for (Path path : all(folder, Comparator.naturalOrder())) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    private static List<Path> all(Path folder, Comparator<Path> order) throws IOException {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.sorted(order).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
