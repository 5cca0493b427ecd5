package dev.vicino.bench.ann.engine;

import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Ours; the kind of a graph is its spec. */
final class OwnEngine implements Engine {
    private static final String FILE = "index.vicino";

    private @Nullable VectorIndex index;
    private SearchOptions options = SearchOptions.DEFAULT;

    @Override
    public String version() {
        return "Vicino (" + Vicino.kernels() + ")";
    }

    @Override
    public void build(Vectors base, Graph graph, Path folder) {
        index = Vicino.index(base)
                .metric(Metric.COSINE)
                .spec(graph.kind())
                .threads(1)
                .build();
    }

    @Override
    public void save(Path folder) throws IOException {
        built().save(folder.resolve(FILE));
    }

    @Override
    public void open(Vectors base, Graph graph, Path folder) throws IOException {
        index = Vicino.open(folder.resolve(FILE));
        index.awaitLoaded();
    }

    @Override
    public int search(float[] query, int effort, long[] ids) {
        if (options.effort() != effort) {
            options = SearchOptions.DEFAULT.withEffort(effort);
        }
        Neighbors found = built().search(query, ids.length, options);
        for (int i = 0; i < found.size(); i++) {
            ids[i] = found.id(i);
        }
        return found.size();
    }

    private VectorIndex built() {
        if (index == null) {
            throw new IllegalStateException("no index was built");
        }
        return index;
    }

    @Override
    public void close() {
        if (index != null) {
            index.close();
        }
    }
}
