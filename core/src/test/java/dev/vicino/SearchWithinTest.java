package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.testing.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** All neighbours within a radius: just those of a full search that are near enough. */
@ExtendWith(Seeds.class)
final class SearchWithinTest {
    private static final int ROWS = 700;

    @ParameterizedTest
    @EnumSource
    void theScoreOfAHitIncludesIt(Metric metric) {
        Random random = Seeds.random();
        int d = 16 + random.nextInt(20);
        for (float[][] rows : new float[][][] {
            Seeds.realRows(random, ROWS, d), Seeds.signRows(random, ROWS, d), tiny(Seeds.realRows(random, ROWS, d))
        }) {
            for (String spec : ExactSearchTest.SPECS) {
                try (VectorIndex index = Vicino.index(ExactSearchTest.vectors(rows, d))
                        .metric(metric)
                        .spec(spec)
                        .ids(Seeds.ids(random, ROWS))
                        .build()) {
                    float[] query = rows[random.nextInt(ROWS)];
                    Neighbors all = index.search(query, ROWS);
                    for (int i : new int[] {0, 1, 10, ROWS / 2, ROWS - 2, ROWS - 1}) {
                        assertWithin(index, query, all, all.score(i), i + 1);
                        assertWithin(index, query, all, nearer(metric, all.score(i)), 0);
                        assertWithin(index, query, all, farther(metric, all.score(i)), i + 1);
                    }
                }
            }
        }
    }

    private static void assertWithin(VectorIndex index, float[] query, Neighbors all, float radius, int least) {
        int count = (int) IntStream.range(0, all.size())
                .filter(i -> index.metric().isSimilarity() ? all.score(i) >= radius : all.score(i) <= radius)
                .count();
        assertThat(count).isGreaterThanOrEqualTo(least);
        Neighbors within = index.searchWithin(query, radius, SearchOptions.DEFAULT);
        Oracle.assertSame(within, Oracle.first(all, count), index.spec() + " within " + radius);
    }

    private static float nearer(Metric metric, float score) {
        return metric.isSimilarity() ? Math.nextUp(score) : Math.nextDown(score);
    }

    private static float farther(Metric metric, float score) {
        return metric.isSimilarity() ? Math.nextDown(score) : Math.nextUp(score);
    }

    /** Their squared distances are at the lower end of single precision. */
    private static float[][] tiny(float[][] rows) {
        float[][] tiny = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            tiny[r] = rows[r].clone();
            for (int i = 0; i < tiny[r].length; i++) {
                tiny[r][i] *= 1e-22f;
            }
        }
        return tiny;
    }

    @ParameterizedTest
    @EnumSource
    void findsNoneAndAll(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.realRows(random, ROWS, 8);
        try (VectorIndex index =
                Vicino.index(ExactSearchTest.vectors(rows, 8)).metric(metric).build()) {
            float none = metric.isSimilarity() ? Float.MAX_VALUE : -Float.MIN_VALUE;
            float all = metric.isSimilarity() ? -Float.MAX_VALUE : Float.MAX_VALUE;
            assertThat(index.searchWithin(rows[3], none, SearchOptions.DEFAULT).size())
                    .isZero();
            Oracle.assertSame(
                    index.searchWithin(rows[3], all, SearchOptions.DEFAULT), index.search(rows[3], ROWS), "all");
        }
    }

    @Test
    void findsNothingInAnEmptyIndex() {
        try (VectorIndex index = Vicino.index(Vectors.of(new float[0], 3)).build()) {
            assertThat(index.searchWithin(new float[3], -1, SearchOptions.DEFAULT)
                            .size())
                    .isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void refusesARadiusThatIsNotFinite(float radius) {
        try (VectorIndex index = Vicino.index(Vectors.of(new float[3], 3)).build()) {
            assertThatThrownBy(() -> index.searchWithin(new float[3], radius, SearchOptions.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("radius = " + radius);
        }
    }
}
