package dev.vicino.store;

import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.Truth;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The folder of a database, locked.
 *
 * <pre>
 * lock                          held by the process that has the folder open
 * aliases.json                  other names of collections
 * collections/NAME/points.db    the truth of a collection
 * collections/NAME/views/       what is derived from it, and can be deleted at any time
 * collections/.*                a collection that is being made or deleted
 * </pre>
 *
 * A collection appears and disappears by one rename.
 */
final class DatabaseFolder implements AutoCloseable {
    /** Folders that this process has open: a second channel to a lock file would, closing, give up the lock of the first. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Path collections;
    private final FileChannel channel;

    private DatabaseFolder(Path folder, FileChannel channel) {
        this.folder = folder;
        this.collections = folder.resolve("collections");
        this.channel = channel;
    }

    static DatabaseFolder open(Path path) throws IOException {
        Path folder = Files.createDirectories(path).toRealPath();
        if (!OPEN.add(folder)) {
            throw isOpen(folder);
        }
        try {
            return lock(folder);
        } catch (Throwable e) {
            OPEN.remove(folder);
            throw e;
        }
    }

    private static IOException isOpen(Path folder) {
        return new IOException(folder + " is open already, expected nobody to have it open");
    }

    private static DatabaseFolder lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() == null) {
                throw isOpen(folder);
            }
            DatabaseFolder locked = new DatabaseFolder(folder, channel);
            Files.createDirectories(locked.collections);
            locked.deleteRemains();
            return locked;
        } catch (Throwable e) {
            channel.close();
            throw e;
        }
    }

    private void deleteRemains() throws IOException {
        for (Path path : list()) {
            if (isHidden(path)) {
                deleteAll(path);
            }
        }
    }

    private static boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    private List<Path> list() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(collections)) {
            paths.forEach(found::add);
        }
        return found;
    }

    /** The file of the aliases. */
    Path aliases() {
        return folder.resolve("aliases.json");
    }

    /** The names of the collections that are there. */
    List<String> collections() throws IOException {
        return list().stream().map(path -> path.getFileName().toString()).toList();
    }

    Truth open(String name) throws IOException {
        return Truth.open(truth(collections.resolve(name)));
    }

    private static Path truth(Path collection) {
        return collection.resolve("points.db");
    }

    /** The folder of the views of a collection. */
    Path views(String name) throws IOException {
        return Files.createDirectories(collections.resolve(name).resolve("views"));
    }

    /** Makes an empty collection. */
    void create(String name, CollectionSettings settings) throws IOException {
        Path hidden = hidden(name);
        Truth.create(truth(hidden), settings).close();
        appear(hidden, name);
    }

    /** Makes a collection of a snapshot, all of which is read and checked first. */
    void restore(String name, Path snapshot) throws IOException {
        appear(prepare(name, snapshot), name);
    }

    /** Reads and checks a snapshot, for {@link #replace} or to appear. */
    Path prepare(String name, Path snapshot) throws IOException {
        Path hidden = hidden(name);
        try {
            Snapshot.read(snapshot, truth(hidden));
            try (Truth truth = Truth.open(truth(hidden))) {
                truth.verify();
            }
            return hidden;
        } catch (Throwable e) {
            deleteAll(hidden);
            throw e;
        }
    }

    /**
     * Puts what was prepared in the place of a collection, which is closed. Views go first: they may not be taken for those of another truth.
     *
     * @throws IOException when a log is left, as of a disk that was full when the collection was closed; nothing is changed then
     */
    void replace(String name) throws IOException {
        Path collection = collections.resolve(name);
        Path log = Path.of(truth(collection) + "-wal");
        if (Files.exists(log)) {
            throw new IOException(log + " is there, expected its contents to be in " + truth(collection));
        }
        deleteAll(views(name));
        force(collection);
        Path hidden = newFolder(name);
        Files.move(truth(hidden), truth(collection), StandardCopyOption.ATOMIC_MOVE);
        force(collection);
        deleteAll(hidden);
    }

    private Path newFolder(String name) {
        return collections.resolve("." + name + ".new");
    }

    /** A fresh folder for a collection that is going to appear. */
    private Path hidden(String name) throws IOException {
        Path hidden = newFolder(name);
        deleteAll(hidden);
        return Files.createDirectories(hidden);
    }

    /** Makes a collection appear. */
    private void appear(Path hidden, String name) throws IOException {
        Files.move(hidden, collections.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        force(collections);
    }

    private static void force(Path folder) throws IOException {
        try (FileChannel opened = FileChannel.open(folder, StandardOpenOption.READ)) {
            opened.force(true);
        }
    }

    /** Deletes a collection. */
    void delete(String name) throws IOException {
        Path hidden = collections.resolve("." + name + ".old");
        deleteAll(hidden);
        Files.move(collections.resolve(name), hidden, StandardCopyOption.ATOMIC_MOVE);
        force(collections);
        deleteAll(hidden);
    }

    private static void deleteAll(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OPEN.remove(folder);
    }
}
