package dev.vicino.bench.data;

import dev.vicino.command.UserCache;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the data lies, and where data that was made is kept. */
public final class Sources {
    private static final Path BESIDE = Path.of("shared", "data");

    private Sources() {}

    /**
     * The folder of the sentence embeddings: the one asked for, or otherwise {@code shared/data} beside the checkout that this
     * program was built in; null where that is not there.
     *
     * @throws IOException when the folder asked for has no such file
     */
    public static @Nullable Path sentences(@Nullable Path asked) throws IOException {
        if (asked != null) {
            if (!hasSentences(asked)) {
                throw new NoSuchFileException(asked.resolve(DataFolder.BASE) + " or " + DataFolder.QUERIES);
            }
            return asked;
        }
        for (Path folder = program(); folder != null; folder = folder.getParent()) {
            if (hasSentences(folder.resolve(BESIDE))) {
                return folder.resolve(BESIDE);
            }
        }
        return null;
    }

    private static boolean hasSentences(Path folder) {
        return Files.exists(folder.resolve(DataFolder.BASE)) && Files.exists(folder.resolve(DataFolder.QUERIES));
    }

    private static @Nullable Path program() {
        try {
            return Path.of(Sources.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the program was loaded from a place that is no path", e);
        }
    }

    /** The folder for data that can be made again. */
    public static Path cache() {
        return UserCache.folder().resolve("bench");
    }
}
