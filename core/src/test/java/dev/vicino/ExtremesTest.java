package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows that single precision cannot square, among ordinary ones: no score is ever NaN or infinite, and each is right. */
@ExtendWith(Seeds.class)
final class ExtremesTest {
    private static final int D = 8;

    /** Norms from denormal to the largest, and on both sides of where single precision is given up. */
    private static final double[] NORMS = {
        1e-44,
        1e-40,
        1e-38,
        1e-30,
        1e-20,
        0x1p-40 * 0.99,
        0x1p-40 * 1.01,
        1e-10,
        1,
        1,
        1,
        1e10,
        0x1p60 * 0.99,
        0x1p60 * 1.01,
        1e20,
        1e30,
        1e38
    };

    private static float[][] rows(Random random) {
        List<float[]> rows = new ArrayList<>();
        for (double norm : NORMS) {
            float[] direction = Seeds.reals(random, D);
            double factor = norm / Math.sqrt(Oracle.dot(direction, direction));
            float[] row = new float[D];
            float[] opposite = new float[D];
            for (int i = 0; i < D; i++) {
                row[i] = (float) (direction[i] * factor);
                opposite[i] = -row[i];
            }
            rows.addAll(List.of(row, opposite));
        }
        rows.addAll(List.of(filled(0f), filled(-0f), filled(Float.MIN_VALUE), filled(Float.MIN_NORMAL)));
        rows.addAll(List.of(filled(Float.MAX_VALUE), filled(-Float.MAX_VALUE)));
        float[] steep = new float[D];
        steep[0] = Float.MAX_VALUE;
        steep[1] = Float.MIN_VALUE;
        rows.add(steep);
        return rows.toArray(float[][]::new);
    }

    private static float[] filled(float value) {
        float[] row = new float[D];
        Arrays.fill(row, value);
        return row;
    }

    @ParameterizedTest
    @EnumSource
    void everyScoreIsFiniteAndRight(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = rows(random);
        List<float[]> queries = new ArrayList<>(Stream.of(rows(random)).toList());
        queries.addAll(List.of(rows));
        for (String spec : ExactSearchTest.SPECS) {
            try (VectorIndex index =
                    Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build()) {
                for (float[] query : queries) {
                    assertRight(index.search(query, rows.length), metric, rows, query);
                }
            }
        }
        try (VectorStore<String> store = new VectorStore<>(D, metric)) {
            for (float[] row : rows) {
                store.add(row, "");
            }
            for (float[] query : queries) {
                assertRight(neighbors(store.search(query, rows.length)), metric, rows, query);
            }
        }
    }

    private static Neighbors neighbors(List<VectorStore.Match<String>> matches) {
        float[] scores = new float[matches.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = matches.get(i).score();
        }
        long[] ids = matches.stream().mapToLong(VectorStore.Match::id).toArray();
        return new Neighbors(ids, scores, new Neighbors.Work("store", 0, 0));
    }

    private static void assertRight(Neighbors found, Metric metric, float[][] rows, float[] query) {
        assertThat(found.ids()).hasSize(rows.length).doesNotHaveDuplicates();
        for (int i = 0; i < found.size(); i++) {
            float[] row = rows[(int) found.id(i)];
            double[] range = range(metric, row, query);
            assertThat((double) found.score(i))
                    .as("%s of row %s and %s", metric, Arrays.toString(row), Arrays.toString(query))
                    .isFinite()
                    .isBetween(range[0], range[1]);
            boolean inOrder = i == 0
                    || (metric.isSimilarity()
                            ? found.score(i) <= found.score(i - 1)
                            : found.score(i) >= found.score(i - 1));
            assertThat(inOrder).as("neighbours %s and %s in order", i - 1, i).isTrue();
        }
    }

    /** Where the score must lie: the true one cut off at the largest float, more or less its rounding. */
    private static double[] range(Metric metric, float[] row, float[] query) {
        double score = Oracle.score(metric, row, query);
        if (metric == Metric.COSINE) {
            return new double[] {Math.max(-1, score - 1e-6), Math.min(1, score + 1e-6)};
        }
        double tolerance = Oracle.tolerance(metric, row, query);
        if (metric == Metric.L2) { // inside it is squared, and rounded and cut off there
            return new double[] {
                Math.sqrt(saturated(score * score - 2 * tolerance * score - Float.MIN_VALUE)) * (1 - 1e-7),
                Math.sqrt(saturated(score * score + 2 * tolerance * score + Float.MIN_VALUE)) * (1 + 1e-7)
            };
        }
        tolerance += Float.MIN_VALUE;
        double low = metric == Metric.DOT ? -Float.MAX_VALUE : 0;
        return new double[] {
            Math.clamp(score - tolerance, low, Float.MAX_VALUE), Math.clamp(score + tolerance, low, Float.MAX_VALUE)
        };
    }

    private static double saturated(double squared) {
        return Math.clamp(squared, 0, Float.MAX_VALUE);
    }

    @Test
    void aZeroVectorHasCosineZeroToEverything() {
        float[][] rows = rows(Seeds.random());
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).build()) {
            for (float zero : new float[] {0f, -0f}) {
                Neighbors found = index.search(filled(zero), rows.length);
                for (int i = 0; i < rows.length; i++) {
                    assertThat(found.id(i)).as("all tie").isEqualTo(i);
                    assertThat(found.score(i)).isEqualTo(0f);
                }
            }
            for (float[] query : rows) {
                Neighbors found = index.search(query, rows.length);
                for (int i = 0; i < rows.length; i++) {
                    if (Oracle.dot(rows[(int) found.id(i)], rows[(int) found.id(i)]) == 0) {
                        assertThat(found.score(i)).isEqualTo(0f);
                    }
                }
            }
        }
    }

    @Test
    void productsAndDistancesSaturate() {
        float most = Float.MAX_VALUE;
        assertThat(score(Metric.DOT, filled(most), filled(most))).isEqualTo(most);
        assertThat(score(Metric.DOT, filled(-most), filled(most))).isEqualTo(-most);
        assertThat(score(Metric.L1, filled(-most), filled(most))).isEqualTo(most);
        assertThat(score(Metric.L2, filled(-most), filled(most))).isEqualTo((float) Math.sqrt(most));
        assertThat(score(Metric.COSINE, filled(most), filled(most))).isEqualTo(1);
        assertThat(score(Metric.COSINE, filled(-most), filled(Float.MIN_VALUE))).isEqualTo(-1);
    }

    private static float score(Metric metric, float[] row, float[] query) {
        try (VectorIndex index = Vicino.index(Vectors.of(row, D)).metric(metric).build()) {
            return index.search(query, 1).score(0);
        }
    }

    /** Blocks in which every row is extreme, just some are, and none is. */
    @ParameterizedTest
    @EnumSource
    void extremesAreFoundInEveryBlock(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.realRows(random, 1500, D);
        for (int r = 0; r < rows.length; r++) {
            rows[r] = rows[r].clone();
            boolean extreme = r < 256 || r == 511 || r == 512 || r == 1499;
            for (int i = 0; i < D && extreme; i++) {
                rows[r][i] *= 1e-30f;
            }
        }
        for (String spec : ExactSearchTest.SPECS) {
            try (VectorIndex index =
                    Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build()) {
                for (int r : new int[] {0, 255, 511, 512, 1499, 700}) {
                    assertRight(index.search(rows[r], rows.length), metric, rows, rows[r]);
                }
            }
        }
    }
}
