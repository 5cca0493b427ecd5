package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.Codes;
import dev.vicino.code.Sample;
import dev.vicino.code.Scorer;
import dev.vicino.code.Sphere;
import dev.vicino.format.IndexFile;
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
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Points in a graph: rows, codes, links and ids, searched and changed by any number of threads at once.
 */
/* Concurrency.
 *
 * Searches take no lock. They may walk over links that are being written and over nodes that were removed; what they give back is
 * checked against Alive under the optimistic lock of flips, so that a search finds a vector that is updated once, the old or the new.
 *
 * Insertions share the lock of changes, one stripe of Graph's locks at a time inside. Removals, and work on the whole graph, hold it
 * alone.
 *
 * A slot that was removed is used again only after no list leads to it any more (reclaim) and no search can hold it any more (Epochs).
 */
public final class LiveGraph implements AutoCloseable {
    /** Nodes that are inserted by one thread before others join in: the first ones must find each other. */
    private static final int FIRST_ALONE = 256;

    /** Nodes handed to a thread at a time. */
    private static final int PIECE = 64;

    /** Removed nodes are looked after once they are so many, and this share of all. */
    private static final int MIN_FORGOTTEN = 256;

    private static final int FORGOTTEN_SHARE = 64;

    /** Nodes whose lists are cleaned before others may change the graph again. */
    private static final int FORGET_AT_ONCE = 2048;

    private final GraphParameters parameters;
    private final Sphere sphere;
    private final RowStore rows;
    private final IdTable ids;
    private final Graph graph;
    private final Alive alive = new Alive();
    private final Epochs epochs = new Epochs();
    private volatile Coded coded;

    private final ReadWriteLock changes = new ReentrantReadWriteLock();
    private final StampedLock flips = new StampedLock();
    private final Object allocation = new Object();
    private final Queue<Searcher> searchers = new ConcurrentLinkedQueue<>();
    private final Queue<Inserter> inserters = new ConcurrentLinkedQueue<>();
    private final AtomicLong version = new AtomicLong();
    private final AtomicBoolean maintained = new AtomicBoolean();

    /** Memory of blocks, to be freed in the end. */
    private final Deque<Memory> memories = new ArrayDeque<>();

    private final Deque<Old> old = new ArrayDeque<>();
    /** Removed, and links may still lead to them. */
    private IntStack removed = new IntStack();

    private final Deque<Retired> retired = new ArrayDeque<>();
    private final IntStack free = new IntStack();
    private int nextSlot;
    private boolean mapped;
    private volatile @Nullable Drift drift;
    private volatile boolean closed;

    /** The code and the blocks that are in it. */
    private record Coded(@Nullable Code code, Slots blocks) {}

    /** Slots that no list leads to since an epoch. */
    private record Retired(IntStack slots, long epoch) {}

    /** Memory that no search that began after an epoch reads. */
    private record Old(Memory memory, long epoch) {}

    private LiveGraph(
            GraphParameters parameters,
            Sphere sphere,
            RowStore rows,
            IdTable ids,
            @Nullable Code code,
            Slots blocks,
            boolean mapped) {
        this.parameters = parameters;
        this.sphere = sphere;
        this.rows = rows;
        this.ids = ids;
        this.coded = new Coded(code, blocks);
        this.graph = new Graph(parameters.m(), code == null ? 0 : code.bytes(), blocks);
        this.nextSlot = rows.firstCapacity();
        this.mapped = mapped;
        alive.reserve(rows.firstCapacity());
        alive.setAll(rows.firstSize());
    }

    /**
     * Builds a graph of rows, which must outlive it.
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
        Sphere sphere = new Sphere(form == Form.DOT ? longest(rows) : 0);
        Code code = parameters.bits() == 0 ? null : Codes.learn(parameters.bits(), form, dimension, sphere, rows);
        Memory blockMemory = blocks(parameters, code, rows.firstCapacity());
        try {
            Slots blocks = slots(parameters, code, dimension).with(blockMemory);
            IdTable table = new IdTable(ids, size);
            LiveGraph built = new LiveGraph(parameters, sphere, rows, table, code, blocks, false);
            built.memories.add(blockMemory);
            built.graph.grow(size);
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
        Slots blocks = slots(parameters, code, dimension).with(read.blocks(code));
        LiveGraph opened = new LiveGraph(parameters, sphere, rows, new IdTable(ids, size), code, blocks, true);
        opened.graph.grow(size);
        read.fill(opened.graph);
        return opened;
    }

    private static float longest(RowStore rows) {
        float longest = 0;
        for (int slot = 0; slot < rows.firstSize(); slot++) {
            longest = Math.max(longest, rows.norm(slot));
        }
        return longest;
    }

    private static Memory blocks(GraphParameters parameters, @Nullable Code code, int capacity) {
        return Memory.allocate((long) capacity * Graph.blockBytes(parameters.m(), code == null ? 0 : code.bytes()));
    }

    private static Slots slots(GraphParameters parameters, @Nullable Code code, int dimension) {
        int bytes = Graph.blockBytes(parameters.m(), code == null ? 0 : code.bytes());
        return Slots.empty(bytes, RowStore.shift(dimension));
    }

    private void insertFirst(int threads, Progress progress) {
        int size = rows.firstSize();
        long all = size;
        progress.update(0, all);
        int alone = Math.min(size, FIRST_ALONE);
        encode(0, alone);
        insert(0, alone);
        AtomicLong done = new AtomicLong(alone);
        Parallel.run(Math.ceilDiv(size - alone, PIECE), threads, piece -> {
            int from = alone + piece * PIECE;
            int to = Math.min(size, from + PIECE);
            encode(from, to);
            insert(from, to);
            progress.update(done.addAndGet(to - from), all);
        });
        progress.update(all, all);
    }

    private void encode(int from, int to) {
        Coded now = coded;
        Code.Encoder encoder = now.code == null ? null : now.code.encoder();
        float[] row = new float[rows.dimension()];
        for (int slot = from; slot < to; slot++) {
            if (encoder != null) {
                rows.get(slot, row);
                encoder.encode(row, now.blocks.base(slot), now.blocks.at(slot));
            }
            graph.layer(slot, parameters.layer(slot));
        }
    }

    private void insert(int from, int to) {
        float[] row = new float[rows.dimension()];
        Inserter inserter = inserter();
        for (int slot = from; slot < to; slot++) {
            rows.get(slot, row);
            inserter.insert(slot, graph.layer(slot), row);
        }
        inserters.add(inserter);
    }

    private Scorer scorer(Coded now) {
        return now.code == null ? new RowScorer(rows, sphere) : now.code.scorer(now.blocks);
    }

    private Inserter inserter() {
        Coded now = coded;
        Inserter known = inserters.poll();
        if (known != null && known.walk().blocks() == now.blocks) {
            return known;
        }
        Neighbourhood own = neighbourhood();
        Linker linker = new Linker(graph, neighbourhood(), alive);
        Walk walk = new Walk(graph, scorer(now), now.blocks);
        return new Inserter(
                graph, walk, own, linker, parameters.efConstruction(), parameters.extendCandidates(), alive);
    }

    private Neighbourhood neighbourhood() {
        return new Neighbourhood(
                graph, new RowScorer(rows, sphere), new RowScorer(rows, sphere), parameters.keepPrunedConnections());
    }

    private Searcher searcher(Coded now) {
        Searcher known = searchers.poll();
        if (known != null && known.walk().blocks() == now.blocks) {
            return known;
        }
        return new Searcher(new Walk(graph, scorer(now), now.blocks), rows, ids, alive, parameters.refine());
    }

    /**
     * The k nearest that a walk finds.
     *
     * @param ef places in the beam, at least k
     * @param rerank how many are compared again; 0 to go by the error of the code
     * @param allowed which slots may be found, made by {@link #bitmap}; null for all
     * @throws IllegalArgumentException for a query of another dimension or with a value that is not finite
     */
    public Found search(float[] query, int k, int ef, int rerank, @Nullable Bitmap allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, size) -> {
            searcher.walk(query, ef, allowed, stop, size);
            return settled(() -> searcher.nearest(exact, k, rerank, allowed));
        });
    }

    /** All within a distance that walks find; the beam grows until one is not filled by those within it. */
    public Found searchWithin(float[] query, float radius, int ef, @Nullable Bitmap allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, size) -> {
            int width = ef;
            searcher.walk(query, width, allowed, stop, size);
            while (searcher.isFull(radius, width) && width < size) {
                width = (int) Math.min(size, 4L * width);
                searcher.walk(query, width, allowed, stop, size);
            }
            return settled(() -> searcher.within(exact, radius, allowed));
        });
    }

    private interface Search {
        Found run(Searcher searcher, int size);
    }

    private Found searching(Search search) {
        long epoch = epochs.enter();
        try {
            int size = graph.size(); // before the blocks, which are there for all of them
            Searcher searcher = searcher(coded);
            Found found = search.run(searcher, size);
            searchers.add(searcher);
            return found;
        } finally {
            epochs.exit(epoch);
        }
    }

    /** What is found while no slot changes hands. */
    private Found settled(Supplier<Found> collect) {
        long stamp = flips.tryOptimisticRead();
        Found found = collect.get();
        if (flips.validate(stamp)) {
            return found;
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

    private boolean change(long id, float[] vector, boolean replace) {
        makeChangeable();
        int before;
        changes.readLock().lock();
        try {
            int slot = allocate(vector);
            if (!replace && !ids.putNew(id, slot)) {
                giveBack(slot);
                return false;
            }
            if (replace) {
                ids.set(slot, id);
            }
            link(slot, vector);
            long stamp = flips.writeLock();
            try {
                before = replace ? ids.put(id, slot) : Graph.NONE;
                alive.set(slot);
                if (before != Graph.NONE) {
                    alive.clear(before);
                }
            } finally {
                flips.unlockWrite(stamp);
            }
            version.incrementAndGet();
        } finally {
            changes.readLock().unlock();
        }
        if (before != Graph.NONE) {
            alone(() -> takeOut(before));
        }
        watch(vector, before);
        return true;
    }

    private void link(int slot, float[] vector) {
        long epoch = epochs.enter();
        try {
            Inserter inserter = inserter();
            inserter.insert(slot, graph.layer(slot), vector);
            inserters.add(inserter);
        } finally {
            epochs.exit(epoch);
        }
    }

    /** Removes a point; tells whether it was there. */
    public boolean remove(long id) {
        makeChangeable();
        boolean[] found = new boolean[1];
        float[] row = new float[rows.dimension()];
        alone(() -> {
            int slot = ids.remove(id);
            if (slot != Graph.NONE) {
                found[0] = true;
                rows.get(slot, row);
                long stamp = flips.writeLock();
                alive.clear(slot);
                flips.unlockWrite(stamp);
                version.incrementAndGet();
                takeOut(slot);
            }
        });
        Drift known = drift;
        if (found[0] && known != null) {
            known.removed(row);
        }
        return found[0];
    }

    private void alone(Runnable work) {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    private void takeOut(int slot) {
        new Remover(graph, new Linker(graph, neighbourhood(), alive), alive).remove(slot);
        synchronized (allocation) {
            removed.push(slot);
            if (removed.size() > Math.max(MIN_FORGOTTEN, alive.count() / FORGOTTEN_SHARE)) {
                maintain(this::reclaim);
            }
        }
    }

    public boolean contains(long id) {
        return ids.slot(id) != Graph.NONE;
    }

    /** Takes the last links to removed nodes away, so that their slots are used again. Others may change the graph meanwhile. */
    public void reclaim() {
        makeChangeable();
        IntStack forgotten;
        synchronized (allocation) {
            forgotten = removed;
            removed = new IntStack();
        }
        for (int from = 0; from < graph.size() && !closed; from += FORGET_AT_ONCE) {
            int begin = from;
            alone(() -> new Remover(graph, new Linker(graph, neighbourhood(), alive), alive)
                    .forget(begin, Math.min(graph.size(), begin + FORGET_AT_ONCE)));
        }
        synchronized (allocation) {
            if (!forgotten.isEmpty()) {
                retired.add(new Retired(forgotten, epochs.now()));
            }
        }
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

    /** A slot with a vector and its code, that nothing leads to yet. */
    private int allocate(float[] vector) {
        synchronized (allocation) {
            recycle();
            int slot = free.isEmpty() ? nextSlot : free.pop();
            if (slot == nextSlot) {
                grow(slot);
                nextSlot++;
            }
            rows.put(slot, vector);
            graph.layer(slot, parameters.layer(slot));
            Coded now = coded;
            if (now.code != null) {
                now.code.encoder().encode(vector, now.blocks.base(slot), now.blocks.at(slot));
            }
            return slot;
        }
    }

    private void giveBack(int slot) {
        synchronized (allocation) {
            free.push(slot);
        }
    }

    private void recycle() {
        if (retired.isEmpty() && old.isEmpty()) {
            return;
        }
        epochs.tryPass();
        while (!retired.isEmpty() && retired.getFirst().epoch + 2 <= epochs.now()) {
            IntStack slots = retired.removeFirst().slots;
            while (!slots.isEmpty()) {
                int slot = slots.pop();
                if (rows.isWritable(slot)) {
                    free.push(slot);
                }
            }
        }
        while (!old.isEmpty() && old.getFirst().epoch + 2 <= epochs.now()) {
            Memory memory = old.removeFirst().memory;
            memories.remove(memory);
            memory.close();
        }
    }

    private void grow(int slot) {
        if (slot >= rows.capacity()) {
            Coded now = coded;
            Memory memory = Memory.allocate(now.blocks.chunkBytes());
            memories.add(memory);
            rows.grow();
            coded = new Coded(now.code, now.blocks.with(memory));
            graph.blocks(coded.blocks);
        }
        alive.reserve(rows.capacity());
        graph.grow(slot + 1);
    }

    /** Sees to it that blocks are in memory that may be written, and remembers the mean from now on. */
    private void makeChangeable() {
        if (drift != null) {
            return;
        }
        alone(() -> {
            if (drift == null) {
                load();
                drift = new Drift(rows, rows.firstSize(), alive);
            }
        });
    }

    /** Copies mapped blocks to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    public void load() {
        synchronized (allocation) {
            if (!mapped) {
                return;
            }
            Coded now = coded;
            Memory copy = blocks(parameters, now.code, rows.firstCapacity());
            Slots blocks = slots(parameters, now.code, rows.dimension()).with(copy);
            for (int slot = 0; slot < rows.firstSize(); slot += blocks.chunk()) {
                int some = Math.min(blocks.chunk(), rows.firstSize() - slot);
                java.lang.foreign.MemorySegment.copy(
                        now.blocks.base(slot),
                        now.blocks.at(slot),
                        blocks.base(slot),
                        blocks.at(slot),
                        (long) some * blocks.bytes());
            }
            memories.add(copy);
            coded = new Coded(now.code, blocks);
            graph.blocks(blocks);
            mapped = false;
        }
    }

    private void watch(float[] added, int before) {
        Drift known = drift;
        Code code = coded.code;
        if (known == null || code == null) {
            return;
        }
        known.added(added);
        if (before != Graph.NONE) {
            float[] row = new float[rows.dimension()];
            rows.get(before, row);
            known.removed(row);
        }
        if (known.isTooFar(code)) {
            maintain(this::learnAnew);
        }
    }

    /** Learns the code from the vectors that are there now, and writes all codes anew. Changes wait, searches do not. */
    public void learnAnew() {
        if (coded.code == null) {
            return;
        }
        makeChangeable();
        alone(() -> {
            Coded now = coded;
            int[] slots = aliveSlots();
            Code code = Codes.learn(parameters.bits(), rows.form(), rows.dimension(), sphere, sample(slots));
            Memory memory = blocks(parameters, code, rows.capacity());
            Slots blocks = slots(parameters, code, rows.dimension()).with(memory);
            Code.Encoder encoder = code.encoder();
            float[] row = new float[rows.dimension()];
            for (int slot : slots) {
                java.lang.foreign.MemorySegment.copy(
                        now.blocks.base(slot), now.blocks.at(slot), blocks.base(slot), blocks.at(slot), blocks.bytes());
                rows.get(slot, row);
                encoder.encode(row, blocks.base(slot), blocks.at(slot));
            }
            synchronized (allocation) {
                for (Memory superseded : memories) {
                    old.add(new Old(superseded, epochs.now()));
                }
                memories.add(memory);
                coded = new Coded(code, blocks);
                graph.blocks(blocks);
            }
        });
    }

    private int[] aliveSlots() {
        int[] slots = new int[alive.count()];
        int count = 0;
        for (int slot = 0; slot < graph.size(); slot++) {
            if (alive.test(slot)) {
                slots[count++] = slot;
            }
        }
        return slots;
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

    /** The slots of some ids. */
    public Bitmap bitmap(long[] wanted) {
        Bitmap bitmap = new Bitmap(Math.max(graph.size(), rows.capacity()));
        for (long id : wanted) {
            int slot = ids.slot(id);
            if (slot != Graph.NONE) {
                bitmap.set(slot);
            }
        }
        return bitmap;
    }

    /** Hears the id and the vector of every point, in the order of their slots. */
    public void forEach(PointSink sink) {
        long epoch = epochs.enter();
        try {
            for (int slot : aliveSlots()) {
                float[] row = new float[rows.dimension()];
                rows.get(slot, row);
                sink.accept(ids.of(slot), row);
            }
        } finally {
            epochs.exit(epoch);
        }
    }

    /** Hears points. */
    public interface PointSink {
        void accept(long id, float[] vector);
    }

    /** Memory taken beside the rows that were there to begin with and a mapped file. */
    public long bytes() {
        synchronized (allocation) {
            long bytes = 0;
            for (Memory memory : memories) {
                bytes += memory.bytes();
            }
            return bytes + rows.bytesAdded() + graph.bytes() + ids.bytes() + alive.bytes();
        }
    }

    /** Bytes of a node that a walk reads. */
    public int bytesPerNode() {
        return coded.blocks.bytes();
    }

    /**
     * Walks the whole graph.
     *
     * @throws IllegalStateException saying what is wrong with it
     */
    public void check() {
        alone(() -> new GraphCheck(graph, alive, ids).run());
    }

    /**
     * Adds the graph to a file that is to be, with all that is there now renumbered from 0 on, and calls back while nothing changes.
     *
     * @param write is given what is to be written
     */
    public void save(SnapshotSink write) throws IOException {
        Lock lock = changes.writeLock();
        lock.lock();
        try {
            write.accept(new Snapshot(parameters, sphere, rows, ids, graph, coded.code, aliveSlots()));
        } finally {
            lock.unlock();
        }
    }

    /** Hears of what is to be saved. */
    public interface SnapshotSink {
        void accept(Snapshot snapshot) throws IOException;
    }

    /** Frees what it allocated. The caller makes sure that nobody searches any more. */
    @Override
    public void close() {
        closed = true;
        alone(() -> {
            synchronized (allocation) {
                memories.forEach(Memory::close);
                memories.clear();
                rows.close();
            }
        });
    }
}
