package dev.vicino.bench.ann;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vicino.bench.ann.engine.Graph;
import dev.vicino.bench.race.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Indexes of peers, which take minutes to build: a folder each, whose name tells all that its contents depend on.
 *
 * @param folder of all of them
 */
record IndexCache(Path folder) {
    private static final String RECORD = "built.json";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What saves an index. */
    interface Save {
        /** Builds an index, and writes its files to an empty folder. */
        Built to(Path folder) throws IOException;
    }

    /**
     * The name of an index.
     *
     * @param data name of the vectors, which no others have
     * @param version of the program that builds
     */
    static String key(String data, Graph graph, String version) {
        String text = "%s-%s-m%d-ef%d-%s".formatted(version, graph.kind(), graph.m(), graph.efConstruction(), data);
        // Two versions may differ in a character that no file name may have.
        return "%s-%08x".formatted(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-"), text.hashCode());
    }

    /** Where an index is, or will be. */
    Path at(String key) {
        return folder.resolve(key);
    }

    /** What is known of the build of an index; null where it is not there. */
    @Nullable
    Built find(String key) throws IOException {
        Path file = at(key).resolve(RECORD);
        return Files.exists(file) ? JSON.readValue(file.toFile(), Built.class) : null;
    }

    /** Builds an index and puts it in its place, whole or not at all. */
    Built make(String key, Save save) throws IOException {
        Files.createDirectories(folder);
        Path temporary = Files.createTempDirectory(folder, "unfinished");
        try {
            Built built = save.to(temporary);
            JSON.writeValue(temporary.resolve(RECORD).toFile(), built);
            Folders.delete(at(key));
            Files.move(temporary, at(key), StandardCopyOption.ATOMIC_MOVE);
            return built;
        } finally {
            Folders.delete(temporary);
        }
    }
}
