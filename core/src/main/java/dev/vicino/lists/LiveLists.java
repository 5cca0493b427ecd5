package dev.vicino.lists;

import dev.vicino.format.IndexFile;
import dev.vicino.io.Progress;
import dev.vicino.memory.Lifetime;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.Found;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.LivePoints;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowStore;
import dev.vicino.rows.Snapshot;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.util.function.IntFunction;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Points in inverted lists: rows, codes, centroids and ids, searched and changed by any number of threads at once. No search waits for a
 * change: {@link ListSearches} and {@link ListChanges} say why.
 */
public final class LiveLists implements LivePoints {
    private final Parts parts;
    private final ListSearches searches;
    private final ListChanges changes;

    private LiveLists(Parts parts, Lifetime lifetime) {
        this.parts = parts;
        this.searches = new ListSearches(parts);
        this.changes = new ListChanges(parts, lifetime);
    }

    /**
     * Makes lists of rows, which must outlive them and are their own: slots of removed rows are used again.
     *
     * @param lifetime of the rows; whoever searches or changes the lists holds it, as the lists' own upkeep does
     * @param ids one a row
     */
    public static LiveLists build(
            ListParameters parameters, Lifetime lifetime, RowStore rows, Ids ids, int threads, Progress progress) {
        Epochs epochs = new Epochs();
        int[] slots = IntStream.range(0, rows.firstSize()).toArray();
        Lists lists = new Learning(parameters, rows, threads, progress).lists(slots, epochs);
        return of(parameters, rows, ids, lists, false, epochs, lifetime);
    }

    /**
     * Opens the lists of a file, over rows that outlive them.
     *
     * @param lifetime as {@link #build} has it
     * @throws dev.vicino.io.CorruptFileException when the sections are not what the format requires
     */
    public static LiveLists open(ListParameters parameters, Lifetime lifetime, RowStore rows, Ids ids, IndexFile file)
            throws IOException {
        Epochs epochs = new Epochs();
        Lists lists = new ListFile(file, parameters, rows.form(), rows.dimension()).lists(epochs);
        if (parameters.refine()) {
            rows.adviseRandom();
        }
        return of(parameters, rows, ids, lists, true, epochs, lifetime);
    }

    private static LiveLists of(
            ListParameters parameters,
            RowStore rows,
            Ids ids,
            Lists lists,
            boolean mapped,
            Epochs epochs,
            Lifetime lifetime) {
        Points points = new Points(rows, new IdTable(ids, rows.firstSize()));
        Space space = new Space(rows, lists, mapped, epochs);
        return new LiveLists(new Parts(parameters, rows, points, epochs, space), lifetime);
    }

    @Override
    public Found search(float[] query, int k, int effort, int rerank, @Nullable Allowed allowed, Stop stop) {
        return searches.nearest(query, k, effort, rerank, allowed, stop);
    }

    @Override
    public Found[] searchAll(
            IntFunction<float[]> queries, int count, int k, int effort, int rerank, int threads, Stop stop) {
        Found[] together = searches.nearest(queries, count, k, effort, threads, stop);
        return together == null
                ? LivePoints.super.searchAll(queries, count, k, effort, rerank, threads, stop)
                : together;
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
        return parts.points().allowed(wanted, isWanted);
    }

    @Override
    public long version() {
        return parts.points().version();
    }

    @Override
    public int size() {
        return parts.points().size();
    }

    @Override
    public boolean contains(long id) {
        return parts.points().slot(id) != IdTable.NONE;
    }

    @Override
    public void forEach(Sink sink) {
        parts.points().forEach(parts.epochs(), sink);
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

    @Override
    public void load() {
        parts.space().load();
    }

    @Override
    public double codeLoss() {
        return parts.space().lists().learnt().codeLoss();
    }

    @Override
    public long bytes() {
        return parts.bytes();
    }

    @Override
    public void check() {
        changes.settled(() -> new ListCheck(parts).run());
    }

    @Override
    public void save(Snapshot.Sink sink) throws IOException {
        changes.save(() -> sink.accept(new ListSnapshot(parts)));
    }

    @Override
    public void close() {
        parts.space().close();
    }
}
