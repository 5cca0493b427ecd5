package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
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

    @Test
    void refusesWhatDoesNotGoTogether() {
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
