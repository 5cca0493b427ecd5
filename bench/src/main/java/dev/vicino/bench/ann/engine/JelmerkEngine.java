package dev.vicino.bench.ann.engine;

import com.github.jelmerk.knn.Item;
import com.github.jelmerk.knn.Jdk17DistanceFunctions;
import com.github.jelmerk.knn.SearchResult;
import com.github.jelmerk.knn.hnsw.HnswIndex;
import dev.vicino.Vectors;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The hnswlib of Jelmer Kuperus: Java, with its inner product by the Vector API. */
final class JelmerkEngine implements Engine {
    private static final String FILE = "index.hnswlib";

    private @Nullable HnswIndex<Integer, float[], Row, Float> index;

    /** A row of the base. */
    private record Row(Integer id, float[] vector) implements Item<Integer, float[]> {
        @Override
        public int dimensions() {
            return vector.length;
        }
    }

    @Override
    public String version() {
        return Jars.nameOf(HnswIndex.class) + " (" + Jars.nameOf(Jdk17DistanceFunctions.class) + ")";
    }

    @Override
    public void build(Vectors base, Graph graph, Path folder) {
        index = HnswIndex.newBuilder(
                        base.dimension(), Jdk17DistanceFunctions.VECTOR_FLOAT_256_INNER_PRODUCT, base.size())
                .withM(graph.m())
                .withEfConstruction(graph.efConstruction())
                .build();
        for (int row = 0; row < base.size(); row++) {
            index.add(new Row(row, base.row(row)));
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(folder.resolve(FILE)))) {
            built().save(out);
        }
    }

    @Override
    public void open(Vectors base, Graph graph, Path folder) throws IOException {
        index = HnswIndex.load(folder.resolve(FILE));
    }

    @Override
    public int search(float[] query, int effort, long[] ids) {
        if (built().getEf() != effort) {
            built().setEf(effort);
        }
        List<SearchResult<Row, Float>> found = built().findNearest(query, ids.length);
        for (int i = 0; i < found.size(); i++) {
            ids[i] = found.get(i).item().id();
        }
        return found.size();
    }

    private HnswIndex<Integer, float[], Row, Float> built() {
        if (index == null) {
            throw new IllegalStateException("no index was built");
        }
        return index;
    }

    @Override
    public void close() {} // all of it is on the heap
}
