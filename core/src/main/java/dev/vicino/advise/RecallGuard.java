package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.NeighborsSink;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * An approximate index whose recall is kept while it serves: a share of the searches for k neighbours is answered exactly as well, in the
 * background; where the lower end of the interval falls under a floor, the effort of searches that name none is raised, and the change is
 * logged with its reason (logger {@code dev.vicino.advise}). It is never lowered.
 *
 * <p>Searches with an effort of their own, exact ones and those within a radius are neither watched nor changed. An index that changes is
 * changed as before, by itself; the guard sees what is there. Safe for use by any number of threads; closing it closes the index.
 */
public final class RecallGuard implements VectorIndex {
    private final VectorIndex index;
    private final RecallWatch watch;

    /**
     * Watches an index, which it owns.
     *
     * @throws IllegalArgumentException for an index that is exact
     */
    public static RecallGuard watch(VectorIndex index, GuardOptions options) {
        return new RecallGuard(index, new RecallWatch(options, index.defaultEffort()));
    }

    RecallGuard(VectorIndex index, RecallWatch watch) {
        if (index.spec().isExact()) {
            watch.close();
            throw new IllegalArgumentException("spec = " + index.spec() + ", expected one that may miss neighbours");
        }
        this.index = index;
        this.watch = watch;
    }

    /** Recall over the window, by plan and selectivity; empty until searches were looked at. */
    public List<Watched> watched() {
        return watch.watched();
    }

    /** Every change of the effort so far, in their order. */
    public List<EffortChange> changes() {
        return watch.changes();
    }

    /** The effort now of searches that name none. */
    public int effort(Selectivity selectivity) {
        return watch.effort(selectivity);
    }

    /** Searches that were drawn and not looked at, since the time for it was used up. */
    public long skipped() {
        return watch.skipped();
    }

    @Override
    public Neighbors search(float[] query, int k, SearchOptions options) {
        Neighbors found = index.search(query, k, raised(options));
        heard(query, k, options);
        return found;
    }

    @Override
    public List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options) {
        List<Neighbors> found = index.searchAll(queries, k, raised(options));
        for (int i = 0; i < queries.size() && isWatched(options); i++) {
            heard(queries.row(i), k, options);
        }
        return found;
    }

    private void heard(float[] query, int k, SearchOptions asked) {
        if (isWatched(asked) && watch.isDue()) {
            float[] copy = query.clone();
            SearchOptions usual = asked.withThreads(1).withTimeLimit(null).withCancelled(() -> false);
            watch.check(() -> look(copy, k, usual));
        }
    }

    private RecallWatch.Seen look(float[] query, int k, SearchOptions usual) {
        int size = index.size();
        Selectivity selectivity = Selectivity.of(usual, size);
        int effort = watch.effort(selectivity);
        Neighbors found = index.search(query, k, usual.withEffort(effort));
        Neighbors truth = index.search(query, k, usual.withExact(true));
        double recall = Questions.recall(found, truth, index.metric(), Questions.hasTrueScores(index.spec()));
        return new RecallWatch.Seen(found.work().plan(), selectivity, effort, recall, k, size);
    }

    private static boolean isWatched(SearchOptions options) {
        return options.effort() == 0 && !options.exact();
    }

    private SearchOptions raised(SearchOptions options) {
        return isWatched(options) ? options.withEffort(watch.effort(Selectivity.of(options, index.size()))) : options;
    }

    @Override
    public Neighbors searchWithin(float[] query, float radius, SearchOptions options) {
        return index.searchWithin(query, radius, options);
    }

    @Override
    public List<Neighbors> searchAllWithin(Vectors queries, float radius, SearchOptions options) {
        return index.searchAllWithin(queries, radius, options);
    }

    @Override
    public void searchSelf(int k, SearchOptions options, NeighborsSink sink) {
        index.searchSelf(k, raised(options), sink);
    }

    @Override
    public void searchSelfWithin(float radius, SearchOptions options, NeighborsSink sink) {
        index.searchSelfWithin(radius, options, sink);
    }

    @Override
    public IndexSpec spec() {
        return index.spec();
    }

    @Override
    public Metric metric() {
        return index.metric();
    }

    @Override
    public int dimension() {
        return index.dimension();
    }

    @Override
    public int size() {
        return index.size();
    }

    @Override
    public int defaultEffort() {
        return watch.effort(Selectivity.ALL);
    }

    /** The index by itself, unwatched, with another effort. */
    @Override
    public VectorIndex withDefaultEffort(int effort) {
        return index.withDefaultEffort(effort);
    }

    @Override
    public OptionalDouble codeLoss() {
        return index.codeLoss();
    }

    @Override
    public long bytesMemory() {
        return index.bytesMemory();
    }

    @Override
    public long bytesDisk() {
        return index.bytesDisk();
    }

    @Override
    public void awaitLoaded() {
        index.awaitLoaded();
    }

    /** Writes the index with the effort that it has come to. */
    @Override
    public void save(Path file, Progress progress) throws IOException {
        index.withDefaultEffort(defaultEffort()).save(file, progress);
    }

    @Override
    public void verify(Progress progress) throws IOException {
        index.verify(progress);
    }

    /** Forgets checks that wait, lets the one under way end, and closes the index. */
    @Override
    public void close() {
        watch.close();
        index.close();
    }
}
