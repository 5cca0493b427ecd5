package dev.vicino.store;

import dev.vicino.store.search.Embedder;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.view.Background;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Collections in a folder, or in memory.
 *
 * <pre>{@code
 * try (Database database = Database.open(Path.of("data"))) {
 *     Collection places = database.create("places", CollectionSettings.of(3, Metric.COSINE));
 *     places.upsert(List.of(Point.of(1, 1, 0, 0), Point.of(2, 0, 1, 0)));
 *     places.search(SearchRequest.of(Query.of(2, 1, 0), 1)).points().getFirst().id();   // 1
 * }
 * }</pre>
 *
 * <p>One process at a time has a folder open. Any number of threads may use a database.
 */
public final class Database implements AutoCloseable {
    private final @Nullable DatabaseFolder folder;
    private final @Nullable Embedder embedder;
    private final Background background = new Background();
    private final SortedMap<String, Collection> collections = new TreeMap<>();
    private final Aliases aliases;
    private final Object replacing = new Object();
    private boolean closed;

    private Database(@Nullable DatabaseFolder folder, Aliases aliases, @Nullable Embedder embedder) {
        this.folder = folder;
        this.aliases = aliases;
        this.embedder = embedder;
    }

    /** A database that is gone when it is closed. */
    public static Database inMemory() throws IOException {
        return new Database(null, new Aliases(null), null);
    }

    /**
     * Opens a folder, which is made where it is not there.
     *
     * @throws IOException when another process has it open, or something in it is damaged or of another format
     */
    public static Database open(Path folder) throws IOException {
        return open(folder, null);
    }

    /** As {@link #open(Path)}, with a model that turns texts of queries into vectors; null for none. */
    public static Database open(Path folder, @Nullable Embedder embedder) throws IOException {
        DatabaseFolder locked = DatabaseFolder.open(folder);
        try {
            Database database = new Database(locked, new Aliases(locked.aliases()), embedder);
            database.openAll(locked);
            return database;
        } catch (Throwable e) {
            locked.close();
            throw e;
        }
    }

    private void openAll(DatabaseFolder locked) throws IOException {
        try {
            for (String name : locked.collections()) {
                collections.put(name, open(name, locked));
            }
        } catch (Throwable e) {
            close();
            throw e;
        }
    }

    private Collection open(String name, DatabaseFolder locked) throws IOException {
        return new Collection(name, contents(name, locked));
    }

    private Contents contents(String name, DatabaseFolder locked) throws IOException {
        return Contents.open(name, locked.open(name), locked.views(name), background, embedder);
    }

    /** The names of all collections, rising. */
    public synchronized List<String> names() {
        return List.copyOf(collections.keySet());
    }

    /**
     * Makes a collection.
     *
     * @throws IllegalArgumentException for a name that is there already, or is not 1 … 255 letters, digits, dots, hyphens or underscores
     */
    public synchronized Collection create(String name, CollectionSettings settings) throws IOException {
        checkNew(name);
        Collection collection;
        if (folder == null) {
            collection =
                    new Collection(name, Contents.open(name, Truth.inMemory(settings), null, background, embedder));
        } else {
            folder.create(name, settings);
            collection = open(name, folder);
        }
        collections.put(name, collection);
        return collection;
    }

    private void checkNew(String name) {
        checkOpen();
        Names.check(name);
        if (collections.containsKey(name) || aliases.targets().containsKey(name)) {
            throw new IllegalArgumentException("collection " + name + " is there already, expected a new name");
        }
    }

    /**
     * Makes a collection of a snapshot.
     *
     * @throws dev.vicino.io.CorruptFileException when the snapshot is damaged; nothing is changed then
     * @throws IllegalArgumentException for a name as {@link #create} refuses it
     * @throws IllegalStateException for a database in memory
     */
    public synchronized Collection restore(String name, Path snapshot) throws IOException {
        checkNew(name);
        DatabaseFolder locked = folder();
        locked.restore(name, snapshot);
        Collection collection = open(name, locked);
        collections.put(name, collection);
        return collection;
    }

    private DatabaseFolder folder() {
        if (folder == null) {
            throw new IllegalStateException("database is in memory, expected one in a folder");
        }
        return folder;
    }

    /**
     * Puts a snapshot in the place of all that is in a collection, at one instant, after a crash too: searches go on in what was there while
     * the snapshot is read and checked, then wait until it is open, and from then on see the snapshot alone. Settings are those of the
     * snapshot.
     *
     * @param name of the collection; no alias
     * @throws dev.vicino.io.CorruptFileException when the snapshot is damaged; nothing is changed then
     * @throws IllegalArgumentException where there is no such collection
     * @throws IllegalStateException for a database in memory
     */
    public void replace(String name, Path snapshot) throws IOException {
        DatabaseFolder locked = folder();
        synchronized (replacing) {
            Collection found = named(name);
            locked.prepare(name, snapshot);
            synchronized (this) {
                if (!found.equals(named(name))) {
                    throw new IllegalStateException("collection " + name + " was deleted meanwhile");
                }
                found.replace(() -> locked.replace(name), () -> contents(name, locked));
            }
        }
    }

    private synchronized Collection named(String name) {
        checkOpen();
        Collection found = collections.get(name);
        if (found == null) {
            throw new IllegalArgumentException("collection " + name + ", expected one of " + collections.keySet());
        }
        return found;
    }

    /** The collection of each alias. */
    public synchronized SortedMap<String, String> aliases() {
        return aliases.targets();
    }

    /**
     * Sets some aliases, all at one instant.
     *
     * @param changes the collection of each alias; null takes the alias away
     * @throws IllegalArgumentException for a collection that is not there, or an alias that is the name of one
     */
    public synchronized void setAliases(Map<String, ? extends @Nullable String> changes) throws IOException {
        checkOpen();
        changes.forEach((alias, target) -> {
            Names.check(alias);
            if (collections.containsKey(alias)) {
                throw new IllegalArgumentException("alias " + alias + " is the name of a collection, expected another");
            }
            if (target != null && !collections.containsKey(target)) {
                throw new IllegalArgumentException(
                        "collection " + target + ", expected one of " + collections.keySet());
            }
        });
        aliases.set(changes);
    }

    /**
     * The collection of a name or an alias.
     *
     * @throws IllegalArgumentException where there is none
     */
    public synchronized Collection collection(String name) {
        return named(aliases.targets().getOrDefault(name, name));
    }

    /**
     * Deletes a collection, all that is in it and its aliases; nobody may use it any more.
     *
     * @return whether it was there
     */
    public synchronized boolean delete(String name) throws IOException {
        checkOpen();
        Collection found = collections.remove(name);
        if (found == null) {
            return false;
        }
        Map<String, @Nullable String> gone = new HashMap<>();
        aliases.targets().forEach((alias, target) -> {
            if (target.equals(name)) {
                gone.put(alias, null);
            }
        });
        aliases.set(gone);
        found.close();
        if (folder != null) {
            folder.delete(name);
        }
        return true;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("database is closed");
        }
    }

    /** Waits for what was asked for, saves the views and frees all memory; nobody may use a collection any more. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        List<IOException> failures = new ArrayList<>();
        for (Collection collection : collections.values()) {
            try {
                collection.close();
            } catch (IOException e) {
                failures.add(e);
            }
        }
        background.close();
        if (folder != null) {
            folder.close();
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}
