package dev.vicino.store.view;

import dev.vicino.LiveIndex;
import dev.vicino.SearchOptions;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.point.VectorValue.Dense;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.view.Segment.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Dense vectors: scanned while they are few or new, in a graph once they are many. */
/* Concurrency.
 *
 * What is searched is an immutable Parts, taken hold of in an instant. Whoever makes the next one holds the lock `change`: a writer from
 * the time it makes its changes ready until they are applied, the indexer for the moment after it has moved some vectors. The graph
 * itself is changed by the indexer alone, and only where all parts that are still searched mask it, so no search sees that.
 */
final class DenseView implements VectorView {
    /** About the time of a search. */
    private static final long SEARCH_NANOS = 100_000;

    private final VectorSettings.Dense settings;
    private final ReentrantLock change = new ReentrantLock();
    private final Condition moved = change.newCondition();
    private final Indexer indexer;
    private final Queue<Parts> retired = new ConcurrentLinkedQueue<>();
    private volatile Parts parts;

    private DenseView(
            VectorSettings.Dense settings,
            Parts parts,
            Seen seen,
            @Nullable GraphFiles files,
            Background background,
            Consumer<String> failures) {
        this.settings = settings;
        this.parts = parts;
        this.indexer = new Indexer(this, seen, files, background, failures);
    }

    /** A vector that ought to be there. */
    interface Source {
        Row read(int ordinal, long moved) throws IOException;
    }

    /**
     * Opens a view: takes what is valid of a saved graph, and reads all else.
     *
     * @param wanted by ordinal, the sequence numbers of the vectors that ought to be there
     * @param saved the graph, which belongs to the view from then on; null where there is none
     * @param files where it is saved; null where it is not
     */
    static DenseView open(
            VectorSettings.Dense settings,
            Map<Integer, Long> wanted,
            Source source,
            GraphFiles.@Nullable Saved saved,
            @Nullable GraphFiles files,
            Background background,
            Consumer<String> failures)
            throws IOException {
        Seen seen = saved == null ? new Seen() : saved.seen();
        RoaringBitmap masked = new RoaringBitmap();
        for (int ordinal = 0; ordinal < seen.end(); ordinal++) {
            if (seen.get(ordinal) != 0 && wanted.getOrDefault(ordinal, 0L) != seen.get(ordinal)) {
                masked.add(ordinal);
            }
        }
        List<Row> rows = new ArrayList<>();
        for (Map.Entry<Integer, Long> entry : wanted.entrySet()) {
            if (seen.get(entry.getKey()) != entry.getValue()) {
                rows.add(source.read(entry.getKey(), entry.getValue()));
            }
        }
        Tail tail = new Tail(settings, List.of());
        tail.add(rows);
        GraphPart graph = saved == null ? null : new GraphPart(saved.graph());
        Parts parts = tail.toParts(masked, graph);
        if (graph != null) {
            graph.release();
        }
        DenseView view = new DenseView(settings, parts, seen, files, background, failures);
        view.indexer.wake();
        return view;
    }

    @Override
    public VectorSettings.Dense settings() {
        return settings;
    }

    @Override
    public boolean isIndexed() {
        return parts.graph() != null;
    }

    @Override
    public Update prepare(Map<Integer, Moved> changes) {
        change.lock();
        try {
            return new Replacement(next(changes));
        } catch (Throwable e) {
            change.unlock();
            throw e;
        }
    }

    private Parts next(Map<Integer, Moved> changes) {
        Parts now = parts;
        RoaringBitmap changed = new RoaringBitmap();
        List<Row> rows = new ArrayList<>();
        changes.forEach((ordinal, vector) -> {
            changed.add(ordinal);
            if (vector.vector() instanceof Dense(float[] values)) {
                rows.add(new Row(ordinal, vector.sequence(), values));
            }
        });
        Tail tail = new Tail(settings, now.segments());
        tail.remove(changed);
        tail.add(rows);
        return tail.toParts(now.graph() == null ? now.masked() : RoaringBitmap.or(now.masked(), changed), now.graph());
    }

    /** The next parts, until they are applied or dropped. */
    private final class Replacement implements Update {
        private Parts unused;

        Replacement(Parts next) {
            this.unused = next;
        }

        @Override
        public void apply() {
            Parts before = parts;
            parts = unused;
            unused = before;
            retired.add(before);
        }

        @Override
        public void close() {
            change.unlock();
            unused.release();
            indexer.wake();
        }
    }

    /**
     * Takes hold of the parts of this moment.
     *
     * @throws IllegalStateException when the view is closed
     */
    Parts hold() {
        for (Parts now = parts; ; now = parts) {
            if (now.retain()) {
                return now;
            }
            if (now == parts) {
                throw new IllegalStateException("collection is closed");
            }
        }
    }

    /** Waits until nobody searches parts any more that were replaced before now, those held by the caller aside. */
    void awaitSearches(Parts held) {
        for (Parts each : List.copyOf(retired)) {
            while (!each.isFree() && each != held) {
                LockSupport.parkNanos(SEARCH_NANOS);
            }
        }
        retired.removeIf(Parts::isFree);
    }

    @Override
    public Moment moment() {
        Parts held = hold();
        return new Moment() {
            @Override
            public Hits search(VectorValue query, int k, SearchOptions options) {
                return new PartSearch(settings.metric(), ((Dense) query).values(), k, options).run(held);
            }

            @Override
            public boolean isWhole() {
                return true;
            }

            @Override
            public void close() {
                held.release();
            }
        };
    }

    /** Vectors were put into a graph: from now on they are found there, unless others have come since. */
    void indexed(List<Row> rows, LiveIndex graph) {
        change.lock();
        try {
            Parts now = parts;
            RoaringBitmap valid = new RoaringBitmap();
            RoaringBitmap masked = now.masked().clone();
            for (Row row : rows) {
                if (now.movedInTail(row.ordinal()) == row.moved()) {
                    valid.add(row.ordinal());
                } else {
                    masked.add(row.ordinal());
                }
            }
            masked.andNot(valid);
            Tail tail = new Tail(settings, now.segments());
            tail.remove(valid);
            GraphPart part = now.graph() == null ? new GraphPart(graph) : now.graph();
            replace(now, tail.toParts(masked, part));
            if (now.graph() == null) {
                part.release();
            }
        } finally {
            change.unlock();
        }
    }

    /** Points were taken out of the graph. */
    void removed(RoaringBitmap ordinals) {
        change.lock();
        try {
            Parts now = parts;
            RoaringBitmap gone = RoaringBitmap.andNot(ordinals, now.tailOrdinals());
            Tail same = new Tail(settings, now.segments());
            replace(now, same.toParts(RoaringBitmap.andNot(now.masked(), gone), now.graph()));
        } finally {
            change.unlock();
        }
    }

    private void replace(Parts now, Parts next) {
        parts = next;
        retired.add(now);
        now.release();
        moved.signalAll();
    }

    /** Whether there is something for the indexer to do. */
    boolean hasWork() {
        Parts now = hold();
        try {
            return now.graph() == null
                    ? now.tail() >= settings.threshold()
                    : now.tail() > 0 || !now.masked().isEmpty();
        } finally {
            now.release();
        }
    }

    @Override
    public void awaitRoom(int most) throws InterruptedException {
        change.lock();
        try {
            while (parts.tail() > most && hasWork() && indexer.isRunning()) {
                moved.await();
            }
        } finally {
            change.unlock();
        }
    }

    /** Wakes writers that wait for room, for there is nobody to make it. */
    void giveUp() {
        change.lock();
        try {
            moved.signalAll();
        } finally {
            change.unlock();
        }
    }

    @Override
    public Progress progress(long vectors) {
        int tail = parts.tail();
        return indexer.progress(vectors, Math.max(0, vectors - tail), tail);
    }

    @Override
    public void close() throws IOException {
        indexer.close();
        parts.release();
    }
}
