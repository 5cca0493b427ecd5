package dev.vicino.bench.data;

import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The data sets, written once to a folder and found there the next time; a file's name tells all that its contents depend on.
 *
 * @param folder where they are kept
 * @param source where the sentence embeddings lie; null where they do not
 * @param rows the most vectors of any data set
 */
public record DataFolder(Path folder, @Nullable Path source, int rows) {
    public static final String BASE = "minilm-130k.base.f16.npy";
    public static final String QUERIES = "minilm-130k.query.f32.npy";

    /** The sentence embeddings are float16, which a float16 code would hold without loss; real ones are not. */
    private static final float NOISE = 1e-5f;

    private static final long SEED = 1;
    private static final int QUERY_COUNT = 1000;

    private static final int MANY_VECTORS = 1_000_000;
    private static final int MANY_QUERIES = 10_000;

    private static final int DECAY_VECTORS = 100_000;
    private static final int DECAY_DIMENSION = 1536;
    private static final int SENTENCE_VECTORS = 130_000;
    private static final int SENTENCE_DIMENSION = 384;
    private static final int GAUSSIAN_VECTORS = 100_000;
    private static final int GAUSSIAN_DIMENSION = 384;

    /** Fills a row by chance. */
    private interface Rows {
        void next(SplittableRandom random, float[] row);
    }

    /** Sentence embeddings with a little noise, or generated vectors of their size where there are none. */
    public DataSet sentences() throws IOException {
        if (source == null) {
            return decaying("generated", SENTENCE_VECTORS, SENTENCE_DIMENSION, QUERY_COUNT);
        }
        Path base = source.resolve(BASE);
        Path queries = source.resolve(QUERIES);
        int count = (int) Math.min(rows, count(base));
        // Another folder may hold other vectors under the same name.
        String name = "minilm-%08x".formatted(source.toRealPath().hashCode());
        var random = new SplittableRandom(SEED);
        Consumer<float[]> noise = row -> {
            for (int i = 0; i < row.length; i++) {
                row[i] += NOISE * (float) random.nextGaussian();
            }
        };
        Path noisy = file(name + "-" + count + ".base", target -> RowFile.copy(base, target, count, noise));
        Path copied = file(name + ".queries", target -> RowFile.copy(queries, target, QUERY_COUNT, row -> {}));
        return dataSet("minilm", noisy, copied);
    }

    /** Normalised vectors whose i-th principal component has a variance proportional to 1/i. */
    public DataSet decaying() throws IOException {
        return decaying("decaying", DECAY_VECTORS, DECAY_DIMENSION, QUERY_COUNT);
    }

    /** A million of such vectors, and ten thousand queries: what a card is for. */
    public DataSet many(int dimension) throws IOException {
        return decaying("many", MANY_VECTORS, dimension, MANY_QUERIES);
    }

    private DataSet decaying(String name, int vectors, int dimension, int queries) throws IOException {
        var mixing = new Mixing(dimension, SEED);
        return generated(name, vectors, dimension, queries, (random, row) -> {
            for (int i = 0; i < dimension; i++) {
                row[i] = (float) (random.nextGaussian() / Math.sqrt(i + 1.0));
            }
            mixing.apply(row);
            UnitLength.apply(row);
        });
    }

    /** Vectors that are alike in all directions, of which no code knows which are near. */
    public DataSet gaussian() throws IOException {
        return generated("gaussian", GAUSSIAN_VECTORS, GAUSSIAN_DIMENSION, QUERY_COUNT, (random, row) -> {
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) random.nextGaussian();
            }
        });
    }

    private DataSet generated(String name, int vectors, int dimension, int queries, Rows rows) throws IOException {
        int count = Math.min(vectors, this.rows);
        Path base = file(
                "%s-%dx%d.base".formatted(name, count, dimension),
                target -> write(target, count, dimension, SEED, rows));
        Path asked = file(
                "%s-%d.queries".formatted(name, dimension),
                target -> write(target, queries, dimension, SEED + 1, rows));
        return dataSet(name, base, asked);
    }

    private static long count(Path file) throws IOException {
        try (VectorReader reader = VectorFiles.open(file)) {
            return reader.count();
        }
    }

    private static DataSet dataSet(String name, Path base, Path queries) throws IOException {
        try (VectorReader ofBase = VectorFiles.open(base);
                VectorReader ofQueries = VectorFiles.open(queries)) {
            return new DataSet(name, base, queries, (int) ofBase.count(), (int) ofQueries.count(), ofBase.dimension());
        }
    }

    private static void write(Path target, int count, int dimension, long seed, Rows rows) throws IOException {
        var random = new SplittableRandom(seed);
        RowFile.generate(target, count, dimension, row -> rows.next(random, row));
    }

    private Path file(String name, RowFile.Write write) throws IOException {
        return RowFile.once(folder.resolve(name + ".npy"), write);
    }
}
