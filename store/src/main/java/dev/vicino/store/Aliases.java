package dev.vicino.store;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vicino.io.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Other names of collections, kept in a file of JSON that is replaced as a whole. Not safe for use by several threads. */
final class Aliases {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final @Nullable Path file;
    private SortedMap<String, String> targets = new TreeMap<>();

    /** Reads the file where it is there; null keeps them in memory. */
    Aliases(@Nullable Path file) throws IOException {
        this.file = file;
        if (file != null && Files.exists(file)) {
            targets = JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {});
        }
    }

    /** The collection of each alias. */
    SortedMap<String, String> targets() {
        return new TreeMap<>(targets);
    }

    /** Sets some aliases, all at one instant; null takes one away. */
    void set(Map<String, ? extends @Nullable String> changes) throws IOException {
        SortedMap<String, String> next = targets();
        changes.forEach((alias, target) -> {
            if (target == null) {
                next.remove(alias);
            } else {
                next.put(alias, target);
            }
        });
        write(next);
        targets = next;
    }

    private void write(SortedMap<String, String> next) throws IOException {
        if (file != null) {
            try (AtomicFile written = AtomicFile.create(file)) {
                ByteBuffer bytes = ByteBuffer.wrap(JSON.writeValueAsBytes(next));
                while (bytes.hasRemaining()) {
                    written.channel().write(bytes);
                }
                written.commit();
            }
        }
    }
}
