package dev.vicino.bench.ann.engine;

import com.spotify.voyager.jni.Index;
import com.spotify.voyager.jni.Index.SpaceType;
import com.spotify.voyager.jni.Index.StorageDataType;
import dev.vicino.Vectors;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Voyager: hnswlib as Spotify keeps it, in C++ behind JNI. It normalises vectors and queries by itself. */
final class VoyagerEngine implements Engine {
    private static final String FILE = "index.voyager";
    private static final long SEED = 1;

    private @Nullable Index index;

    @Override
    public String version() {
        return Jars.nameOf(Index.class);
    }

    @Override
    public void build(Vectors base, Graph graph, Path folder) {
        index = new Index(
                SpaceType.Cosine,
                base.dimension(),
                graph.m(),
                graph.efConstruction(),
                SEED,
                base.size(),
                StorageDataType.Float32);
        for (int row = 0; row < base.size(); row++) {
            index.addItem(base.row(row), row);
        }
    }

    @Override
    public void save(Path folder) {
        built().saveIndex(folder.resolve(FILE).toString());
    }

    @Override
    public void open(Vectors base, Graph graph, Path folder) {
        index = Index.load(folder.resolve(FILE).toString());
    }

    @Override
    public int search(float[] query, int effort, long[] ids) {
        long[] found = built().query(query, ids.length, Math.max(effort, ids.length)).labels;
        System.arraycopy(found, 0, ids, 0, found.length);
        return found.length;
    }

    private Index built() {
        if (index == null) {
            throw new IllegalStateException("no index was built");
        }
        return index;
    }

    @Override
    public void close() throws IOException {
        if (index != null) {
            index.close();
        }
    }
}
