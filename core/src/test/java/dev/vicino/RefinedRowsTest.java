package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Indexes whose rows are kept in fewer bytes than float32: exact search of what is left of the vectors is the oracle. */
@ExtendWith(Seeds.class)
final class RefinedRowsTest {
    private static final int N = 2000;
    private static final int D = 50;
    private static final int K = 10;
    private static final SearchOptions EXACT = SearchOptions.DEFAULT.withExact(true);

    @RegisterExtension
    private final CheckedIndexes indexes = new CheckedIndexes();

    @TempDir
    private Path folder;

    static Stream<Arguments> kinds() {
        return Stream.of("HNSW16,RaBitQ2,", "HNSW16,PQ25,", "IVF32,RaBitQ,", "IVF32,PQ25x4fsr,", "IVF32,RaBitQ8,")
                .flatMap(spec -> Stream.of("Refine(FP16)", "Refine(SQ8)").map(spec::concat))
                .flatMap(spec ->
                        Stream.of(Metric.COSINE, Metric.DOT, Metric.L2).map(metric -> Arguments.of(spec, metric)));
    }

    private static IndexSpec.Code code(String spec) {
        return spec.endsWith("(FP16)") ? new IndexSpec.Float16() : new IndexSpec.Int8();
    }

    /** What is left of vectors. */
    private static float[][] kept(String spec, Metric metric, float[][] rows) {
        VectorCode code = VectorCode.train(code(spec), metric, Vectors.of(rows));
        return Arrays.stream(rows).map(row -> code.decode(code.encode(row))).toArray(float[][]::new);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void scoresAreThoseOfWhatIsLeft(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        float[][] rows = Points.clustered(random, N, D, 20);
        float[][] queries = Points.clustered(random, 20, D, 20);
        ChangingIndex index = indexes.build(spec, metric, rows, D);
        Path file = folder.resolve("index");
        index.save(file);
        ChangingIndex opened = indexes.open(file);
        try (VectorIndex exact = CheckedIndexes.exact(metric, kept(spec, metric, rows), D)) {
            for (float[] query : queries) {
                Neighbors wanted = exact.search(query, K);
                Neighbors scanned = index.search(query, K, EXACT);
                assertThat(scanned.work().exact()).isEqualTo(N);
                for (int i = 0; i < K; i++) {
                    assertThat(scanned.score(i)).isCloseTo(wanted.score(i), within(2e-5f * D));
                }
                assertSameScores(index.search(query, K), index.search(query, N, EXACT));
                assertThat(opened.search(query, K, EXACT).ids()).isEqualTo(scanned.ids());
                assertThat(opened.search(query, K).scores())
                        .isEqualTo(index.search(query, K).scores());
            }
            ChangingIndex flat = indexes.build(spec.replaceFirst("Refine.*", "Refine(Flat)"), metric, rows, D);
            assertThat(recall(index, exact, queries)).isGreaterThan(recall(flat, exact, queries) - 0.05);
        }
    }

    private static double recall(VectorIndex index, VectorIndex exact, float[][] queries) {
        return Recall.at(K, index, exact, queries, SearchOptions.DEFAULT.withEffort(64));
    }

    private static void assertSameScores(Neighbors found, Neighbors all) {
        Map<Long, Float> scores = new TreeMap<>();
        for (int i = 0; i < all.size(); i++) {
            scores.put(all.id(i), all.score(i));
        }
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.score(i)).isEqualTo(scores.get(found.id(i)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16,RaBitQ,Refine(FP16) | 128",
                "IVF8,RaBitQ,Refine(SQ8) | 64",
                "IVF8,RaBitQ,Refine(Flat) | 200"
            })
    void rowsTakeWhatTheirCodeTakes(String spec, int rowBytes) throws IOException {
        ChangingIndex index = indexes.build(spec, Metric.L2, Points.gaussian(Seeds.random(), N, D), D);
        Path file = folder.resolve("index");
        index.save(file);
        assertThat(IndexInfo.read(file).sections())
                .filteredOn(section -> section.name().equals("rows"))
                .extracting(IndexInfo.Section::bytes)
                .containsExactly((long) N * rowBytes);
        assertThat(index.bytesMemory()).isLessThan(N * (rowBytes + 220L) + 500_000);
    }

    /** Halves hold small whole numbers as they are, so that a map of the vectors says what has to be found. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"HNSW8,RaBitQ2,Refine(FP16) | L2", "IVF8,RaBitQ2,Refine(FP16) | DOT", "IVF8,SQ8,Refine(FP16) | L1"
            })
    void changesAsAMapDoes(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        Map<Long, float[]> model = new TreeMap<>();
        ChangingIndex index = indexes.build(spec, metric, new float[0][], D);
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 300; i++) {
                long id = random.nextInt(500);
                if (random.nextInt(3) > 0) {
                    float[] vector = whole(random);
                    index.update(id, vector);
                    model.put(id, vector);
                } else {
                    assertThat(index.remove(id)).isEqualTo(model.remove(id) != null);
                }
            }
            if (round == 2) {
                Path file = folder.resolve("index");
                index.save(file);
                indexes.close(index);
                index = indexes.open(file);
            }
            if (round == 4) {
                index.learnAnew();
            }
            assertHolds(index, model, whole(random));
        }
    }

    private static float[] whole(Random random) {
        float[] vector = new float[D];
        for (int i = 0; i < D; i++) {
            vector[i] = random.nextInt(201) - 100;
        }
        return vector;
    }

    private static void assertHolds(ChangingIndex index, Map<Long, float[]> model, float[] query) {
        long[] ids = model.keySet().stream().mapToLong(id -> id).toArray();
        float[][] rows = model.values().toArray(float[][]::new);
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D, ids)) {
            Neighbors wanted = exact.search(query, ids.length);
            Neighbors found = index.search(query, ids.length, EXACT);
            assertThat(found.ids()).isEqualTo(wanted.ids());
            assertThat(found.scores()).isEqualTo(wanted.scores());
            SearchOptions thorough =
                    SearchOptions.DEFAULT.withEffort(ids.length).withRerank(ids.length);
            assertThat(index.search(query, K, thorough).ids())
                    .isEqualTo(exact.search(query, K).ids());
        }
    }

    /** Queries and rows that single precision cannot square. */
    @ParameterizedTest
    @CsvSource({"1e30, 1", "1, 1e30", "1e-30, 1e-30"})
    void extremesAreComparedInDoublePrecision(float ofRows, float ofQuery) {
        Random random = Seeds.random();
        float[][] rows = new float[200][];
        Arrays.setAll(rows, i -> Points.scaled(whole(random), ofRows));
        float[] query = Points.scaled(whole(random), ofQuery);
        String spec = "IVF4,RaBitQ8,Refine(SQ8)";
        ChangingIndex index = indexes.build(spec, Metric.COSINE, rows, D);
        try (VectorIndex exact = CheckedIndexes.exact(Metric.COSINE, kept(spec, Metric.COSINE, rows), D)) {
            Neighbors wanted = exact.search(query, K);
            Neighbors found = index.search(query, K, EXACT);
            for (int i = 0; i < K; i++) {
                assertThat(found.score(i)).isCloseTo(wanted.score(i), within(1e-4f));
            }
        }
    }

    @Test
    void refusesWhatItCannotKeep() {
        float[][] few = Points.gaussian(Seeds.random(), 31, D);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vicino.index(Vectors.of(few))
                        .spec("HNSW16,RaBitQ,Refine(SQ8)")
                        .build())
                .withMessage(
                        "n = 31, expected at least 32 vectors, from which Refine(SQ8) learns the ranges of values");
        float[][] rows = Points.gaussian(Seeds.random(), 40, D);
        rows[7][3] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vicino.index(Vectors.of(rows))
                        .spec("IVF4,RaBitQ,Refine(FP16)")
                        .build())
                .withMessage("row 7, column 3 is NaN, expected a finite number");
    }
}
