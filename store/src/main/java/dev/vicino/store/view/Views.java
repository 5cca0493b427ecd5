package dev.vicino.store.view;

import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.payload.Facets;
import dev.vicino.store.payload.PayloadIndexes;
import dev.vicino.store.payload.Selection;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.truth.TruthReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * All views of a collection. What one commit changed is seen in all of them at one instant.
 *
 * <p>The truth is ahead of them for as long as a commit is on its way here; whoever has read something newer there waits for it, so that
 * nobody sees the new and then the old.
 */
public final class Views {
    private final Truth truth;
    private final Background background;
    private final PointTable table;
    private final PayloadIndexes payload;
    private final List<VectorView> vectors;
    private final @Nullable PayloadFile file;
    private final List<PayloadBuild> building = new ArrayList<>();
    private final Failures failures;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private final Object arrivals = new Object();
    private volatile long published;
    private volatile boolean closed;

    Views(
            Truth truth,
            Background background,
            PointTable table,
            PayloadIndexes payload,
            List<VectorView> vectors,
            @Nullable PayloadFile file,
            Failures failures,
            long published) {
        this.truth = truth;
        this.background = background;
        this.table = table;
        this.payload = payload;
        this.vectors = vectors;
        this.file = file;
        this.failures = failures;
        this.published = published;
    }

    /**
     * Opens the views of a truth, which nobody writes meanwhile.
     *
     * @param folder where their files are; null where they have none
     */
    public static Views open(Truth truth, @Nullable Path folder, Background background) throws IOException {
        Failures failures = new Failures();
        try (TruthReader reader = truth.read()) {
            return new ViewsOpening(truth, reader.rows(), folder, background, failures).open();
        }
    }

    /** The points; by ordinal and in bitmaps to be read {@link #reading} only. */
    public PointTable table() {
        return table;
    }

    /** The vectors of a name, by its number. */
    public VectorView vectors(int name) {
        return vectors.get(name);
    }

    /** How far the vectors of a name have come. */
    public VectorView.Progress progress(int name) {
        return reading(() -> {
            long count = table.withVector(name).getLongCardinality();
            return vectors.get(name).progress(count);
        });
    }

    /** Reads what no change interrupts. Must be quick. */
    public <T extends @Nullable Object> T reading(Supplier<T> read) {
        lock.readLock().lock();
        try {
            return read.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** What is known of a filter; {@link #reading} only, and to be copied if it is kept. */
    public Selection select(Filter filter) {
        return payload.select(filter, table);
    }

    /** How often each value of a field occurs, where an index knows; {@link #reading} only. */
    public @Nullable Facets facets(JsonPath path, RoaringBitmap among) {
        return payload.facets(path, among);
    }

    /** Points in the order of a field, as {@link PayloadIndexes#sorted} has them; {@link #reading} only. */
    public @Nullable List<RoaringBitmap> sorted(
            JsonPath path, RoaringBitmap among, boolean descending, @Nullable Double from, int limit) {
        return payload.sorted(path, among, descending, from, limit);
    }

    /** Whether changes have to tell what became of payloads. For the writer. */
    public boolean wantsPayloads() {
        return reading(() -> !payload.isEmpty() || !building.isEmpty());
    }

    /** The sequence number of the last operation that is seen. */
    public long published() {
        return published;
    }

    /** Waits until an operation is seen that is in the truth already. */
    public void awaitPublished(long sequence) {
        if (sequence <= published) {
            return;
        }
        boolean interrupted = false;
        synchronized (arrivals) {
            while (sequence > published && !closed) {
                try {
                    arrivals.wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Makes committed changes seen. For the writer.
     *
     * @param sequence the number of the last operation
     */
    public void publish(List<Change> changes, long sequence) {
        List<VectorView.Update> updates = new ArrayList<>();
        try {
            prepare(changes)
                    .forEach((name, moved) -> updates.add(vectors.get(name).prepare(moved)));
            lock.writeLock().lock();
            try {
                changes.forEach(this::apply);
                updates.forEach(VectorView.Update::apply);
                published = sequence;
            } finally {
                lock.writeLock().unlock();
            }
        } finally {
            updates.forEach(VectorView.Update::close);
        }
        synchronized (arrivals) {
            arrivals.notifyAll();
        }
    }

    private static SortedMap<Integer, Map<Integer, VectorView.Moved>> prepare(List<Change> changes) {
        SortedMap<Integer, Map<Integer, VectorView.Moved>> byName = new TreeMap<>();
        for (Change change : changes) {
            change.vectors()
                    .forEach((name, vector) -> byName.computeIfAbsent(name, _ -> new HashMap<>())
                            .put(change.ordinal(), new VectorView.Moved(change.sequence(), vector)));
        }
        return byName;
    }

    private void apply(Change change) {
        PointRow after = change.after();
        PointRow before = change.before();
        if (after != null) {
            table.put(after);
        } else if (before != null) {
            table.remove(before);
        }
        PayloadBuild.apply(change, payload);
        building.forEach(build -> build.note(change));
    }

    /** Builds payload indexes in the background; filters do without them meanwhile. For the writer, between two commits. */
    public void build(Map<String, IndexKind> kinds) {
        PayloadBuild build = new PayloadBuild(kinds);
        writing(() -> building.add(build));
        background.run(() -> run(build));
    }

    private void run(PayloadBuild build) {
        try (TruthReader reader = truth.read()) {
            long sequence = build.read(reader.rows());
            writing(() -> payload.take(build.finish(sequence)));
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                failures.add("payload index: " + e);
            }
        } finally {
            writing(() -> building.remove(build));
            synchronized (arrivals) {
                arrivals.notifyAll();
            }
        }
    }

    /** Drops a payload index. For the writer. */
    public void drop(String path) {
        writing(() -> payload.drop(path));
    }

    private void writing(Runnable change) {
        lock.writeLock().lock();
        try {
            change.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The payload indexes that are in use. */
    public Collection<String> payloadIndexes() {
        return reading(() -> List.copyOf(payload.kinds().keySet()));
    }

    /** Whether payload indexes are being built. */
    public boolean isBuilding() {
        return reading(() -> !building.isEmpty());
    }

    /** What was found damaged and is made anew, and what could not be done. */
    public List<String> failures() {
        return failures.list();
    }

    /** Notes what could not be done. */
    public void fail(String what) {
        failures.add(what);
    }

    /** Stops background work, saves what makes the next opening quick, and frees all memory. Nobody reads or writes any more. */
    public void close() throws IOException {
        closed = true;
        synchronized (arrivals) {
            while (isBuilding()) {
                try {
                    arrivals.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    break;
                }
            }
        }
        if (file != null) {
            file.write(published, payload);
        }
        for (VectorView view : vectors) {
            view.close();
        }
    }
}
