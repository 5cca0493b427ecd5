package dev.vicino.cli.demo;

import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The folder where one library is kept between runs: its texts and its index file. The index is written last and removed first, so
 * where it exists, both files are whole.
 *
 * @param folder the folder, which may not exist yet
 */
record Shelf(Path folder) {
    private static final int KEY_BYTES = 6;

    /**
     * The shelf for a corpus and a model. Its name has a key of everything that the library depends on, so that another JDK or
     * another model finds another shelf.
     */
    static Shelf of(Path folder, Corpus corpus, String model) throws IOException {
        byte[] made = (corpus.version() + "\n" + model).getBytes(StandardCharsets.UTF_8);
        return new Shelf(folder.resolve(corpus.name() + "-" + HexFormat.of().formatHex(sha256(made), 0, KEY_BYTES)));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    /**
     * The library kept here, all checksums checked; null where there is none.
     *
     * @throws CorruptFileException where one is here, but damaged
     */
    @Nullable
    Library open() throws IOException {
        if (!Files.exists(index()) || !Files.exists(texts())) {
            return null;
        }
        List<Entry> entries = EntryFile.read(texts());
        VectorIndex index = Vicino.open(index());
        try {
            index.verify(Progress.NONE);
            if (index.size() != entries.size()) {
                throw new CorruptFileException(index(), 0, "number of vectors", index.size(), entries.size());
            }
            return new Library(entries, index);
        } catch (Throwable e) {
            index.close();
            throw e;
        }
    }

    /** Keeps a library here, in place of what was here, and returns it. */
    Library put(Library library) throws IOException {
        Files.createDirectories(folder);
        Files.deleteIfExists(index());
        EntryFile.write(texts(), library.entries());
        library.index().save(index());
        return library;
    }

    private Path texts() {
        return folder.resolve("texts.tsv");
    }

    private Path index() {
        return folder.resolve("index.vicino");
    }
}
