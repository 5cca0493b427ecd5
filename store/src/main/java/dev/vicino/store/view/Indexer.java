package dev.vicino.store.view;

import dev.vicino.LiveIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.Segment.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Moves the vectors of a view to its graph, in the background: builds it, adds to it, removes from it, and saves it now and then. */
final class Indexer {
    /** Vectors that are moved at a time; the time of so many insertions is the longest that closing waits. */
    private static final int CHUNK = 128;

    /** Changes after which the graph is saved, where a quarter of it is not more. */
    private static final int SAVE_AFTER = 50_000;

    private final DenseView view;
    private final Seen seen;
    private final @Nullable GraphFiles files;
    private final Background background;
    private final Consumer<String> failures;
    private boolean running;
    private boolean failed;
    private volatile boolean closed;
    private volatile long done;
    private volatile long total;
    private long unsaved;

    /**
     * @param failures hears why work could not go on
     */
    Indexer(DenseView view, Seen seen, @Nullable GraphFiles files, Background background, Consumer<String> failures) {
        this.view = view;
        this.seen = seen;
        this.files = files;
        this.background = background;
        this.failures = failures;
    }

    /** Starts working where there is something to do and nobody does it. */
    synchronized void wake() {
        if (!running && !failed && !closed && view.hasWork()) {
            running = true;
            background.run(this::work);
        }
    }

    /** Whether work goes on, or would. */
    synchronized boolean isRunning() {
        return running && !closed;
    }

    private void work() {
        String failure = null;
        try {
            while (!closed && step()) {
                saveIfLong();
            }
        } catch (CancellationException e) {
            failure = null; // closed while it was building
        } catch (Exception | OutOfMemoryError e) {
            failure = "index of vectors: " + e;
        }
        synchronized (this) {
            running = false;
            failed = failure != null;
            notifyAll();
        }
        if (failure != null) {
            failures.accept(failure);
            view.giveUp();
        } else {
            wake();
        }
    }

    /** Does the next piece of work; false where there is none. */
    private boolean step() {
        Parts now = view.hold();
        try {
            GraphPart graph = now.graph();
            if (graph == null) {
                return build(now);
            }
            view.awaitSearches(now);
            RoaringBitmap stale = now.stale();
            if (!stale.isEmpty()) {
                remove(graph.index(), stale.limit(CHUNK));
                return true;
            }
            List<Row> rows = now.oldest(CHUNK);
            insert(graph.index(), rows);
            return !rows.isEmpty();
        } finally {
            now.release();
        }
    }

    private boolean build(Parts now) {
        VectorSettings.Dense settings = view.settings();
        if (now.tail() < settings.threshold()) {
            return false;
        }
        List<Row> rows = new ArrayList<>();
        now.segments().forEach(part -> rows.addAll(part.rows()));
        LiveIndex graph = build(settings, rows);
        rows.forEach(row -> seen.set(row.ordinal(), row.moved()));
        unsaved += rows.size();
        view.indexed(rows, graph);
        return true;
    }

    private LiveIndex build(VectorSettings.Dense settings, List<Row> rows) {
        try (Vectors.Builder builder = Vectors.builder(settings.dimension()).reserve(rows.size())) {
            rows.forEach(row -> builder.add(row.vector()));
            return Vicino.index(builder.build())
                    .metric(settings.metric())
                    .spec(settings.spec())
                    .ids(rows.stream().mapToLong(Row::ordinal).toArray())
                    .threads(1)
                    .progress(this::update)
                    .buildLive();
        } finally {
            update(0, 0);
        }
    }

    private void update(long nowDone, long nowTotal) {
        if (closed && nowTotal > 0) {
            throw new CancellationException("closed");
        }
        done = nowDone;
        total = nowTotal;
    }

    private void insert(LiveIndex graph, List<Row> rows) {
        for (Row row : rows) {
            graph.update(row.ordinal(), row.vector());
            seen.set(row.ordinal(), row.moved());
        }
        unsaved += rows.size();
        view.indexed(rows, graph);
    }

    private void remove(LiveIndex graph, RoaringBitmap stale) {
        stale.forEach((int ordinal) -> {
            graph.remove(ordinal);
            seen.set(ordinal, 0);
        });
        unsaved += stale.getCardinality();
        view.removed(stale);
    }

    private void saveIfLong() throws IOException {
        Parts now = view.hold();
        try {
            GraphPart graph = now.graph();
            if (graph != null && unsaved > Math.max(SAVE_AFTER, graph.index().size() / 4)) {
                save(graph.index());
            }
        } finally {
            now.release();
        }
    }

    private void save(LiveIndex graph) throws IOException {
        if (files != null) {
            files.save(graph, seen);
        }
        unsaved = 0;
    }

    /** How far the view has come, with what is being built. */
    VectorView.Progress progress(long vectors, long indexed, long waiting) {
        return new VectorView.Progress(vectors, indexed, waiting, done, total);
    }

    /** Stops working, and saves what is not saved. */
    void close() throws IOException {
        closed = true;
        synchronized (this) {
            boolean interrupted = false;
            while (running) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        view.giveUp();
        Parts now = view.hold();
        try {
            GraphPart graph = now.graph();
            if (graph != null && unsaved > 0) {
                save(graph.index());
            }
        } finally {
            now.release();
        }
    }
}
