package dev.vicino.bench.ann.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every engine that runs on a JVM finds the neighbours, when it has built and when it has opened an index. */
class EnginesTest {
    private static final int ROWS = 400;
    private static final int DIMENSION = 32;
    private static final int K = 5;
    private static final int EFFORT = 100;
    private static final Graph GRAPH = new Graph("HNSW8", 8, 50);

    @TempDir
    private Path folder;

    private final float[][] rows = rows();

    enum Kind {
        OWN,
        LUCENE,
        JVECTOR,
        VOYAGER,
        JELMERK;

        Engine engine() {
            return switch (this) {
                case OWN -> new OwnEngine();
                case LUCENE -> new LuceneEngine();
                case JVECTOR -> new JVectorEngine();
                case VOYAGER -> new VoyagerEngine();
                case JELMERK -> new JelmerkEngine();
            };
        }
    }

    private static float[][] rows() {
        var random = new Random(1);
        float[][] rows = new float[ROWS][DIMENSION];
        for (float[] row : rows) {
            double square = 0;
            for (int i = 0; i < DIMENSION; i++) {
                row[i] = (float) random.nextGaussian();
                square += row[i] * row[i];
            }
            for (int i = 0; i < DIMENSION; i++) {
                row[i] /= (float) Math.sqrt(square);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @EnumSource
    void neighboursAreFoundInWhatWasBuiltAndInWhatWasSaved(Kind kind) throws IOException {
        try (Engine engine = kind.engine();
                Vectors base = Vectors.of(rows)) {
            engine.build(base, GRAPH, folder);
            assertThat(recall(engine)).isGreaterThan(0.95);
            engine.save(folder);
        }
        assertThat(folder).isNotEmptyDirectory();
        try (Engine engine = kind.engine();
                Vectors base = Vectors.of(rows)) {
            engine.open(base, GRAPH, folder);
            assertThat(recall(engine)).isGreaterThan(0.95);
            assertThat(engine.version()).matches(".*[A-Za-z].*");
        }
    }

    private double recall(Engine engine) throws IOException {
        int right = 0;
        long[] ids = new long[K];
        try (VectorIndex exact =
                Vicino.index(Vectors.of(rows)).metric(Metric.DOT).build()) {
            for (float[] query : rows) {
                assertThat(engine.search(query, EFFORT, ids)).isEqualTo(K);
                long[] expected = exact.search(query, K).ids();
                right += (int) Arrays.stream(expected)
                        .filter(id -> Arrays.stream(ids).anyMatch(found -> found == id))
                        .count();
            }
        }
        return (double) right / (K * ROWS);
    }
}
