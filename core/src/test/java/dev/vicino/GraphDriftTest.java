package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import dev.vicino.testing.Points;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors that move away from those that a code was learnt from, or that come after there was nothing to learn from. */
final class GraphDriftTest {
    /** So few that a code is learnt anew before the next vector is added. */
    private static final int ROWS = 2500;

    private static final int D = 48;
    private static final int K = 10;
    private static final double TOLERANCE = 0.01;
    private static final SearchOptions OPTIONS = SearchOptions.DEFAULT.withEffort(60);
    private static final float[][] QUERIES = Points.gaussian(new Random(51), 1000, D);

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    @TempDir
    private Path folder;

    private static double recall(VectorIndex index, float[][] rows, long[] ids, float[][] queries) {
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D, ids)) {
            return Recall.at(K, index, exact, queries, OPTIONS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16(efConstruction=80),SQ8,Refine(Flat)     | L2     | 40",
                "HNSW16(efConstruction=80),RaBitQ2,Refine(Flat) | L2     | 2",
                "HNSW16(efConstruction=80),RaBitQ2,Refine(Flat) | L2     | 12",
                "HNSW16(efConstruction=80),RaBitQ,Refine(Flat)  | L2     | 12",
                "HNSW16(efConstruction=80),RaBitQ2,Refine(Flat) | COSINE | 3",
                "HNSW16(efConstruction=80),SQ8,Refine(Flat)     | DOT    | 5",
                "HNSW16(efConstruction=80),SQ8,Refine(Flat)     | L1     | 40",
            })
    void theCodeGoesWhereTheVectorsGo(String spec, Metric metric, float far) throws IOException {
        Random random = new Random(52);
        float[][] before = Points.gaussian(random, ROWS, D);
        float[][] after = moved(Points.gaussian(random, ROWS, D), far);
        float[][] queries = moved(QUERIES, far);
        ChangingIndex index = graphs.build(spec, metric, before, D);
        long[] ids = LongStream.range(ROWS, 2L * ROWS).toArray();
        for (int i = 0; i < ROWS; i++) {
            index.add(ids[i], after[i]);
            index.remove(i);
        }
        ChangingIndex fresh = graphs.build(spec, metric, after, D, ids, 1);
        double wanted = recall(fresh, after, ids, queries) - TOLERANCE;
        assertThat(recall(index, after, ids, queries))
                .as("recall beside that of a fresh graph")
                .isGreaterThanOrEqualTo(wanted);
        index.check();
        assertScores(index, after, ids, queries);

        index.reclaim(); // links to removed nodes take places in a beam, and are not written
        Path file = folder.resolve("index");
        index.save(file);
        ChangingIndex opened = graphs.open(file);
        opened.verify(Progress.NONE);
        for (float[] query : Arrays.copyOf(queries, 20)) {
            Oracle.assertSame(opened.search(query, K), index.search(query, K), "after opening");
        }
    }

    private static float[][] moved(float[][] rows, float far) {
        return Arrays.stream(rows).map(row -> Points.moved(row, far)).toArray(float[][]::new);
    }

    private static void assertScores(ChangingIndex index, float[][] rows, long[] ids, float[][] queries) {
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D, ids)) {
            for (float[] query : Arrays.copyOf(queries, 10)) {
                Oracle.assertSame(index.search(query, 3 * ROWS), exact.search(query, 3 * ROWS), "all");
            }
        }
    }

    /** What was learnt of one vector or none is no better than nothing: the graph must not be the worse for it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16(efConstruction=80),SQ8,Refine(Flat)     | L2     | 0",
                "HNSW16(efConstruction=80),SQ8,Refine(Flat)     | COSINE | 1",
                "HNSW16(efConstruction=80),RaBitQ2,Refine(Flat) | L2     | 0",
                "HNSW16(efConstruction=80),RaBitQ2,Refine(Flat) | DOT    | 1",
                "HNSW16(efConstruction=80)                      | DOT    | 0",
                "HNSW16(efConstruction=80)                      | DOT    | 1",
            })
    void aGraphThatBeganWithNothingIsAsGoodAsABuiltOne(String spec, Metric metric, int first) {
        Random random = new Random(53);
        float[][] rows = Points.gaussian(random, ROWS, D);
        float[][] queries = QUERIES;
        if (metric == Metric.DOT) {
            rows = Points.withLogNormalNorms(random, rows, 0.5);
        }
        long[] ids = CheckedIndexes.rowNumbers(rows);
        for (int count : new int[] {100, 900, ROWS}) {
            float[][] some = Arrays.copyOf(rows, count);
            ChangingIndex index = graphs.build(spec, metric, Arrays.copyOf(rows, first), D);
            for (int i = first; i < count; i++) {
                index.add(i, some[i]);
            }
            ChangingIndex built = graphs.build(spec, metric, some, D);
            long[] someIds = Arrays.copyOf(ids, count);
            double wanted = recall(built, some, someIds, queries) - TOLERANCE;
            assertThat(recall(index, some, someIds, queries))
                    .as("recall of %s", count)
                    .isGreaterThanOrEqualTo(wanted);
            graphs.close(index);
            graphs.close(built);
        }
    }

    /** Learning anew at any moment changes nothing but codes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HNSW8(efConstruction=40)",
                "HNSW8(efConstruction=40),SQ8,RFlat",
                "HNSW8(efConstruction=40),RaBitQ,RFlat"
            })
    void learningAnewHarmsNothing(String spec) throws IOException {
        Random random = new Random(54);
        float[][] rows = Points.gaussian(random, 600, D);
        ChangingIndex index = graphs.build(spec, Metric.DOT, rows, D);
        Path file = folder.resolve("index");
        index.save(file);
        ChangingIndex opened = graphs.open(file);
        long bytes = 0;
        for (ChangingIndex some : new ChangingIndex[] {index, opened}) {
            for (int round = 0; round < 20; round++) {
                some.learnAnew();
                int id = random.nextInt(600);
                rows[id] = Points.gaussian(random, 1, D)[0];
                index.update(id, rows[id]);
                opened.update(id, rows[id]);
                if (round == 5) {
                    bytes = some.bytesMemory();
                }
            }
            assertThat(some.bytesMemory()).as("old codes are freed").isLessThan(2 * bytes);
            some.check();
            try (VectorIndex exact = CheckedIndexes.exact(Metric.DOT, rows, D)) {
                for (float[] query : Arrays.copyOf(QUERIES, 10)) {
                    Oracle.assertSame(some.search(query, 600), exact.search(query, 600), spec);
                }
            }
        }
    }
}
