package dev.vicino.graph;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Points in a graph: rows, codes, links and ids, searched and changed by any number of threads at once. No search waits for a change:
 * {@link Searches} and {@link Changes} say why.
 */
public final class LiveGraph implements AutoCloseable {
    private final Parts parts;
    private final Points points;
    private final Insertions insertions;
    private final Searches searches;
    private final Changes changes;

    private LiveGraph(Parts parts, Lifetime lifetime, @Nullable Path file) {
        Removals removals = new Removals(parts);
        this.parts = parts;
        this.points = parts.points();
        Drift drift = new Drift(parts.rows());
        this.insertions = new Insertions(parts, drift);
        this.searches = new Searches(parts, removals);
        this.changes = new Changes(parts, insertions, removals, drift, lifetime, file);
    }

    /**
     * Builds a graph of rows, which must outlive it and are its own: slots of removed rows are used again.
     *
     * @param lifetime of the rows; whoever searches or changes the graph holds it, as the graph's own upkeep does
     * @param ids one a row
     */
    public static LiveGraph build(
            GraphParameters parameters,
            Form form,
            Lifetime lifetime,
            Memory memory,
            Norms norms,
            int size,
            int dimension,
            Ids ids,
            int threads,
            Progress progress) {
        RowStore rows = new RowStore(form, memory, norms, size, dimension);
        Learnt learnt = Learnt.of(parameters, rows, rows, threads);
        Memory blockMemory = Space.blocks(parameters, learnt, size);
        try {
            Coded coded = new Coded(learnt, Space.slots(parameters, learnt, dimension, blockMemory));
            LiveGraph built = new LiveGraph(
                    Parts.of(parameters, rows, new IdTable(ids, size), coded, blockMemory), lifetime, null);
            built.insertions.insertFirst(threads, progress);
            return built;
        } catch (Throwable e) {
            blockMemory.close();
            throw e;
        }
    }

    /**
     * Opens the graph of a file, over rows that outlive it.
     *
     * @param lifetime as {@link #build} has it
     * @throws CorruptFileException when the sections are not what the format requires
     */
    public static LiveGraph open(
            GraphParameters parameters,
            Form form,
            Lifetime lifetime,
            Memory memory,
            Norms norms,
            int dimension,
            Ids ids,
            IndexFile file)
            throws IOException {
        GraphFile read = new GraphFile(file, parameters, form, dimension);
        int size = file.header().size();
        RowStore rows = new RowStore(form, memory, norms, size, dimension);
        Learnt learnt = read.learnt();
        Slots blocks = Space.slots(parameters, learnt, dimension, read.blocks(learnt));
        Parts parts = Parts.of(parameters, rows, new IdTable(ids, size), new Coded(learnt, blocks), null);
        read.fill(parts.graph());
        return new LiveGraph(parts, lifetime, file.path());
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
        return searches.nearest(query, k, ef, rerank, allowed, stop);
    }

    /** All within a distance that walks find; the beam grows until one is not filled by those within it. */
    public Found searchWithin(float[] query, float radius, int ef, @Nullable Allowed allowed, Stop stop) {
        return searches.within(query, radius, ef, allowed, stop);
    }

    /** The k nearest of all, each compared. */
    public Found searchExactly(float[] query, int k, @Nullable Allowed allowed, Stop stop) {
        return searches.scan(query, k, Float.POSITIVE_INFINITY, allowed, stop);
    }

    /** All within a distance, each compared. */
    public Found searchExactlyWithin(float[] query, float radius, @Nullable Allowed allowed, Stop stop) {
        return searches.scan(query, Integer.MAX_VALUE, radius, allowed, stop);
    }

    /** The points of some ids. */
    public Allowed allowed(long[] wanted, LongPredicate isWanted) {
        return points.allowed(wanted, isWanted);
    }

    /** Grows with every change; what was derived from ids holds as long as it does not. */
    public long version() {
        return points.version();
    }

    /** Points that are there. */
    public int size() {
        return points.size();
    }

    public boolean contains(long id) {
        return points.slot(id) != Graph.NONE;
    }

    /** Tells the id and the vector of every point, in the order of their slots. The sink may change the graph. */
    public void forEach(PointSink sink) {
        for (int slot : points.slots()) {
            float[] row = new float[parts.rows().dimension()];
            Long id = read(slot, row);
            if (id != null) {
                sink.accept(id, row);
            }
        }
    }

    private @Nullable Long read(int slot, float[] row) {
        Epochs epochs = parts.epochs();
        long epoch = epochs.enter();
        try {
            return points.read(slot, row);
        } finally {
            epochs.exit(epoch);
        }
    }

    /** Hears points. */
    public interface PointSink {
        void accept(long id, float[] vector);
    }

    /**
     * Adds a point.
     *
     * @return false, and nothing is changed, where the id is there already
     * @throws IllegalStateException where links of a file are damaged that changes rely on; so do all changes; searches go on
     */
    public boolean add(long id, float[] vector) {
        return changes.add(id, vector);
    }

    /** Gives an id another vector, or adds it. */
    public void update(long id, float[] vector) {
        changes.update(id, vector);
    }

    /** Removes a point; tells whether it was there. */
    public boolean remove(long id) {
        return changes.remove(id);
    }

    /** Takes the last links to removed nodes away, so that their slots are used again. Others may change the graph meanwhile. */
    public void reclaim() {
        changes.reclaim();
    }

    /** Learns the code from the vectors that are there now, and writes all codes anew. Changes wait, searches do not. */
    public void learnAnew() {
        changes.learnAnew();
    }

    /** What keeps account of the vectors that are there. */
    Drift drift() {
        return changes.drift();
    }

    /** Copies mapped blocks to memory, on large pages; searches take the copy once it is whole. Does nothing a second time. */
    public void load() {
        parts.space().load();
    }

    /** Memory taken beside the rows that were there to begin with and a mapped file. */
    public long bytes() {
        return parts.bytes();
    }

    /**
     * Walks the whole graph.
     *
     * @throws IllegalStateException saying what is wrong with it
     */
    public void check() {
        changes.settledAlone(() -> parts.check().run());
    }

    /** Tells all that is there now, renumbered from 0 on. Changes wait until the sink has heard it, searches do not. */
    public void save(SnapshotSink sink) throws IOException {
        changes.save(() -> sink.accept(new Snapshot(parts, points.slots())));
    }

    /** Hears of what is to be saved. */
    public interface SnapshotSink {
        void accept(Snapshot snapshot) throws IOException;
    }

    /** Frees what it allocated, once. The lifetime of the rows has ended, so that nobody searches or changes it any more. */
    @Override
    public void close() {
        parts.space().close();
    }
}
