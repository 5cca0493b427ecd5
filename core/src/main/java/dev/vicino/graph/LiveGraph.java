package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.Codes;
import dev.vicino.code.Sample;
import dev.vicino.code.Sphere;
import dev.vicino.format.IndexFile;
import dev.vicino.graph.Graph.Entry;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import dev.vicino.scan.Query;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Points in a graph: rows, codes, links and ids, searched and changed by any number of threads at once.
 */
/* Concurrency.
 *
 * Searches take no lock. They may walk over links that are being written and over nodes that were removed; what they give back is
 * checked under the optimistic lock of flips, so that a search finds a vector that is updated meanwhile once, the old or the new.
 *
 * Changes of one id take turns (idLocks). Insertions share the lock of changes and take one stripe of Graph's locks at a time inside.
 * Work on the whole graph, removals among it, holds the lock of changes alone; it begins with taking out what updates have left behind.
 *
 * A slot is present while it is in the graph, alive while it may be found. One that was taken out is used again only after no list
 * leads to it any more (reclaim) and no search can hold it any more (Epochs).
 */
public final class LiveGraph implements AutoCloseable {
    /** Nodes that are inserted by one thread before others join in: the first ones must find each other. */
    private static final int FIRST_ALONE = 256;

    /** Nodes handed to a thread at a time. */
    private static final int PIECE = 64;

    /** Links to removed nodes are looked for once these are so many, and this share of all. */
    private static final int MIN_FORGOTTEN = 64;

    private static final int FORGOTTEN_SHARE = 64;

    /** Nodes whose lists are cleaned before others may change the graph again. */
    private static final int FORGET_AT_ONCE = 2048;

    /** What was learnt from so few vectors is learnt anew when there are four times as many. */
    private static final int FEW_LEARNT = 10_000;

    private static final int FIRST_LEARNT = 32;

    /** Writing so many codes anew takes some tens of milliseconds, for which whoever adds the next vector waits. */
    private static final int LEARNT_AT_ONCE = 4096;

    private final GraphParameters parameters;
    private final RowStore rows;
    private final IdTable ids;
    private final @Nullable Path file;
    private final Graph graph;
    private final Space space;
    private final SlotSet present = new SlotSet();
    private final SlotSet alive = new SlotSet();
    private final Epochs epochs = new Epochs();
    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final StampedLock flips = new StampedLock();
    private final Object[] idLocks = new Object[256];
    private final Queue<Searcher> searchers = new ConcurrentLinkedQueue<>();
    private final Queue<Inserter> inserters = new ConcurrentLinkedQueue<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicBoolean maintained = new AtomicBoolean();

    /** Slots that updates have left, to be taken out by the next who holds the lock of changes alone. */
    private final Queue<Left> left = new ConcurrentLinkedQueue<>();

    /** A slot whose id has another one since an epoch: a search that began before may need it to find the other. */
    private record Left(int slot, long epoch) {}

    /** Taken out, and links may still lead to them. Guarded by the lock of changes. */
    private IntStack removed = new IntStack();

    /** Taken out, and lists are being looked through for links to them. Guarded by the lock of changes. */
    private int forgetting;

    private volatile int removedCount;
    private volatile @Nullable Drift drift;
    private volatile boolean closed;

    private LiveGraph(
            GraphParameters parameters,
            RowStore rows,
            IdTable ids,
            Coded coded,
            @Nullable Memory blockMemory,
            @Nullable Path file) {
        this.parameters = parameters;
        this.rows = rows;
        this.ids = ids;
        this.file = file;
        this.graph = new Graph(
                parameters.m(), coded.code() == null ? 0 : coded.code().bytes(), coded.blocks());
        this.space = new Space(parameters, rows, graph, present, epochs, coded, blockMemory);
        Arrays.setAll(idLocks, i -> new Object());
        for (SlotSet set : new SlotSet[] {present, alive}) {
            set.reserve(rows.firstCapacity());
            set.setAll(rows.firstSize());
        }
        graph.grow(rows.firstSize());
    }

    /**
     * Builds a graph of rows, which must outlive it and are its own: slots of removed rows are used again.
     *
     * @param ids one a row
     */
    public static LiveGraph build(
            GraphParameters parameters,
            Form form,
            Memory memory,
            Norms norms,
            int size,
            int dimension,
            Ids ids,
            int threads,
            Progress progress) {
        RowStore rows = new RowStore(form, memory, norms, size, dimension);
        Sphere sphere = sphere(rows, rows);
        Code code = learn(parameters, rows, sphere, rows);
        Memory blockMemory = Space.blocks(parameters, code, size);
        try {
            Slots blocks = Space.slots(parameters, code, dimension, blockMemory);
            Coded coded = new Coded(code, sphere, blocks, size);
            LiveGraph built = new LiveGraph(parameters, rows, new IdTable(ids, size), coded, blockMemory, null);
            built.insertFirst(threads, progress);
            return built;
        } catch (Throwable e) {
            blockMemory.close();
            throw e;
        }
    }

    /**
     * Opens the graph of a file, over rows that outlive it.
     *
     * @throws CorruptFileException when the sections are not what the format requires
     */
    public static LiveGraph open(
            GraphParameters parameters, Form form, Memory memory, Norms norms, int dimension, Ids ids, IndexFile file)
            throws IOException {
        GraphFile read = new GraphFile(file, parameters, form, dimension);
        int size = file.header().size();
        RowStore rows = new RowStore(form, memory, norms, size, dimension);
        Sphere sphere = read.sphere();
        Code code = read.code(sphere);
        Slots blocks = Space.slots(parameters, code, dimension, read.blocks(code));
        Coded coded = new Coded(code, sphere, blocks, size);
        LiveGraph opened = new LiveGraph(parameters, rows, new IdTable(ids, size), coded, null, file.path());
        read.fill(opened.graph);
        return opened;
    }

    private static @Nullable Code learn(GraphParameters parameters, RowStore rows, Sphere sphere, Sample sample) {
        return parameters.bits() == 0
                ? null
                : Codes.learn(parameters.bits(), rows.form(), rows.dimension(), sphere, sample);
    }

    private static Sphere sphere(RowStore rows, Sample sample) {
        if (rows.form() != Form.DOT) {
            return new Sphere(0);
        }
        double[] lengths = new double[Math.min(sample.size(), FEW_LEARNT)];
        float[] row = new float[rows.dimension()];
        for (int i = 0; i < lengths.length; i++) {
            sample.copy((int) ((long) i * sample.size() / lengths.length), row);
            lengths[i] = Norms.of(row);
        }
        return Sphere.of(lengths);
    }

    private void insertFirst(int threads, Progress progress) {
        int size = rows.firstSize();
        long all = size;
        progress.update(0, all);
        int alone = Math.min(size, FIRST_ALONE);
        insertFirst(0, alone);
        AtomicLong done = new AtomicLong(alone);
        Parallel.run(Math.ceilDiv(size - alone, PIECE), threads, piece -> {
            int from = alone + piece * PIECE;
            int to = Math.min(size, from + PIECE);
            insertFirst(from, to);
            progress.update(done.addAndGet(to - from), all);
        });
        progress.update(all, all);
    }

    private void insertFirst(int from, int to) {
        Coded now = space.coded();
        Code.Encoder encoder = now.code() == null ? null : now.code().encoder();
        float[] row = new float[rows.dimension()];
        for (int slot = from; slot < to; slot++) {
            rows.get(slot, row);
            if (encoder != null) {
                encoder.encode(row, now.blocks().base(slot), now.blocks().at(slot));
            }
            graph.layer(slot, parameters.layer(slot));
            insert(slot, row);
        }
    }

    /** Links a slot. */
    private void insert(int slot, float[] row) {
        int layer = graph.layer(slot);
        Entry entry = graph.begin(new Entry(slot, layer));
        if (entry != null) {
            int size = graph.size(); // after the entry and before the blocks: these are there for all of them
            Inserter inserter = inserter(space.coded());
            inserter.insert(slot, layer, row, entry, size);
            inserters.add(inserter);
        }
    }

    private Inserter inserter(Coded now) {
        // Links are for good, codes are not: learnt from few vectors, or from others, these do not lead the way.
        Drift drift = this.drift;
        boolean byRows =
                now.code() == null || now.learntFrom() < FEW_LEARNT / 10 || (drift != null && drift.isMoving());
        Inserter known = inserters.poll();
        if (known != null && known.walk().origin().equals(now) && known.isByRows() == byRows) {
            return known;
        }
        Walk walk = new Walk(graph, byRows ? new RowScorer(rows, now.sphere()) : now.scorer(rows), now.blocks(), now);
        Linker linker = new Linker(graph, neighbourhood(now), present);
        return new Inserter(
                graph,
                walk,
                neighbourhood(now),
                linker,
                parameters.efConstruction(),
                parameters.extendCandidates(),
                present);
    }

    private Neighbourhood neighbourhood(Coded now) {
        return new Neighbourhood(
                graph,
                new RowScorer(rows, now.sphere()),
                new RowScorer(rows, now.sphere()),
                parameters.keepPrunedConnections());
    }

    private Remover remover() {
        return new Remover(graph, new Linker(graph, neighbourhood(space.coded()), present), present);
    }

    private Searcher searcher(Coded now) {
        Searcher known = searchers.poll();
        if (known != null && known.walk().origin().equals(now)) {
            return known;
        }
        Walk walk = new Walk(graph, now.scorer(rows), now.blocks(), now);
        return new Searcher(walk, rows, ids, alive, parameters.refine(), version::get);
    }

    /**
     * The k nearest that a walk finds.
     *
     * @param ef places in the beam, at least k
     * @param rerank how many are compared again; 0 to go by the error of the code
     * @param allowed which may be found; null for all
     * @throws IllegalArgumentException for a query of another dimension or with a value that is not finite
     */
    public Found search(float[] query, int k, int ef, int rerank, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            searcher.walk(query, entry, width(ef, size), allowed);
            return settled(() -> searcher.nearest(exact, k, rerank, allowed));
        });
    }

    /** Removed nodes to which links still lead take places in a beam: as many as their share, and all in one that holds nearly all. */
    private int width(int ef, int size) {
        int gone = removedCount;
        long places = ef + (long) ef * gone / Math.max(1, alive.count());
        if (ef >= alive.count() / 4) {
            places = (long) ef + gone + left.size();
        }
        return Math.clamp(places, 1, Math.max(1, size));
    }

    /** All within a distance that walks find; the beam grows until one is not filled by those within it. */
    public Found searchWithin(float[] query, float radius, int ef, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            int width = width(ef, size);
            searcher.walk(query, entry, width, allowed);
            while (searcher.isFull(radius, width) && width < size) {
                width = width((int) Math.min(size, 4L * width), size);
                searcher.walk(query, entry, width, allowed);
            }
            return settled(() -> searcher.within(exact, radius, allowed));
        });
    }

    /** The k nearest of all, each compared. */
    public Found searchExactly(float[] query, int k, @Nullable Allowed allowed, Stop stop) {
        return scan(query, k, Float.POSITIVE_INFINITY, allowed, stop);
    }

    /** All within a distance, each compared. */
    public Found searchExactlyWithin(float[] query, float radius, @Nullable Allowed allowed, Stop stop) {
        return scan(query, Integer.MAX_VALUE, radius, allowed, stop);
    }

    private Found scan(float[] query, int k, float radius, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            return settled(() -> searcher.scan(exact, k, radius, allowed));
        });
    }

    private interface Search {
        Found run(Searcher searcher, @Nullable Entry entry, int size);
    }

    private Found searching(Search search) {
        long epoch = epochs.enter();
        try {
            Entry entry = graph.entry();
            int size = graph.size(); // after the entry and before the blocks: these are there for all of them
            Searcher searcher = searcher(space.coded());
            Found found = search.run(searcher, entry, size);
            searchers.add(searcher);
            return found;
        } finally {
            epochs.exit(epoch);
        }
    }

    /** What is found while no slot changes hands. */
    private <T> T settled(Supplier<T> collect) {
        long stamp = flips.tryOptimisticRead();
        if (stamp != 0) {
            T found = collect.get();
            if (flips.validate(stamp)) {
                return found;
            }
        }
        stamp = flips.readLock();
        try {
            return collect.get();
        } finally {
            flips.unlockRead(stamp);
        }
    }

    /**
     * Adds a point.
     *
     * @return false, and nothing is changed, where the id is there already
     */
    public boolean add(long id, float[] vector) {
        return change(id, vector, false);
    }

    /** Gives an id another vector, or adds it. */
    public void update(long id, float[] vector) {
        change(id, vector, true);
    }

    private Object idLock(long id) {
        return idLocks[(int) ((id * 0x9E3779B97F4A7C15L) >>> 56)];
    }

    private boolean change(long id, float[] vector, boolean replace) {
        makeChangeable();
        int before;
        synchronized (idLock(id)) {
            before = ids.slot(id);
            if (before != Graph.NONE && !replace) {
                return false;
            }
            changes.readLock().lock();
            try {
                int slot = space.allocate(vector);
                ids.reserve(slot, id);
                link(slot, vector);
                flip(() -> {
                    ids.put(id, slot);
                    alive.set(slot);
                    if (before != Graph.NONE) {
                        alive.clear(before);
                        left.add(new Left(before, epochs.now()));
                    }
                });
            } finally {
                changes.readLock().unlock();
            }
        }
        if (before != Graph.NONE) {
            alone(() -> {});
        }
        watch(vector, before);
        return true;
    }

    private void flip(Runnable change) {
        long stamp = flips.writeLock();
        try {
            alive.reserve(rows.capacity());
            change.run();
            version.incrementAndGet();
        } finally {
            flips.unlockWrite(stamp);
        }
    }

    private void link(int slot, float[] vector) {
        long epoch = epochs.enter();
        try {
            insert(slot, vector);
        } finally {
            epochs.exit(epoch);
        }
    }

    /** Removes a point; tells whether it was there. */
    public boolean remove(long id) {
        makeChangeable();
        float[] row = new float[rows.dimension()];
        synchronized (idLock(id)) {
            int slot = ids.slot(id);
            if (slot == Graph.NONE) {
                return false;
            }
            alone(() -> {
                rows.get(slot, row);
                flip(() -> {
                    ids.remove(id);
                    alive.clear(slot);
                });
                takeOut(slot);
            });
        }
        Drift known = drift;
        if (known != null) {
            known.removed(row);
        }
        return true;
    }

    /** Does something while nobody else changes the graph. */
    private void alone(Runnable work) {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            if (!closed) {
                takeOutLeft();
                work.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #alone}, once all is taken out that updates have left; that takes until searches under way have ended. */
    private void settledAlone(Runnable work) {
        alone(() -> {
            while (!left.isEmpty()) {
                Thread.onSpinWait();
                takeOutLeft();
            }
            work.run();
        });
    }

    private void takeOutLeft() {
        if (left.isEmpty()) {
            return;
        }
        epochs.tryPass();
        for (Left next = left.peek(); next != null && next.epoch + 2 <= epochs.now(); next = left.peek()) {
            left.remove();
            takeOut(next.slot);
        }
    }

    private void takeOut(int slot) {
        present.clear(slot);
        remover().remove(slot);
        removed.push(slot);
        removedCount = removed.size() + forgetting;
        if (removed.size() > Math.max(MIN_FORGOTTEN, alive.count() / FORGOTTEN_SHARE)) {
            maintain(this::reclaim);
        }
    }

    public boolean contains(long id) {
        return ids.slot(id) != Graph.NONE;
    }

    /** Takes the last links to removed nodes away, so that their slots are used again. Others may change the graph meanwhile. */
    public void reclaim() {
        makeChangeable();
        IntStack[] forgotten = {new IntStack()};
        alone(() -> {
            forgotten[0] = removed;
            forgetting += removed.size();
            removed = new IntStack();
        });
        for (int from = 0; from < graph.size() && !closed; from += FORGET_AT_ONCE) {
            int begin = from;
            alone(() -> remover().forget(begin, Math.min(graph.size(), begin + FORGET_AT_ONCE)));
        }
        alone(() -> {
            forgetting -= forgotten[0].size();
            space.retire(forgotten[0]);
            removedCount = removed.size() + forgetting;
        });
    }

    /** Work that nobody waits for, one piece at a time. */
    private void maintain(Runnable work) {
        if (maintained.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("vicino-maintenance").start(() -> {
                try {
                    work.run();
                } finally {
                    maintained.set(false);
                }
            });
        }
    }

    /**
     * Sees to it that blocks are in memory that may be written, and keeps account of the mean from now on.
     *
     * @throws IllegalStateException where links of a file are damaged that changes rely on; searches go on
     */
    private void makeChangeable() {
        if (drift == null) {
            alone(() -> {
                if (drift == null) {
                    load();
                    checkFile();
                    drift = new Drift(rows, rows.firstSize(), alive);
                }
            });
        }
    }

    private void checkFile() {
        if (file == null) {
            return;
        }
        try {
            new GraphCheck(graph, alive, ids).checkTree();
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    "index file " + file + " is damaged: " + e.getMessage()
                            + ", expected links both ways; searches go on, changes need a whole file",
                    e);
        }
    }

    /** Copies mapped blocks to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    public void load() {
        space.load();
    }

    private void watch(float[] added, int before) {
        Drift known = drift;
        if (known == null) {
            return;
        }
        known.added(added);
        if (before != Graph.NONE) {
            float[] row = new float[rows.dimension()];
            rows.get(before, row);
            known.removed(row);
        }
        Coded now = space.coded();
        if (now.code() == null && rows.form() != Form.DOT) {
            return; // nothing was learnt
        }
        int count = alive.count();
        boolean outgrown = now.learntFrom() < FEW_LEARNT && count >= Math.max(FIRST_LEARNT, 4 * now.learntFrom());
        boolean unfit = outgrown || known.isTooFar(now);
        if (unfit && count <= LEARNT_AT_ONCE) {
            learnAnew();
        } else if (unfit) {
            maintain(this::learnAnew);
        }
    }

    /** Learns the code from the vectors that are there now, and writes all codes anew. Changes wait, searches do not. */
    public void learnAnew() {
        makeChangeable();
        settledAlone(() -> {
            Coded now = space.coded();
            int[] slots = aliveSlots();
            Sample sample = sample(slots);
            Sphere sphere = sphere(rows, sample);
            Code code = learn(parameters, rows, sphere, sample);
            Memory memory = Space.blocks(parameters, code, rows.capacity());
            Slots blocks = Space.slots(parameters, code, rows.dimension(), memory);
            Code.Encoder encoder = code == null ? null : code.encoder();
            float[] row = new float[rows.dimension()];
            for (int slot = 0; slot < graph.size(); slot++) { // removed ones too: links may still lead to them
                if (slot >= rows.firstSize() && slot < rows.firstCapacity()) {
                    continue; // never in use
                }
                MemorySegment base = blocks.base(slot);
                MemorySegment.copy(
                        now.blocks().base(slot), now.blocks().at(slot), base, blocks.at(slot), blocks.bytes());
                if (encoder != null) {
                    rows.get(slot, row);
                    encoder.encode(row, base, blocks.at(slot));
                }
            }
            space.replace(new Coded(code, sphere, blocks, slots.length), memory);
        });
    }

    /** The slots of all points, rising. */
    private int[] aliveSlots() {
        return settled(() -> {
            int[] slots = new int[graph.size()];
            int count = 0;
            for (int slot = 0; slot < slots.length; slot++) {
                if (alive.test(slot)) {
                    slots[count++] = slot;
                }
            }
            return Arrays.copyOf(slots, count);
        });
    }

    private Sample sample(int[] slots) {
        return new Sample() {
            @Override
            public int size() {
                return slots.length;
            }

            @Override
            public void copy(int place, float[] into) {
                rows.get(slots[place], into);
            }
        };
    }

    /** Points that are there. */
    public int size() {
        return alive.count();
    }

    /** Grows with every change; what was derived from ids holds as long as it does not. */
    public long version() {
        return version.get();
    }

    /** The points of some ids. */
    public Allowed allowed(long[] wanted, LongPredicate isWanted) {
        long now = version.get();
        Bitmap bitmap = new Bitmap(Math.max(graph.size(), rows.capacity()));
        for (long id : wanted) {
            int slot = ids.slot(id);
            if (slot != Graph.NONE) {
                bitmap.set(slot);
            }
        }
        return new Allowed(bitmap, now, isWanted);
    }

    /** Hears the id and the vector of every point, in the order of their slots. */
    public void forEach(PointSink sink) {
        for (int slot : aliveSlots()) {
            float[] row = new float[rows.dimension()];
            long epoch = epochs.enter();
            try {
                Long id = settled(() -> {
                    rows.get(slot, row);
                    return alive.test(slot) ? (Long) ids.of(slot) : null;
                });
                if (id != null) {
                    sink.accept(id, row);
                }
            } finally {
                epochs.exit(epoch);
            }
        }
    }

    /** Hears points. */
    public interface PointSink {
        void accept(long id, float[] vector);
    }

    /** Memory taken beside the rows that were there to begin with and a mapped file. */
    public long bytes() {
        return space.bytes() + rows.bytesAdded() + graph.bytes() + ids.bytes() + 2 * alive.bytes();
    }

    /** Bytes of a node that a walk reads. */
    public int bytesPerNode() {
        return space.coded().blocks().bytes();
    }

    /**
     * Walks the whole graph.
     *
     * @throws IllegalStateException saying what is wrong with it
     */
    public void check() {
        settledAlone(() -> new GraphCheck(graph, alive, ids).run());
    }

    /** Tells all that is there now, renumbered from 0 on, while nothing changes. */
    public void save(SnapshotSink sink) throws IOException {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            settledAlone(() -> {});
            Coded now = space.coded();
            sink.accept(new Snapshot(parameters, now.sphere(), rows, ids, graph, now.code(), aliveSlots()));
        } finally {
            lock.unlock();
        }
    }

    /** Hears of what is to be saved. */
    public interface SnapshotSink {
        void accept(Snapshot snapshot) throws IOException;
    }

    /** Frees what it allocated. The caller makes sure that nobody searches or changes it any more. */
    @Override
    public void close() {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            if (!closed) {
                closed = true;
                space.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
