package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The dot product of vectors whose lengths differ much, as recommender systems have them: an index finds as much as it does by distance
 * among the same directions. The data is the same in every run.
 */
final class InnerProductTest {
    private static final int ROWS = 4000;
    private static final int QUERIES = 200;
    private static final int D = 32;
    private static final int K = 10;
    private static final double TOLERANCE = 0.01;
    private static final List<SearchOptions> EFFORTS =
            List.of(SearchOptions.DEFAULT.withEffort(80), SearchOptions.DEFAULT.withEffort(160));

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16                       | 0   | 0.25",
                "HNSW16                       | 0   | 0.5",
                "HNSW16                       | 0   | 1.0",
                "HNSW16                       | 50  | 0.5",
                "HNSW16                       | 50  | 1.0",
                "HNSW16,SQ8,Refine(Flat)      | 50  | 0.5",
                "HNSW16,RaBitQ2,Refine(Flat)  | 0   | 0.5",
                "HNSW16,RaBitQ2,Refine(Flat)  | 50  | 0.5",
                "HNSW16,RaBitQ2,Refine(Flat)  | 50  | 1.0",
                "IVF500                       | 0   | 0.25",
                "IVF500                       | 0   | 1.0",
                "IVF500                       | 50  | 0.5",
                "IVF500,SQ8,Refine(Flat)      | 50  | 1.0",
                "IVF500,RaBitQ2,Refine(Flat)  | 50  | 0.5",
            })
    void longAndShortVectorsAreFoundAsWellAsByDistance(String spec, int clusters, double sigma) {
        Random random = new Random(5);
        float[][] directions = clusters == 0
                ? Points.gaussian(random, ROWS + QUERIES, D)
                : Points.clustered(random, ROWS + QUERIES, D, clusters);
        double[] byDistance = recalls(spec, Metric.L2, Points.withLogNormalNorms(random, directions, 0));
        double[] byProduct = recalls(spec, Metric.DOT, Points.withLogNormalNorms(random, directions, sigma));
        for (int i = 0; i < EFFORTS.size(); i++) {
            assertThat(byProduct[i])
                    .as("recall at effort %s", EFFORTS.get(i).effort())
                    .isGreaterThanOrEqualTo(byDistance[i] - TOLERANCE);
        }
    }

    private double[] recalls(String spec, Metric metric, float[][] all) {
        float[][] rows = Arrays.copyOf(all, ROWS);
        float[][] queries = Arrays.copyOfRange(all, ROWS, all.length);
        ChangingIndex index = graphs.build(spec, metric, rows, D);
        try (VectorIndex exact = CheckedIndexes.exact(metric, rows, D)) {
            return EFFORTS.stream()
                    .mapToDouble(options -> Recall.at(K, index, exact, queries, options))
                    .toArray();
        } finally {
            graphs.close(index);
        }
    }
}
