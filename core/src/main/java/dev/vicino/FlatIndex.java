package dev.vicino;

import dev.vicino.IndexSpec.Device;
import dev.vicino.card.Cards;
import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.CardScan;
import dev.vicino.scan.Distances;
import dev.vicino.scan.ExactScan;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Scan;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Exact search. In a file it has these sections:
 *
 * <pre>
 * rows       n·d float32, row-major
 * norms      n float32: 1/‖x‖ under cosine (0 for a zero row), ‖x‖ otherwise
 * extremes   int32, rising: rows whose norm single precision cannot square
 * ids        n int64, the caller's ids; missing where the ids are 0 … n−1
 * prune.*    the codes of the pruned scan, where it has any; see PruningCodesFile
 * </pre>
 */
final class FlatIndex extends StoredIndex {
    /** Queries of a batch that are off their matrix at a time. */
    private static final int QUERIES_AT_ONCE = 8192;

    private final Ids ids;
    private final Scan scan;
    private final Filters filters;

    private FlatIndex(Contents contents, Scan scan) {
        super(contents);
        this.ids = contents.ids();
        this.scan = scan;
        this.filters = new Filters(ids, contents.stored().size());
    }

    static FlatIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        IndexSpec.Flat flat = flat(spec);
        long n = source.size();
        long all = flat.prune() ? 2 * n : n;
        Progress first = (done, total) -> progress.update(done, all);
        Progress second = (done, total) -> progress.update(n + done, all);
        return Contents.build(spec, metric, source, idMemory, threads, first, contents -> {
            Distances distances = metric.distances(contents.rows(), contents.norms());
            Scan scan = scan(flat, distances, contents.ids(), threads, second);
            progress.update(all, all);
            return new FlatIndex(contents, scan);
        });
    }

    private static Scan scan(IndexSpec.Flat flat, Distances distances, Ids ids, int threads, Progress progress) {
        if (flat.device() != Device.CPU) {
            return onCard(flat, distances, ids);
        }
        return flat.prune() ? ExactScan.pruned(distances, ids, threads, progress) : ExactScan.plain(distances, ids);
    }

    private static Scan onCard(IndexSpec.Flat flat, Distances distances, Ids ids) {
        return CardScan.load(Cards.find(flat.device().toString()), distances, ids);
    }

    private static IndexSpec.Flat flat(IndexSpec spec) {
        return (IndexSpec.Flat) spec.navigator();
    }

    static FlatIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Contents contents = Contents.open(file, spec, metric);
        Distances distances = metric.distances(contents.rows(), contents.norms());
        IndexSpec.Flat flat = flat(spec);
        Scan scan = flat.device() == Device.CPU
                ? ExactScan.open(distances, contents.ids(), file)
                : onCard(flat, distances, contents.ids());
        FlatIndex index = new FlatIndex(contents, scan);
        index.startLoading(index.scan::load);
        return index;
    }

    private static MemorySegment bytes(int[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Integer.BYTES * values.length]);
        MemorySegment.copy(values, 0, bytes, Memory.INT, 0, values.length);
        return bytes;
    }

    @Override
    public int size() {
        return contents().stored().size();
    }

    @Override
    public long bytesMemory() {
        return contents().bytesMemory() + scan.bytes();
    }

    @Override
    public Neighbors search(float[] query, int k, SearchOptions options) {
        Goal goal = nearest(k);
        return guarded(() -> neighbors(search(query, goal, options)));
    }

    @Override
    public Neighbors searchWithin(float[] query, float radius, SearchOptions options) {
        Goal goal = within(radius);
        return guarded(() -> within(neighbors(search(query, goal, options)), radius));
    }

    @Override
    public List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options) {
        return searchAll(queries, nearest(k), options, this::neighbors);
    }

    @Override
    public List<Neighbors> searchAllWithin(Vectors queries, float radius, SearchOptions options) {
        return searchAll(queries, within(radius), options, hits -> within(neighbors(hits), radius));
    }

    @Override
    public void searchSelf(int k, SearchOptions options, NeighborsSink sink) {
        // One neighbour more, since a vector finds itself; where ties hide it, the last one is too many.
        Goal goal = new Goal.KNearest(nearest(k).k() == Integer.MAX_VALUE ? k : k + 1);
        searchSelf(goal, options, sink, k, this::neighbors);
    }

    @Override
    public void searchSelfWithin(float radius, SearchOptions options, NeighborsSink sink) {
        searchSelf(within(radius), options, sink, size(), hits -> within(neighbors(hits), radius));
    }

    private static Goal nearest(int k) {
        Arguments.checkPositive("k", k);
        return new Goal.KNearest(k);
    }

    private Goal within(float radius) {
        Arguments.checkFinite("radius", radius);
        return new Goal.Within(metric().toDistance(radius));
    }

    private Hits search(float[] query, Goal goal, SearchOptions options) {
        return scan.search(query, goal, filters.bitmap(options.filter()), options.threads(), options.stop());
    }

    private List<Neighbors> searchAll(
            Vectors queries, Goal goal, SearchOptions options, Function<Hits, Neighbors> translation) {
        Arguments.checkQueries(queries, dimension());
        return guarded(() -> {
            SelfJoin.Batch batch = batch(goal, options, translation);
            List<Neighbors> results = new ArrayList<>(queries.size());
            for (int from = 0; from < queries.size(); from += QUERIES_AT_ONCE) {
                float[][] block = new float[Math.min(QUERIES_AT_ONCE, queries.size() - from)][];
                for (int i = 0; i < block.length; i++) {
                    block[i] = Arguments.query(queries, from + i);
                }
                results.addAll(batch.searchAll(block));
            }
            return results;
        });
    }

    private void searchSelf(
            Goal goal, SearchOptions options, NeighborsSink sink, int k, Function<Hits, Neighbors> translation) {
        guarded(() -> {
            SelfJoin join = new SelfJoin(QUERIES_AT_ONCE, k, sink, batch(goal, options, translation));
            for (int row = 0; row < size(); row++) {
                join.add(ids.of(row), contents().row(row));
            }
            join.finish();
        });
    }

    /** Searches that begin now. */
    private SelfJoin.Batch batch(Goal goal, SearchOptions options, Function<Hits, Neighbors> translation) {
        Bitmap allowed = filters.bitmap(options.filter());
        Stop stop = options.stop();
        return block -> Arrays.stream(scan.searchAll(block, goal, allowed, options.threads(), stop))
                .map(translation)
                .toList();
    }

    private Neighbors neighbors(Hits hits) {
        long[] hitIds = new long[hits.ordinals().length];
        float[] scores = new float[hitIds.length];
        for (int i = 0; i < hitIds.length; i++) {
            hitIds[i] = ids.of(hits.ordinals()[i]);
            scores[i] = metric().toScore(hits.distances()[i]);
        }
        Hits.Work work = hits.work();
        return new Neighbors(
                hitIds, scores, new Neighbors.Work(work.plan(), work.compared(), work.exact(), 0, work.complete()));
    }

    @Override
    void write(Path path, Progress progress) throws IOException {
        Contents contents = contents();
        Memory rows = contents.stored().memory();
        Norms norms = contents.norms();
        Memory idMemory = contents.idMemory();
        IndexFileWriter writer = new IndexFileWriter(spec().toString(), metric().label(), dimension(), size())
                .section("rows", rows.segment().asSlice(0, (long) size() * dimension() * Float.BYTES))
                .section("norms", norms.memory().segment().asSlice(0, (long) size() * Float.BYTES))
                .section("extremes", bytes(norms.extremes()));
        scan.addTo(writer);
        if (idMemory != null) {
            writer.section("ids", idMemory.segment());
        }
        writer.write(path, progress);
    }

    @Override
    void free() {
        scan.close();
    }
}
