package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Graphs and lists over product quantisation and RaBitQ of any bits, against exact search. */
@ExtendWith(Seeds.class)
final class ProductIndexTest {
    private static final int D = 48;
    private static final int K = 10;

    private final float[][] rows = Points.clustered(new Random(7), 3000, D, 30);
    private final float[][] queries = Points.clustered(new Random(7), 40, D, 30);

    private double recall(VectorIndex index) {
        try (VectorIndex exact =
                Vicino.index(Vectors.of(rows)).metric(index.metric()).build()) {
            return Recall.at(K, index, exact, queries, SearchOptions.DEFAULT.withEffort(64));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16,PQ24                     | cosine | 0.75",
                "HNSW16,PQ24,Refine(Flat)        | l2     | 0.97",
                "HNSW16,PQ24x4fs,Refine(Flat)    | dot    | 0.90",
                "RR,HNSW16,PQ12,Refine(Flat)     | l2     | 0.95",
                "OPQ24,HNSW16,PQ24,Refine(Flat)  | cosine | 0.97",
                "HNSW16,FP16                     | dot    | 0.95",
                "HNSW16,FP16                     | l1     | 0.95",
                "IVF32,FP16                      | cosine | 0.95",
                "HNSW16,RaBitQ3,Refine(Flat)     | cosine | 0.97",
                "HNSW16,RaBitQ8                  | l2     | 0.90",
                "IVF32,PQ24x4fsr,Refine(Flat)    | l2     | 0.97",
                "IVF32,PQ24x4fsr,Refine(Flat)    | cosine | 0.97",
                "IVF32,PQ24x4fs,Refine(Flat)     | dot    | 0.95",
                "IVF32,PQ24r,RFlat               | l2     | 0.97",
                "IVF32,PQ24                      | cosine | 0.75",
                "IVF32,RaBitQ,Refine(Flat)       | cosine | 0.97",
                "IVF32,RaBitQ4,Refine(Flat)      | dot    | 0.97",
                "IVF32,RaBitQ8                   | l2     | 0.95",
                "PCA40,HNSW16,SQ8,Refine(Flat)   | l2     | 0.97",
                "PCA40,HNSW16,RaBitQ4,RFlat      | dot    | 0.90",
                "PCA40,IVF32,RaBitQ4,RFlat       | cosine | 0.95",
                "PCA40,IVF32,FP16                | l2     | 0.60",
                "PCA40,RR,HNSW16,PQ20,RFlat      | cosine | 0.90",
                "PCA40,OPQ20,IVF32,PQ20x4fsr,Refine(FP16) | l2 | 0.90",
                "L2norm,IVF32,PQ24r,Refine(SQ8)  | cosine | 0.95",
                "L2norm,PCA40,HNSW16,FP16,RFlat  | cosine | 0.95",
            })
    void findsAsManyAsExactSearch(String spec, String metric, double least, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("index.vicino");
        try (VectorIndex index = Vicino.index(Vectors.of(rows))
                .metric(Metric.parse(metric))
                .spec(spec)
                .threads(2)
                .build()) {
            assertThat(recall(index)).isGreaterThan(least);
            index.save(file);
            try (VectorIndex opened = Vicino.open(file)) {
                assertThat(opened.spec()).isEqualTo(index.spec());
                for (float[] query : queries) {
                    assertThat(opened.search(query, K).ids())
                            .isEqualTo(index.search(query, K).ids());
                }
            }
        }
    }

    /** Whatever length vectors and queries have, before a change and after it. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "L2norm,HNSW16                    | l2",
                "L2norm,IVF8                      | dot",
                "L2norm,HNSW16,RaBitQ4,Refine(Flat) | dot",
                "L2norm,IVF8                      | l1",
            })
    void normalisedVectorsAreComparedAsSuch(String spec, String metric) {
        float[] added = Points.scaled(Points.gaussian(new Random(8), 1, D)[0], 1000);
        float[][] all = Arrays.copyOf(rows, rows.length + 1);
        all[rows.length] = added;
        try (LiveIndex index = Vicino.index(Vectors.of(rows))
                        .metric(Metric.parse(metric))
                        .spec(spec)
                        .buildLive();
                VectorIndex exact = Vicino.index(Vectors.of(normalised(all)))
                        .metric(Metric.parse(metric))
                        .build()) {
            index.add(rows.length, added);
            assertThat(index.search(added, 1).ids()).containsExactly(rows.length);
            for (float[] query : queries) {
                Neighbors found = index.search(Points.scaled(query, 0.01), K, SearchOptions.DEFAULT.withExact(true));
                Neighbors wanted = exact.search(normalised(new float[][] {query})[0], K);
                for (int i = 0; i < K; i++) {
                    assertThat(found.score(i)).isCloseTo(wanted.score(i), within(1e-3f));
                }
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.search(new float[] {1, Float.NaN}, 1))
                    .withMessageContaining("dimension 2");
        }
    }

    /** Components of nothing are learnt anew once there is something. */
    @ParameterizedTest
    @CsvSource({"'PCA40,HNSW16,SQ8,Refine(Flat)'", "'PCA40,IVF16,RaBitQ4,Refine(FP16)'", "'PCA40,HNSW16,PQ20,RFlat'"})
    void growsFromNothing(String spec) {
        try (LiveIndex index = Vicino.index(Vectors.of(new float[0], D))
                        .metric(Metric.L2)
                        .spec(spec)
                        .buildLive();
                VectorIndex exact =
                        Vicino.index(Vectors.of(rows)).metric(Metric.L2).build()) {
            for (int i = 0; i < rows.length; i++) {
                index.add(i, rows[i]);
            }
            SearchOptions options = SearchOptions.DEFAULT.withEffort(64);
            assertThat(Recall.at(K, index, exact, queries, options)).isGreaterThan(0.85);
        }
    }

    private static float[][] normalised(float[][] rows) {
        return Arrays.stream(rows)
                .map(row -> Points.scaled(row, 1 / Math.sqrt(Oracle.dot(row, row))))
                .toArray(float[][]::new);
    }

    @Test
    void refusesWhatDoesNotGoTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Vicino.index(Vectors.of(rows)).spec("PCA49,HNSW16,SQ8").build())
                .withMessage("code = PCA49,SQ8, expected at most one component a value, PCA48");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Vicino.index(Vectors.of(rows)).spec("PCA16,HNSW16,PQ17").build())
                .withMessage("code = PQ17, expected at most one part a value, PQ16");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Vicino.index(Vectors.of(rows)).spec("HNSW16,PQ49").build())
                .withMessage("code = PQ49, expected at most one part a value, PQ48");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vicino.index(Vectors.of(rows))
                        .metric(Metric.parse("l1"))
                        .spec("HNSW16,PQ8")
                        .build())
                .withMessage("code = PQ8, expected Flat, FP16 or SQ8 under l1, whose distances are no products");
    }
}
