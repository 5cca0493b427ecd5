package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much graphs find of what there is to be found. The data is the same in every run, and so are the floors. */
final class GraphRecallTest {
    private static final int ROWS = 5000;
    private static final int QUERIES = 200;
    private static final int D = 32;
    private static final int K = 10;
    private static final int SEED = 11;
    private static final SearchOptions OPTIONS = SearchOptions.DEFAULT.withEffort(100);

    private static final Data GAUSSIAN = Data.of(Points.gaussian(new Random(SEED), ROWS + QUERIES, D));
    private static final Data CLUSTERED = Data.of(Points.clustered(new Random(SEED), ROWS + QUERIES, D, 50));

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    /** Rows, and queries from where they are from. */
    private record Data(float[][] rows, float[][] queries) {
        static Data of(float[][] all) {
            return new Data(Arrays.copyOf(all, ROWS), Arrays.copyOfRange(all, ROWS, ROWS + QUERIES));
        }
    }

    /** Every metric with rows themselves, every code under the metric that asks most of it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16                                                    | COSINE | 0.98 |     ",
                "HNSW16                                                    | DOT    | 0.97 | 0.97",
                "HNSW16                                                    | L2     | 0.98 | 0.98",
                "HNSW16                                                    | L1     | 0.98 |     ",
                "HNSW8(efConstruction=40,seed=7)                           | L2     | 0.90 | 0.95",
                "HNSW16(extendCandidates=true,keepPrunedConnections=true)  | COSINE |      | 0.98",
                "HNSW16,SQ8,Refine(Flat)                                   | L2     | 0.98 |     ",
                "HNSW16,SQ8                                                | COSINE |      | 0.95",
                "HNSW16,RaBitQ,Refine(Flat)                                | COSINE | 0.85 | 0.95",
                "HNSW16,RaBitQ2,Refine(Flat)                               | COSINE | 0.96 |     ",
                "HNSW16,RaBitQ2,Refine(Flat)                               | DOT    | 0.95 | 0.97",
                "HNSW16,RaBitQ2                                            | L2     |      | 0.55",
                "HNSW16,RaBitQ4,Refine(Flat)                               | L2     | 0.98 |     ",
                "IVF500                                                    | COSINE | 0.90 |     ",
                "IVF500                                                    | DOT    | 0.90 | 0.99",
                "IVF500                                                    | L2     | 0.92 | 0.99",
                "IVF500                                                    | L1     | 0.86 |     ",
                "IVF500_HNSW16                                             | COSINE | 0.89 |     ",
                "IVF500_HNSW16                                             | DOT    | 0.89 | 0.98",
                "IVF500_HNSW16                                             | L2     | 0.91 | 0.98",
                "IVF500_HNSW16                                             | L1     | 0.85 |     ",
                "IVF500,SQ8,Refine(Flat)                                   | L2     | 0.92 |     ",
                "IVF500,RaBitQ,Refine(Flat)                                | COSINE | 0.90 | 0.99",
            })
    void recallIsAboveItsFloor(String spec, Metric metric, @Nullable Double gaussian, @Nullable Double clustered) {
        if (gaussian != null) {
            assertThat(recall(GAUSSIAN, spec, metric)).as("gaussian").isGreaterThanOrEqualTo(gaussian);
        }
        if (clustered != null) {
            assertThat(recall(CLUSTERED, spec, metric)).as("clustered").isGreaterThanOrEqualTo(clustered);
        }
    }

    private double recall(Data data, String spec, Metric metric) {
        ChangingIndex index = graphs.build(spec, metric, data.rows, D);
        double recall = recall(index, data);
        graphs.close(index);
        return recall;
    }

    private static double recall(VectorIndex index, Data data) {
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), data.rows, D)) {
            return Recall.at(K, index, exact, data.queries, OPTIONS);
        }
    }
}
