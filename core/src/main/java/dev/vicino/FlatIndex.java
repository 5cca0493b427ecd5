package dev.vicino;

import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Distances;
import dev.vicino.scan.ExactScan;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Stop;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
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
final class FlatIndex implements VectorIndex {
    /** Queries of a batch that are off their matrix at a time. */
    private static final int QUERIES_AT_ONCE = 8192;

    private final IndexSpec spec;
    private final Metric metric;
    private final Vectors vectors;
    private final Norms norms;
    private final @Nullable Memory idMemory;
    private final @Nullable IndexFile file;
    private final Ids ids;
    private final ExactScan scan;
    private final Filters filters;
    private @Nullable Thread loader;
    private final AtomicBoolean closed = new AtomicBoolean();

    private FlatIndex(
            IndexSpec spec,
            Metric metric,
            Vectors vectors,
            Norms norms,
            @Nullable Memory idMemory,
            ExactScan scan,
            @Nullable IndexFile file) {
        this.spec = spec;
        this.metric = metric;
        this.vectors = vectors;
        this.norms = norms;
        this.idMemory = idMemory;
        this.file = file;
        this.ids = Ids.of(idMemory);
        this.scan = scan;
        this.filters = new Filters(ids, vectors.size());
    }

    static FlatIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        Vectors vectors = source.offHeap();
        vectors.lifetime().enter();
        boolean built = false;
        try {
            FlatIndex index = encode(spec, metric, vectors, idMemory, threads, progress);
            built = true;
            return index;
        } finally {
            vectors.lifetime().exit();
            if (vectors != source) {
                (built ? source : vectors).close();
            }
        }
    }

    /** The norms and codes of rows off the heap, which the index owns. */
    private static FlatIndex encode(
            IndexSpec spec, Metric metric, Vectors vectors, @Nullable Memory idMemory, int threads, Progress progress) {
        Rows rows = Rows.of(vectors.memory(), vectors.size(), vectors.dimension());
        boolean prune = spec.navigator() instanceof IndexSpec.Flat(boolean wanted) && wanted;
        long n = vectors.size();
        long all = prune ? 2 * n : n;
        Norms norms = Norms.compute(rows, metric == Metric.COSINE, (done, total) -> progress.update(done, all));
        try {
            Distances distances = metric.distances(rows, norms);
            ExactScan scan = prune
                    ? ExactScan.pruned(
                            distances, Ids.of(idMemory), threads, (done, total) -> progress.update(n + done, all))
                    : ExactScan.plain(distances, Ids.of(idMemory));
            progress.update(all, all);
            return new FlatIndex(spec, metric, vectors, norms, idMemory, scan, null);
        } catch (Throwable e) {
            norms.memory().close();
            throw e;
        }
    }

    static FlatIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Vectors vectors = Sections.rows(file);
        Norms norms = Sections.norms(file, metric);
        Memory idMemory = Sections.ids(file);
        Rows rows = Rows.of(vectors.memory(), vectors.size(), vectors.dimension());
        ExactScan scan = ExactScan.open(metric.distances(rows, norms), Ids.of(idMemory), file);
        FlatIndex index = new FlatIndex(spec, metric, vectors, norms, idMemory, scan, file);
        index.loader = Thread.ofPlatform().daemon().name("vicino-load").start(index::load);
        return index;
    }

    @Override
    public void awaitLoaded() {
        Lifetime.join(loader);
    }

    /** Copies what is read hot to large pages while the index already answers. */
    private void load() {
        try {
            vectors.lifetime().enter();
        } catch (IllegalStateException e) {
            return; // closed before it began
        }
        try {
            scan.load();
        } catch (OutOfMemoryError e) {
            return; // searches go on with the mapped codes
        } finally {
            vectors.lifetime().exit();
        }
    }

    private static MemorySegment bytes(int[] values) {
        MemorySegment bytes = MemorySegment.ofArray(new byte[Integer.BYTES * values.length]);
        MemorySegment.copy(values, 0, bytes, Memory.INT, 0, values.length);
        return bytes;
    }

    @Override
    public IndexSpec spec() {
        return spec;
    }

    @Override
    public Metric metric() {
        return metric;
    }

    @Override
    public int dimension() {
        return vectors.dimension();
    }

    @Override
    public int size() {
        return vectors.size();
    }

    @Override
    public long bytesMemory() {
        long idBytes = idMemory == null ? 0 : idMemory.bytes();
        long all = (long) size() * dimension() * Float.BYTES + norms.memory().bytes() + idBytes;
        return scan.bytes() + (file == null ? all : 0);
    }

    @Override
    public long bytesDisk() {
        return file == null ? 0 : file.bytes();
    }

    @Override
    public Neighbors search(float[] query, int k, SearchOptions options) {
        Goal goal = nearest(k);
        return guarded(() -> neighbors(search(query, goal, options)));
    }

    @Override
    public Neighbors searchWithin(float[] query, float radius, SearchOptions options) {
        Goal goal = within(radius);
        return guarded(() -> within(search(query, goal, options), radius));
    }

    @Override
    public List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options) {
        Goal goal = nearest(k);
        return searchAll(queries, goal, options, this::neighbors);
    }

    @Override
    public List<Neighbors> searchAllWithin(Vectors queries, float radius, SearchOptions options) {
        Goal goal = within(radius);
        return searchAll(queries, goal, options, hits -> within(hits, radius));
    }

    @Override
    public void searchSelf(int k, SearchOptions options, NeighborsSink sink) {
        // One neighbour more, since a vector finds itself; where ties hide it, the last one is too many.
        Goal goal = new Goal.KNearest(nearest(k).k() == Integer.MAX_VALUE ? k : k + 1);
        searchSelf(goal, options, (id, hits) -> sink.accept(id, neighbors(hits).without(id, k)));
    }

    @Override
    public void searchSelfWithin(float radius, SearchOptions options, NeighborsSink sink) {
        Goal goal = within(radius);
        searchSelf(
                goal,
                options,
                (id, hits) -> sink.accept(id, within(hits, radius).without(id, size())));
    }

    private static Goal nearest(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k = " + k + ", expected at least 1");
        }
        return new Goal.KNearest(k);
    }

    private Goal within(float radius) {
        if (!Float.isFinite(radius)) {
            throw new IllegalArgumentException("radius = " + radius + ", expected a finite number");
        }
        return new Goal.Within(metric.toDistance(radius));
    }

    private Hits search(float[] query, Goal goal, SearchOptions options) {
        return scan.search(query, goal, filters.bitmap(options.filter()), options.threads(), options.stop());
    }

    private List<Neighbors> searchAll(
            Vectors queries, Goal goal, SearchOptions options, Function<Hits, Neighbors> translation) {
        if (queries.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "queries have dimension " + queries.dimension() + ", expected " + dimension());
        }
        return guarded(() -> {
            Bitmap allowed = filters.bitmap(options.filter());
            Stop stop = options.stop();
            List<Neighbors> results = new ArrayList<>(queries.size());
            for (int from = 0; from < queries.size(); from += QUERIES_AT_ONCE) {
                float[][] block = rows(queries, from, Math.min(QUERIES_AT_ONCE, queries.size() - from));
                for (Hits hits : scan.searchAll(block, goal, allowed, options.threads(), stop)) {
                    results.add(translation.apply(hits));
                }
            }
            return results;
        });
    }

    private void searchSelf(Goal goal, SearchOptions options, HitsSink sink) {
        guarded(() -> {
            Bitmap allowed = filters.bitmap(options.filter());
            Stop stop = options.stop();
            for (int from = 0; from < size(); from += QUERIES_AT_ONCE) {
                float[][] block = rows(vectors, from, Math.min(QUERIES_AT_ONCE, size() - from));
                Hits[] found = scan.searchAll(block, goal, allowed, options.threads(), stop);
                for (int i = 0; i < found.length; i++) {
                    sink.accept(ids.of(from + i), found[i]);
                }
            }
            return this;
        });
    }

    private interface HitsSink {
        void accept(long id, Hits hits);
    }

    private static float[][] rows(Vectors queries, int from, int count) {
        float[][] block = new float[count][];
        for (int i = 0; i < count; i++) {
            block[i] = queries.row(from + i);
            if (!(Norms.of(block[i]) < Double.POSITIVE_INFINITY)) {
                throw Norms.notFinite("queries, row " + (from + i), block[i]);
            }
        }
        return block;
    }

    private <T> T guarded(Supplier<T> search) {
        vectors.lifetime().enter();
        try {
            return search.get();
        } finally {
            vectors.lifetime().exit();
        }
    }

    private Neighbors neighbors(Hits hits) {
        return neighbors(hits, hits.ordinals().length);
    }

    /** The distance of a radius is rounded outwards, so the farthest hits may lie beyond it. */
    private Neighbors within(Hits hits, float radius) {
        int count = hits.ordinals().length;
        while (count > 0 && !metric.isWithin(metric.toScore(hits.distances()[count - 1]), radius)) {
            count--;
        }
        return neighbors(hits, count);
    }

    private Neighbors neighbors(Hits hits, int count) {
        long[] hitIds = new long[count];
        float[] scores = new float[count];
        for (int i = 0; i < count; i++) {
            hitIds[i] = ids.of(hits.ordinals()[i]);
            scores[i] = metric.toScore(hits.distances()[i]);
        }
        Hits.Work work = hits.work();
        return new Neighbors(
                hitIds, scores, new Neighbors.Work(work.plan(), work.compared(), work.exact(), 0, work.complete()));
    }

    @Override
    public void save(Path path, Progress progress) throws IOException {
        vectors.lifetime().enter();
        try {
            IndexFileWriter writer = new IndexFileWriter(spec.toString(), metric.label(), dimension(), size())
                    .section("rows", vectors.memory().segment().asSlice(0, (long) size() * dimension() * Float.BYTES))
                    .section("norms", norms.memory().segment().asSlice(0, (long) size() * Float.BYTES))
                    .section("extremes", bytes(norms.extremes()));
            scan.addTo(writer);
            if (idMemory != null) {
                writer.section("ids", idMemory.segment());
            }
            writer.write(path, progress);
        } finally {
            vectors.lifetime().exit();
        }
    }

    @Override
    public void verify(Progress progress) throws IOException {
        if (file == null) {
            return;
        }
        vectors.lifetime().enter();
        try {
            file.verify(progress);
        } finally {
            vectors.lifetime().exit();
        }
    }

    @Override
    public void close() {
        vectors.close();
        if (closed.compareAndSet(false, true)) {
            norms.memory().close();
            scan.close();
            if (idMemory != null) {
                idMemory.close();
            }
            if (file != null) {
                file.close();
            }
        }
    }
}
