package dev.vicino;

import dev.vicino.IndexSpec.Hnsw;
import dev.vicino.IndexSpec.Int8;
import dev.vicino.IndexSpec.RaBitQ;
import dev.vicino.IndexSpec.Refine;
import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.graph.Allowed;
import dev.vicino.graph.Found;
import dev.vicino.graph.GraphParameters;
import dev.vicino.graph.LiveGraph;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Lifetime;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Approximate search along a graph, which may change. {@link dev.vicino.graph.Snapshot} has the sections of its file. */
final class GraphIndex implements LiveIndex {
    /** A beam of 64 reaches a recall of 0.97 to 0.99 on most embeddings. */
    private static final int DEFAULT_EFFORT = 64;

    private final IndexSpec spec;
    private final Metric metric;
    private final Vectors vectors;
    private final Norms norms;
    private final @Nullable Memory idMemory;
    private final @Nullable IndexFile file;
    private final LiveGraph graph;
    private final Lifetime lifetime = new Lifetime("index");
    private final AtomicReference<@Nullable Filter> lastFilter = new AtomicReference<>();
    private @Nullable Thread loader;

    /** A set of ids as slots, as long as nothing changes. */
    private record Filter(IdSet ids, Allowed allowed) {}

    private GraphIndex(
            IndexSpec spec,
            Metric metric,
            Vectors vectors,
            Norms norms,
            @Nullable Memory idMemory,
            LiveGraph graph,
            @Nullable IndexFile file) {
        this.spec = spec;
        this.metric = metric;
        this.vectors = vectors;
        this.norms = norms;
        this.idMemory = idMemory;
        this.graph = graph;
        this.file = file;
    }

    static GraphIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        Vectors vectors = source.offHeap();
        vectors.lifetime().enter();
        boolean built = false;
        Norms norms = null;
        try {
            Rows rows = Rows.of(vectors.memory(), vectors.size(), vectors.dimension());
            norms = Norms.compute(rows, metric == Metric.COSINE, Progress.NONE);
            LiveGraph graph = LiveGraph.build(
                    parameters(spec),
                    form(metric),
                    vectors.memory(),
                    norms,
                    vectors.size(),
                    vectors.dimension(),
                    Ids.of(idMemory),
                    threads,
                    progress);
            built = true;
            return new GraphIndex(spec, metric, vectors, norms, idMemory, graph, null);
        } finally {
            vectors.lifetime().exit();
            if (!built && norms != null) {
                norms.memory().close();
            }
            if (vectors != source) {
                (built ? source : vectors).close();
            }
        }
    }

    static GraphIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Vectors vectors = Sections.rows(file);
        Norms norms = Sections.norms(file, metric);
        Memory idMemory = Sections.ids(file);
        LiveGraph graph = LiveGraph.open(
                parameters(spec), form(metric), vectors.memory(), norms, vectors.dimension(), Ids.of(idMemory), file);
        GraphIndex index = new GraphIndex(spec, metric, vectors, norms, idMemory, graph, file);
        index.loader = Thread.ofPlatform().daemon().name("vicino-load").start(index::load);
        return index;
    }

    private static GraphParameters parameters(IndexSpec spec) {
        if (!(spec.navigator() instanceof Hnsw hnsw)) {
            throw new IllegalArgumentException("spec = " + spec + ", expected a graph");
        }
        int bits = switch (spec.code()) {
            case IndexSpec.Float32() -> 0;
            case Int8() -> Byte.SIZE;
            case RaBitQ(int some) -> some;
        };
        return new GraphParameters(
                hnsw.m(),
                hnsw.efConstruction(),
                hnsw.extendCandidates(),
                hnsw.keepPrunedConnections(),
                hnsw.seed(),
                bits,
                spec.refine() == Refine.FLAT);
    }

    private static Form form(Metric metric) {
        return switch (metric) {
            case COSINE -> Form.COSINE;
            case DOT -> Form.DOT;
            case L2 -> Form.SQUARED_L2;
            case L1 -> Form.L1;
        };
    }

    @Override
    public void awaitLoaded() {
        Lifetime.join(loader);
    }

    private void load() {
        try {
            lifetime.enter();
        } catch (IllegalStateException e) {
            return; // closed before it began
        }
        try {
            graph.load();
        } catch (OutOfMemoryError e) {
            return; // searches go on with the mapped blocks
        } finally {
            lifetime.exit();
        }
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
        return graph.size();
    }

    @Override
    public int defaultEffort() {
        return DEFAULT_EFFORT;
    }

    @Override
    public long bytesMemory() {
        long first = (long) vectors.size() * dimension() * Float.BYTES
                + norms.memory().bytes();
        return graph.bytes() + (file == null ? first + (idMemory == null ? 0 : idMemory.bytes()) : 0);
    }

    @Override
    public long bytesDisk() {
        return file == null ? 0 : file.bytes();
    }

    @Override
    public Neighbors search(float[] query, int k, SearchOptions options) {
        if (k < 1) {
            throw new IllegalArgumentException("k = " + k + ", expected at least 1");
        }
        return guarded(() -> search(query, k, options, allowed(options)));
    }

    private Neighbors search(float[] query, int k, SearchOptions options, @Nullable Allowed allowed) {
        int most = Math.min(k, size());
        if (options.exact()) {
            return neighbors(graph.searchExactly(query, most, allowed, options.stop()));
        }
        int ef = Math.max(Math.max(most, options.rerank()), effort(options));
        return neighbors(graph.search(query, most, ef, options.rerank(), allowed, options.stop()));
    }

    private static int effort(SearchOptions options) {
        return options.effort() == 0 ? DEFAULT_EFFORT : options.effort();
    }

    @Override
    public Neighbors searchWithin(float[] query, float radius, SearchOptions options) {
        checkRadius(radius);
        return guarded(() -> searchWithin(query, radius, options, allowed(options)));
    }

    private static void checkRadius(float radius) {
        if (!Float.isFinite(radius)) {
            throw new IllegalArgumentException("radius = " + radius + ", expected a finite number");
        }
    }

    private Neighbors searchWithin(float[] query, float radius, SearchOptions options, @Nullable Allowed allowed) {
        float distance = metric.toDistance(radius);
        Found found = options.exact()
                ? graph.searchExactlyWithin(query, distance, allowed, options.stop())
                : graph.searchWithin(query, distance, effort(options), allowed, options.stop());
        return within(neighbors(found), radius);
    }

    /** The distance of a radius is rounded outwards, so the farthest may lie beyond it. */
    private Neighbors within(Neighbors found, float radius) {
        int count = found.size();
        while (count > 0 && !metric.isWithin(found.score(count - 1), radius)) {
            count--;
        }
        return found.first(count);
    }

    @Override
    public List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options) {
        if (k < 1) {
            throw new IllegalArgumentException("k = " + k + ", expected at least 1");
        }
        return searchAll(queries, options, (query, allowed) -> search(query, k, options, allowed));
    }

    @Override
    public List<Neighbors> searchAllWithin(Vectors queries, float radius, SearchOptions options) {
        checkRadius(radius);
        return searchAll(queries, options, (query, allowed) -> searchWithin(query, radius, options, allowed));
    }

    private interface Search {
        Neighbors run(float[] query, @Nullable Allowed allowed);
    }

    private List<Neighbors> searchAll(Vectors queries, SearchOptions options, Search search) {
        if (queries.dimension() != dimension()) {
            throw new IllegalArgumentException(
                    "queries have dimension " + queries.dimension() + ", expected " + dimension());
        }
        return guarded(() -> {
            Allowed allowed = allowed(options);
            Neighbors[] found = new Neighbors[queries.size()];
            Parallel.run(found.length, options.threads(), i -> {
                float[] query = queries.row(i);
                if (!(Norms.of(query) < Double.POSITIVE_INFINITY)) {
                    throw Norms.notFinite("queries, row " + i, query);
                }
                found[i] = search.run(query, allowed);
            });
            return Arrays.asList(found);
        });
    }

    @Override
    public void searchSelf(int k, SearchOptions options, NeighborsSink sink) {
        if (k < 1) {
            throw new IllegalArgumentException("k = " + k + ", expected at least 1");
        }
        int more = k == Integer.MAX_VALUE ? k : k + 1;
        searchSelf(options, sink, k, (query, allowed) -> search(query, more, options, allowed));
    }

    @Override
    public void searchSelfWithin(float radius, SearchOptions options, NeighborsSink sink) {
        checkRadius(radius);
        searchSelf(options, sink, Integer.MAX_VALUE, (query, allowed) -> searchWithin(query, radius, options, allowed));
    }

    private void searchSelf(SearchOptions options, NeighborsSink sink, int k, Search search) {
        guarded(() -> {
            Allowed allowed = allowed(options);
            SelfJoin join = new SelfJoin(options.threads(), sink, k, query -> search.run(query, allowed));
            graph.forEach(join::add);
            join.finish();
            return this;
        });
    }

    private @Nullable Allowed allowed(SearchOptions options) {
        IdSet ids = options.filter();
        if (ids == null) {
            return null;
        }
        Filter known = lastFilter.get();
        if (known == null || known.ids != ids || known.allowed.version() != graph.version()) {
            known = new Filter(ids, graph.allowed(ids.sorted(), ids::contains));
            lastFilter.set(known);
        }
        return known.allowed;
    }

    private Neighbors neighbors(Found found) {
        float[] scores = new float[found.distances().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = metric.toScore(found.distances()[i]);
        }
        Neighbors.Work work =
                new Neighbors.Work(found.plan(), found.compared(), found.exact(), found.hops(), found.complete());
        return new Neighbors(found.ids(), scores, work);
    }

    @Override
    public void add(long id, float[] vector) {
        check(vector, "vector");
        guarded(() -> {
            if (!graph.add(id, vector)) {
                throw isThere(id);
            }
            return this;
        });
    }

    private static IllegalArgumentException isThere(long id) {
        return new IllegalArgumentException("id " + id + " is there already, expected a new one");
    }

    private void check(float[] vector, String what) {
        if (vector.length != dimension()) {
            throw new IllegalArgumentException(what + " has dimension " + vector.length + ", expected " + dimension());
        }
        if (!(Norms.of(vector) < Double.POSITIVE_INFINITY)) {
            throw Norms.notFinite(what, vector);
        }
    }

    @Override
    public void addAll(long[] ids, Vectors added, int threads) {
        if (ids.length != added.size()) {
            throw new IllegalArgumentException("ids.length = " + ids.length + ", expected " + added.size());
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads = " + threads + ", expected at least 1");
        }
        guarded(() -> {
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < ids.length; i++) {
                check(added.row(i), "row " + i);
                if (graph.contains(ids[i]) || !seen.add(ids[i])) {
                    throw isThere(ids[i]);
                }
            }
            boolean[] done = new boolean[ids.length];
            try {
                Parallel.run(ids.length, threads, i -> {
                    if (!graph.add(ids[i], added.row(i))) { // another thread came first
                        throw isThere(ids[i]);
                    }
                    done[i] = true;
                });
            } catch (Throwable e) {
                for (int i = 0; i < ids.length; i++) {
                    if (done[i]) {
                        graph.remove(ids[i]);
                    }
                }
                throw e;
            }
            return this;
        });
    }

    @Override
    public void update(long id, float[] vector) {
        check(vector, "vector");
        guarded(() -> {
            graph.update(id, vector);
            return this;
        });
    }

    @Override
    public boolean remove(long id) {
        return guarded(() -> graph.remove(id));
    }

    @Override
    public boolean contains(long id) {
        return guarded(() -> graph.contains(id));
    }

    @Override
    public void reclaim() {
        guarded(() -> {
            graph.reclaim();
            return this;
        });
    }

    /** For tests: throws where the graph is not as it should be. */
    void checkGraph() {
        guarded(() -> {
            graph.check();
            return this;
        });
    }

    /** For tests: learns the code anew, as drift does. */
    void learnAnew() {
        guarded(() -> {
            graph.learnAnew();
            return this;
        });
    }

    private <T> T guarded(Supplier<T> work) {
        lifetime.enter();
        try {
            return work.get();
        } finally {
            lifetime.exit();
        }
    }

    @Override
    public void save(Path path, Progress progress) throws IOException {
        lifetime.enter();
        try {
            graph.save(snapshot -> {
                IndexFileWriter writer =
                        new IndexFileWriter(spec.toString(), metric.label(), dimension(), snapshot.size());
                snapshot.addTo(writer);
                writer.write(path, progress);
            });
        } finally {
            lifetime.exit();
        }
    }

    @Override
    public void verify(Progress progress) throws IOException {
        if (file == null) {
            return;
        }
        lifetime.enter();
        try {
            file.verify(progress);
        } finally {
            lifetime.exit();
        }
    }

    @Override
    public void close() {
        if (lifetime.close()) {
            graph.close();
            vectors.close();
            norms.memory().close();
            if (idMemory != null) {
                idMemory.close();
            }
            if (file != null) {
                file.close();
            }
        }
    }
}
