package dev.vicino;

import dev.vicino.code.Sphere;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.Progress;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Found;
import dev.vicino.rows.LivePoints;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What indexes that change do alike: they check what they are asked for, and hand it on to their points. */
abstract sealed class ChangingIndex extends StoredIndex implements LiveIndex permits GraphIndex, ListIndex, TreeIndex {
    /** Vectors of a self-join that are off their points at a time. */
    private static final int QUERIES_AT_ONCE = 4096;

    private final LivePoints points;
    private final AtomicReference<@Nullable Filter> lastFilter = new AtomicReference<>();

    /** A set of ids as slots, as long as nothing changes. */
    private record Filter(IdSet ids, Allowed allowed) {}

    ChangingIndex(Contents contents, LivePoints points) {
        super(contents);
        this.points = points;
    }

    /** The same as another, which it shares everything with, but for its spec. */
    ChangingIndex(ChangingIndex other, IndexSpec spec) {
        super(other, spec);
        this.points = other.points;
    }

    @Override
    public int size() {
        return points.size();
    }

    @Override
    public OptionalDouble codeLoss() {
        double loss = points.codeLoss();
        return Double.isNaN(loss) ? OptionalDouble.empty() : OptionalDouble.of(loss);
    }

    @Override
    public long bytesMemory() {
        return contents().bytesMemory() + points.bytes();
    }

    @Override
    public Neighbors search(float[] query, int k, SearchOptions options) {
        Arguments.checkPositive("k", k);
        return reading(() -> search(query, k, options, allowed(options)));
    }

    private Neighbors search(float[] query, int k, SearchOptions options, @Nullable Allowed allowed) {
        int most = Math.min(k, size());
        float[] compared = prepared(query);
        if (options.exact()) {
            return neighbors(points.searchExactly(compared, most, allowed, options.stop()));
        }
        return neighbors(points.search(compared, most, effort(options), options.rerank(), allowed, options.stop()));
    }

    private int effort(SearchOptions options) {
        return options.effort() == 0 ? defaultEffort() : options.effort();
    }

    @Override
    public Neighbors searchWithin(float[] query, float radius, SearchOptions options) {
        Arguments.checkFinite("radius", radius);
        return reading(() -> searchWithin(query, radius, options, allowed(options)));
    }

    private Neighbors searchWithin(float[] query, float radius, SearchOptions options, @Nullable Allowed allowed) {
        float distance = metric().toDistance(radius);
        float[] compared = prepared(query);
        Found found = options.exact()
                ? points.searchExactlyWithin(compared, distance, allowed, options.stop())
                : points.searchWithin(compared, distance, effort(options), allowed, options.stop());
        return within(neighbors(found), radius);
    }

    @Override
    public List<Neighbors> searchAll(Vectors queries, int k, SearchOptions options) {
        Arguments.checkPositive("k", k);
        boolean plain = !options.exact() && options.filter() == null && options.timeLimit() == null;
        return plain
                ? searchTogether(queries, k, options)
                : searchAll(queries, options, (query, allowed) -> search(query, k, options, allowed));
    }

    /** Without a filter or a time limit for each, as points do it best. */
    private List<Neighbors> searchTogether(Vectors queries, int k, SearchOptions options) {
        Arguments.checkQueries(queries, dimension());
        return guarded(() -> Arrays.stream(points.searchAll(
                        i -> prepared(Arguments.query(queries, i)),
                        queries.size(),
                        Math.min(k, size()),
                        effort(options),
                        options.rerank(),
                        options.threads(),
                        options.stop()))
                .map(this::neighbors)
                .toList());
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
        return reading(() -> {
            Allowed allowed = allowed(options);
            return all(queries.size(), options, i -> search.run(Arguments.query(queries, i), allowed));
        });
    }

    /** Reads what nobody frees meanwhile, and slots that keep their points: a filter is told in slots, and they must be the same when it is used. */
    private <T> T reading(Supplier<T> work) {
        return guarded(() -> points.reading(work));
    }

    private static List<Neighbors> all(int count, SearchOptions options, IntFunction<Neighbors> search) {
        Neighbors[] found = new Neighbors[count];
        Parallel.run(count, options.threads(), i -> found[i] = search.apply(i));
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
            SelfJoin join = new SelfJoin(
                    QUERIES_AT_ONCE,
                    k,
                    sink,
                    block -> points.reading(() -> {
                        Allowed allowed = allowed(options);
                        return all(block.length, options, i -> search.run(block[i], allowed));
                    }));
            points.forEach(join::add);
            join.finish();
        });
    }

    private @Nullable Allowed allowed(SearchOptions options) {
        IdSet ids = options.filter();
        if (ids == null) {
            return null;
        }
        Filter known = lastFilter.get();
        if (known == null || known.ids != ids || known.allowed.version() != points.version()) {
            known = new Filter(ids, points.allowed(ids.sorted(), ids::contains));
            lastFilter.set(known);
        }
        return known.allowed;
    }

    /** A vector or a query as it is compared. What is not finite is left for others to refuse. */
    private float[] prepared(float[] vector) {
        if (!spec().normalised() || !(Norms.of(vector) < Double.POSITIVE_INFINITY)) {
            return vector;
        }
        float[] unit = new float[vector.length];
        Sphere.normalise(vector, unit);
        return unit;
    }

    private Neighbors neighbors(Found found) {
        float[] scores = new float[found.distances().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = metric().toScore(found.distances()[i]);
        }
        Neighbors.Work work =
                new Neighbors.Work(found.plan(), found.compared(), found.exact(), found.hops(), found.complete());
        return new Neighbors(found.ids(), scores, work);
    }

    @Override
    public void add(long id, float[] vector) {
        Arguments.checkVector("vector", vector, dimension());
        guarded(() -> {
            if (!points.add(id, prepared(vector))) {
                throw LivePoints.isThere(id);
            }
        });
    }

    @Override
    public void addAll(long[] ids, Vectors added, int threads) {
        if (ids.length != added.size()) {
            throw new IllegalArgumentException("ids.length = " + ids.length + ", expected " + added.size());
        }
        Arguments.checkPositive("threads", threads);
        guarded(() -> {
            checkNew(ids, added);
            points.addAll(ids, row -> prepared(added.row(row)), threads);
        });
    }

    private void checkNew(long[] ids, Vectors added) {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < ids.length; i++) {
            Arguments.checkVector("row " + i, added.row(i), dimension());
            if (points.contains(ids[i]) || !seen.add(ids[i])) {
                throw LivePoints.isThere(ids[i]);
            }
        }
    }

    @Override
    public void update(long id, float[] vector) {
        Arguments.checkVector("vector", vector, dimension());
        guarded(() -> points.update(id, prepared(vector)));
    }

    @Override
    public boolean remove(long id) {
        return guarded(() -> points.remove(id));
    }

    @Override
    public boolean contains(long id) {
        return guarded(() -> points.contains(id));
    }

    @Override
    public void reclaim() {
        guarded(points::reclaim);
    }

    /** For tests: throws where something is not as it should be. */
    void check() {
        guarded(points::check);
    }

    /** For tests: learns anew, as drift does. */
    void learnAnew() {
        guarded(points::learnAnew);
    }

    @Override
    void write(Path path, Progress progress) throws IOException {
        points.save(snapshot -> {
            IndexFileWriter writer =
                    new IndexFileWriter(spec().toString(), metric().label(), dimension(), snapshot.size());
            snapshot.addTo(writer);
            writer.write(path, progress);
        });
    }

    @Override
    void free() {
        points.close();
    }
}
