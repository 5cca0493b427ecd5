package dev.vicino.bench.ann.engine;

import dev.vicino.Vectors;
import io.github.jbellis.jvector.disk.RandomAccessReader;
import io.github.jbellis.jvector.disk.ReaderSupplier;
import io.github.jbellis.jvector.disk.ReaderSupplierFactory;
import io.github.jbellis.jvector.graph.GraphIndexBuilder;
import io.github.jbellis.jvector.graph.GraphSearcher;
import io.github.jbellis.jvector.graph.ListRandomAccessVectorValues;
import io.github.jbellis.jvector.graph.OnHeapGraphIndex;
import io.github.jbellis.jvector.graph.RandomAccessVectorValues;
import io.github.jbellis.jvector.graph.SearchResult.NodeScore;
import io.github.jbellis.jvector.graph.diversity.VamanaDiversityProvider;
import io.github.jbellis.jvector.graph.similarity.BuildScoreProvider;
import io.github.jbellis.jvector.graph.similarity.DefaultSearchScoreProvider;
import io.github.jbellis.jvector.util.Bits;
import io.github.jbellis.jvector.vector.VectorSimilarityFunction;
import io.github.jbellis.jvector.vector.VectorizationProvider;
import io.github.jbellis.jvector.vector.types.VectorFloat;
import io.github.jbellis.jvector.vector.types.VectorTypeSupport;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * JVector: the graph with its layers, and exact vectors, both in memory. Its degree is what others call 2M. Saving a graph that is in
 * memory is deprecated there in favour of graphs that are searched on disk, which would be another contestant.
 */
@SuppressWarnings("deprecation")
final class JVectorEngine implements Engine {
    private static final String FILE = "graph.jvector";
    private static final VectorSimilarityFunction SIMILARITY = VectorSimilarityFunction.DOT_PRODUCT;

    /** What its documentation advises. */
    private static final float OVERFLOW = 1.2f;

    private static final float ALPHA = 1.2f;

    private final VectorizationProvider provider = VectorizationProvider.getInstance();
    private final VectorTypeSupport types = provider.getVectorTypeSupport();

    private @Nullable RandomAccessVectorValues vectors;
    private @Nullable OnHeapGraphIndex graph;
    private @Nullable GraphSearcher searcher;

    @Override
    public String version() {
        return Jars.nameOf(GraphSearcher.class) + " (" + provider.getClass().getSimpleName() + ")";
    }

    @Override
    public void build(Vectors base, Graph of, Path folder) throws IOException {
        RandomAccessVectorValues values = values(base);
        try (var pool = new ForkJoinPool(1);
                var builder = GraphIndexBuilder.builder(
                                BuildScoreProvider.randomAccessScoreProvider(values, SIMILARITY),
                                base.dimension(),
                                List.of(2 * of.m(), of.m()))
                        .withBeamWidth(of.efConstruction())
                        .withNeighborOverflow(OVERFLOW)
                        .withAlpha(ALPHA)
                        .withSimdExecutor(pool)
                        .withParallelExecutor(pool)
                        .build()) {
            use(values, (OnHeapGraphIndex) builder.build(values));
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        if (graph == null) {
            throw new IllegalStateException("no graph was built");
        }
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(folder.resolve(FILE))))) {
            graph.save(out);
        }
    }

    @Override
    public void open(Vectors base, Graph of, Path folder) throws IOException {
        RandomAccessVectorValues values = values(base);
        var scores = BuildScoreProvider.randomAccessScoreProvider(values, SIMILARITY);
        try (ReaderSupplier supplier = ReaderSupplierFactory.open(folder.resolve(FILE));
                RandomAccessReader reader = supplier.get()) {
            use(
                    values,
                    OnHeapGraphIndex.load(
                            reader, base.dimension(), OVERFLOW, new VamanaDiversityProvider(scores, ALPHA)));
        }
    }

    private RandomAccessVectorValues values(Vectors base) {
        List<VectorFloat<?>> rows = new ArrayList<>(base.size());
        for (int row = 0; row < base.size(); row++) {
            rows.add(types.createFloatVector(base.row(row)));
        }
        return new ListRandomAccessVectorValues(rows, base.dimension());
    }

    private void use(RandomAccessVectorValues values, OnHeapGraphIndex of) {
        vectors = values;
        graph = of;
        searcher = new GraphSearcher(of);
    }

    @Override
    public int search(float[] query, int effort, long[] ids) {
        if (searcher == null || vectors == null) {
            throw new IllegalStateException("no graph was opened");
        }
        var scores = DefaultSearchScoreProvider.exact(types.createFloatVector(query), SIMILARITY, vectors);
        NodeScore[] found = searcher.search(scores, ids.length, Math.max(effort, ids.length), 0, 0, Bits.ALL)
                .getNodes();
        for (int i = 0; i < found.length; i++) {
            ids[i] = found[i].node;
        }
        return found.length;
    }

    @Override
    public void close() throws IOException {
        if (searcher != null) {
            searcher.close();
        }
    }
}
