package dev.vicino.bench.store;

import dev.vicino.Metric;
import dev.vicino.bench.race.Folders;
import dev.vicino.store.Collection;
import dev.vicino.store.Database;
import dev.vicino.store.point.Point;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.VectorView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** A database in a folder of its own, which is deleted in the end. */
final class Scene implements AutoCloseable {
    private static final int LOOK_MILLIS = 20;

    private final Path folder;
    private final int dimension;
    private Database database;

    /** @param beside the folder to make it in: the disk that is measured */
    Scene(Path beside, int dimension) throws IOException {
        this.folder = Files.createTempDirectory(Files.createDirectories(beside), "store");
        this.dimension = dimension;
        this.database = Database.open(folder);
    }

    Path folder() {
        return folder;
    }

    /** Makes a collection of cosines with an index of the numbers that filters go by. */
    Collection create(String name, int threshold) throws IOException {
        VectorSettings vectors = VectorSettings.dense(dimension, Metric.COSINE).withThreshold(threshold);
        return database.create(
                name,
                CollectionSettings.of(Map.of(Point.UNNAMED, vectors))
                        .withPayloadIndex(Material.FIELD, IndexKind.INTEGER));
    }

    /** Makes a collection of the first rows, and waits until all its vectors are in its graph. */
    Collection fill(String name, Material material, int rows, int threshold) throws IOException {
        Collection collection = create(name, Math.min(threshold, rows));
        UpsertWork.fill(collection, material, rows);
        awaitGraph(collection);
        return collection;
    }

    boolean has(String name) {
        return database.names().contains(name);
    }

    Collection collection(String name) {
        return database.collection(name);
    }

    void delete(String name) throws IOException {
        if (!database.delete(name)) {
            throw new IllegalArgumentException("collection " + name + ", expected one that is there");
        }
    }

    /** How far the vectors of a collection have come. */
    static VectorView.Progress progress(Collection collection) throws IOException {
        return Objects.requireNonNull(collection.status().vectors().get(Point.UNNAMED));
    }

    /** Waits until all vectors of a collection are in its graph. */
    static void awaitGraph(Collection collection) throws IOException {
        try {
            while (progress(collection).waiting() > 0) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a graph was built", e);
        }
        if (!collection.status().failures().isEmpty()) {
            throw new IOException(String.join("; ", collection.status().failures()));
        }
    }

    /** Closes the database for as long as something else has the folder. */
    void lend(Setting.Step step) throws IOException {
        database.close();
        try {
            step.run();
        } finally {
            database = Database.open(folder);
        }
    }

    @Override
    public void close() throws IOException {
        database.close();
        Folders.delete(folder);
    }
}
