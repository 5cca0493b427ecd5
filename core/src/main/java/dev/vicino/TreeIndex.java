package dev.vicino;

import dev.vicino.IndexSpec.BallTree;
import dev.vicino.IndexSpec.KdTree;
import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Goal;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import dev.vicino.tree.Allowed;
import dev.vicino.tree.Found;
import dev.vicino.tree.LiveTree;
import dev.vicino.tree.Snapshot;
import dev.vicino.tree.TreeParameters;
import dev.vicino.tree.TreeParameters.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Exact search in a tree, which may change. {@link Snapshot} has the sections of its file. */
final class TreeIndex extends StoredIndex implements LiveIndex {
    /** Beyond, nearly every box or ball is as near as the nearest rows, so that a tree looks at all of them. */
    private static final int MOST_USEFUL_DIMENSION = 20;

    /** Vectors of a self-join that are out of the tree at a time. */
    private static final int QUERIES_AT_ONCE = 4096;

    /** Queries that a thread takes at a time: one takes some microseconds. */
    private static final int QUERIES_A_PIECE = 64;

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private final LiveTree tree;
    private final AtomicReference<@Nullable Filter> lastFilter = new AtomicReference<>();

    /** A set of ids as rows, as long as these keep their numbers. */
    private record Filter(IdSet ids, Allowed allowed) {}

    private TreeIndex(Contents contents, LiveTree tree) {
        super(contents);
        this.tree = tree;
    }

    /** A tree, and the vectors that it is a copy of. */
    private record Built(Contents contents, LiveTree tree) {}

    static TreeIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        warnOfDimension(spec, source.dimension());
        Built built = Contents.build(spec, metric, source, idMemory, threads, Progress.NONE, contents -> {
            LiveTree tree = LiveTree.build(
                    parameters(spec),
                    metric.form(),
                    contents.rows(),
                    contents.norms(),
                    contents.ids(),
                    threads,
                    progress);
            return new Built(contents, tree);
        });
        built.contents.stored().close();
        built.contents.norms().memory().close();
        return new TreeIndex(withoutRows(built.contents), built.tree);
    }

    /** Rows are in leaves alone. */
    private static Contents withoutRows(Contents contents) {
        StoredRows none = StoredRows.of(
                Vectors.of(Memory.allocate(0), 0, contents.stored().dimension()));
        Norms noNorms = Norms.empty(0, contents.metric() == Metric.COSINE);
        return new Contents(contents.spec(), contents.metric(), none, noNorms, contents.idMemory(), null);
    }

    static TreeIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Contents contents = Contents.open(file, spec, metric);
        LiveTree tree =
                LiveTree.open(parameters(spec), metric.form(), contents.rows(), contents.norms(), contents.ids(), file);
        return new TreeIndex(contents, tree);
    }

    private static TreeParameters parameters(IndexSpec spec) {
        return switch (spec.navigator()) {
            case KdTree(int leaf) -> new TreeParameters(Kind.BOX, leaf);
            case BallTree(int leaf) -> new TreeParameters(Kind.BALL, leaf);
            default -> throw new IllegalArgumentException("spec = " + spec + ", expected a tree");
        };
    }

    private static void warnOfDimension(IndexSpec spec, int dimension) {
        if (dimension > MOST_USEFUL_DIMENSION && WARNED.compareAndSet(false, true)) {
            System.getLogger("dev.vicino")
                    .log(
                            System.Logger.Level.WARNING,
                            spec + " of " + dimension + " dimensions: beyond " + MOST_USEFUL_DIMENSION
                                    + " nearly every node may hold near vectors, so a tree compares most of them;"
                                    + " Flat compares them faster");
        }
    }

    @Override
    public int size() {
        return tree.size();
    }

    @Override
    public long bytesMemory() {
        return contents().bytesMemory() + tree.bytes();
    }

    @Override
    public Neighbors search(float[] query, int k, SearchOptions options) {
        Arguments.checkPositive("k", k);
        return guarded(() -> search(query, k, options, allowed(options)));
    }

    private Neighbors search(float[] query, int k, SearchOptions options, @Nullable Allowed allowed) {
        return neighbors(query, new Goal.KNearest(Math.min(k, size())), options, allowed);
    }

    @Override
    public Neighbors searchWithin(float[] query, float radius, SearchOptions options) {
        Arguments.checkFinite("radius", radius);
        return guarded(() -> searchWithin(query, radius, options, allowed(options)));
    }

    private Neighbors searchWithin(float[] query, float radius, SearchOptions options, @Nullable Allowed allowed) {
        Goal goal = new Goal.Within(metric().toDistance(radius));
        return within(neighbors(query, goal, options, allowed), radius);
    }

    private Neighbors neighbors(float[] query, Goal goal, SearchOptions options, @Nullable Allowed allowed) {
        Found found = tree.search(query, goal, !options.exact(), allowed, options.stop());
        float[] scores = new float[found.distances().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = metric().toScore(found.distances()[i]);
        }
        String plan = options.exact() ? "scan" : "tree";
        Neighbors.Work work = new Neighbors.Work(plan, 0, found.exact(), found.hops(), found.complete());
        return new Neighbors(found.ids(), scores, work);
    }

    @Override
    public List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options) {
        Arguments.checkPositive("k", k);
        return searchAll(queries, options, (query, allowed) -> search(query, k, options, allowed));
    }

    @Override
    public List<Neighbors> searchAllWithin(Vectors queries, float radius, SearchOptions options) {
        Arguments.checkFinite("radius", radius);
        return searchAll(queries, options, (query, allowed) -> searchWithin(query, radius, options, allowed));
    }

    private interface Search {
        Neighbors run(float[] query, @Nullable Allowed allowed);
    }

    private List<Neighbors> searchAll(Vectors queries, SearchOptions options, Search search) {
        Arguments.checkQueries(queries, dimension());
        return guarded(() -> {
            Allowed allowed = allowed(options);
            return all(queries.size(), options, i -> search.run(Arguments.query(queries, i), allowed));
        });
    }

    private static List<Neighbors> all(int count, SearchOptions options, IntFunction<Neighbors> search) {
        Neighbors[] found = new Neighbors[count];
        Parallel.run(Math.ceilDiv(count, QUERIES_A_PIECE), options.threads(), piece -> {
            int to = Math.min(count, (piece + 1) * QUERIES_A_PIECE);
            for (int i = piece * QUERIES_A_PIECE; i < to; i++) {
                found[i] = search.apply(i);
            }
        });
        return Arrays.asList(found);
    }

    @Override
    public void searchSelf(int k, SearchOptions options, NeighborsSink sink) {
        Arguments.checkPositive("k", k);
        int more = k == Integer.MAX_VALUE ? k : k + 1;
        searchSelf(options, sink, k, (query, allowed) -> search(query, more, options, allowed));
    }

    @Override
    public void searchSelfWithin(float radius, SearchOptions options, NeighborsSink sink) {
        Arguments.checkFinite("radius", radius);
        searchSelf(options, sink, Integer.MAX_VALUE, (query, allowed) -> searchWithin(query, radius, options, allowed));
    }

    private void searchSelf(SearchOptions options, NeighborsSink sink, int k, Search search) {
        guarded(() -> {
            Allowed allowed = allowed(options);
            SelfJoin join = new SelfJoin(
                    QUERIES_AT_ONCE, k, sink, block -> all(block.length, options, i -> search.run(block[i], allowed)));
            tree.forEach(join::add);
            join.finish();
        });
    }

    private @Nullable Allowed allowed(SearchOptions options) {
        IdSet ids = options.filter();
        if (ids == null) {
            return null;
        }
        Filter known = lastFilter.get();
        if (known == null || known.ids != ids || known.allowed.generation() != tree.generation()) {
            known = new Filter(ids, tree.allowed(ids::contains));
            lastFilter.set(known);
        }
        return known.allowed;
    }

    @Override
    public void add(long id, float[] vector) {
        Arguments.checkVector("vector", vector, dimension());
        guarded(() -> {
            if (!tree.add(id, vector)) {
                throw isThere(id);
            }
        });
    }

    private static IllegalArgumentException isThere(long id) {
        return new IllegalArgumentException("id " + id + " is there already, expected a new one");
    }

    @Override
    public void addAll(long[] ids, Vectors added, int threads) {
        if (ids.length != added.size()) {
            throw new IllegalArgumentException("ids.length = " + ids.length + ", expected " + added.size());
        }
        Arguments.checkPositive("threads", threads);
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < ids.length; i++) {
            Arguments.checkVector("row " + i, added.row(i), dimension());
            if (!seen.add(ids[i])) {
                throw isThere(ids[i]);
            }
        }
        guarded(() -> {
            int known = tree.addAll(ids, added::row);
            if (known >= 0) {
                throw isThere(ids[known]);
            }
        });
    }

    @Override
    public void update(long id, float[] vector) {
        Arguments.checkVector("vector", vector, dimension());
        guarded(() -> tree.update(id, vector));
    }

    @Override
    public boolean remove(long id) {
        return guarded(() -> tree.remove(id));
    }

    @Override
    public boolean contains(long id) {
        return guarded(() -> tree.contains(id));
    }

    @Override
    public void reclaim() {
        guarded(tree::reclaim);
    }

    /** For tests: throws where the tree is not as it should be. */
    void checkTree() {
        guarded(tree::check);
    }

    @Override
    void write(Path path, Progress progress) throws IOException {
        Snapshot snapshot = tree.snapshot();
        IndexFileWriter writer = new IndexFileWriter(spec().toString(), metric().label(), dimension(), snapshot.size());
        snapshot.addTo(writer);
        writer.write(path, progress);
    }

    @Override
    void free() {
        // the tree is on the heap
    }
}
