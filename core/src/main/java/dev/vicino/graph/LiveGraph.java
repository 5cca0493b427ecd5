package dev.vicino.graph;

import dev.vicino.format.IndexFile;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Found;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.LivePoints;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowStore;
import dev.vicino.rows.Snapshot;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Points in a graph: rows, codes, links and ids, searched and changed by any number of threads at once. No search waits for a change:
 * {@link Searches} and {@link Changes} say why.
 */
public final class LiveGraph implements LivePoints {
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
        this.changes = new Changes(parts, insertions, removals, searches, drift, lifetime, file);
    }

    /**
     * Builds a graph of rows, which must outlive it and are its own: slots of removed rows are used again.
     *
     * @param lifetime of the rows; whoever searches or changes the graph holds it, as the graph's own upkeep does
     * @param ids one a row
     */
    public static LiveGraph build(
            GraphParameters parameters, Lifetime lifetime, RowStore rows, Ids ids, int threads, Progress progress) {
        progress.step("code");
        Learnt learnt = Learnt.of(parameters, rows, rows, threads);
        progress.step("links");
        Memory blockMemory = Space.blocks(parameters, learnt, rows.firstSize());
        try {
            Coded coded = new Coded(learnt, Space.slots(parameters, learnt, rows.dimension(), blockMemory));
            LiveGraph built = new LiveGraph(
                    Parts.of(parameters, rows, new IdTable(ids, rows.firstSize()), coded, blockMemory), lifetime, null);
            built.insertions.insertFirst(threads, progress);
            built.searches.learnReach();
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
    public static LiveGraph open(GraphParameters parameters, Lifetime lifetime, RowStore rows, Ids ids, IndexFile file)
            throws IOException {
        GraphFile read = new GraphFile(file, parameters, rows.form(), rows.dimension());
        Learnt learnt = read.learnt();
        Slots blocks = Space.slots(parameters, learnt, rows.dimension(), read.blocks(learnt));
        Parts parts = Parts.of(parameters, rows, new IdTable(ids, rows.firstSize()), new Coded(learnt, blocks), null);
        read.fill(parts.graph());
        LiveGraph opened = new LiveGraph(parts, lifetime, file.path());
        opened.searches.reach(read.reach());
        return opened;
    }

    @Override
    public Found search(float[] query, int k, int effort, int rerank, @Nullable Allowed allowed, Stop stop) {
        int ef = Math.max(effort, Math.max(k, rerank));
        return searches.nearest(query, k, ef, rerank, allowed, stop);
    }

    @Override
    public Found searchWithin(float[] query, float radius, int effort, @Nullable Allowed allowed, Stop stop) {
        return searches.within(query, radius, effort, allowed, stop);
    }

    @Override
    public Found searchExactly(float[] query, int k, @Nullable Allowed allowed, Stop stop) {
        return searches.scan(query, k, Float.POSITIVE_INFINITY, allowed, stop);
    }

    @Override
    public Found searchExactlyWithin(float[] query, float radius, @Nullable Allowed allowed, Stop stop) {
        return searches.scan(query, Integer.MAX_VALUE, radius, allowed, stop);
    }

    @Override
    public <T> T reading(Supplier<T> work) {
        return parts.epochs().reading(work);
    }

    @Override
    public Allowed allowed(long[] wanted, LongPredicate isWanted) {
        return points.allowed(wanted, isWanted);
    }

    @Override
    public long version() {
        return points.version();
    }

    @Override
    public int size() {
        return points.size();
    }

    @Override
    public boolean contains(long id) {
        return points.slot(id) != Graph.NONE;
    }

    @Override
    public void forEach(Sink sink) {
        points.forEach(parts.epochs(), sink);
    }

    @Override
    public boolean add(long id, float[] vector) {
        return changes.add(id, parts.rows().kept(vector));
    }

    @Override
    public void update(long id, float[] vector) {
        changes.update(id, parts.rows().kept(vector));
    }

    @Override
    public boolean remove(long id) {
        return changes.remove(id);
    }

    @Override
    public void reclaim() {
        changes.reclaim();
    }

    @Override
    public void learnAnew() {
        changes.learnAnew();
    }

    /** What keeps account of the vectors that are there. */
    Drift drift() {
        return changes.drift();
    }

    @Override
    public void load() {
        parts.space().load();
    }

    @Override
    public double codeLoss() {
        return parts.space().coded().learnt().loss();
    }

    @Override
    public long bytes() {
        return parts.bytes();
    }

    @Override
    public void check() {
        changes.settledAlone(() -> parts.check().run());
    }

    @Override
    public void save(Snapshot.Sink sink) throws IOException {
        changes.save(() -> sink.accept(new GraphSnapshot(parts, searches.reach(), points.slots())));
    }

    @Override
    public void close() {
        parts.space().close();
    }
}
