package dev.vicino.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.Metric;
import dev.vicino.Vectors;
import dev.vicino.testing.Points;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of data that was made to be so; the data is the same in every run. */
final class ProfilerTest {
    private static final int ROWS = 4000;

    private static DataProfile profile(float[][] rows, Metric metric) {
        try (Vectors vectors = Vectors.of(rows)) {
            return new Profiler(vectors, metric, 1, 1).profile(null, 100);
        }
    }

    /** A plane of few directions, turned into many dimensions. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void findsTheDirectionsThatThereAre(int directions) {
        Random random = new Random(2);
        float[][] few = Points.gaussian(random, ROWS, directions);
        float[][] basis = Points.gaussian(random, directions, 40);
        float[][] rows = new float[ROWS][40];
        for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < directions; j++) {
                for (int i = 0; i < 40; i++) {
                    rows[r][i] += few[r][j] * basis[j][i];
                }
            }
        }
        assertThat(profile(rows, Metric.L2).intrinsicDimension()).isBetween(0.6 * directions, 1.3 * directions);
    }

    @Test
    void clustersAreToldFromAnEvenSpread() {
        double even =
                profile(Points.gaussian(new Random(3), ROWS, 64), Metric.L2).clusteredness();
        float[][] tight = Points.clustered(new Random(3), ROWS, 64, 8);
        assertThat(even).isBetween(0.0, 0.4);
        assertThat(profile(tight, Metric.L2).clusteredness()).isGreaterThan(even + 0.2);
    }

    @Test
    void duplicatesAndNormsAreCounted() {
        float[][] rows = Points.withLogNormalNorms(new Random(5), Points.gaussian(new Random(5), ROWS, 8), 0);
        for (int i = 0; i < ROWS / 4; i++) {
            rows[ROWS - 1 - i] = rows[i].clone();
        }
        DataProfile data = profile(rows, Metric.COSINE);
        assertThat(data.duplicates()).isEqualTo(0.25);
        assertThat(data.norms().areOne()).isTrue();
        assertThat(data.remarks())
                .contains("25 % of the vectors are there more than once")
                .anyMatch(remark -> remark.contains("rank alike"));
    }

    @Test
    void allInOnePlaceHaveNoDirections() {
        float[][] rows = new float[ROWS][];
        Arrays.fill(rows, new float[] {1, 2, 3});
        DataProfile data = profile(rows, Metric.L2);
        assertThat(data.intrinsicDimension()).isEqualTo(0);
        assertThat(data.clusteredness()).isEqualTo(1);
        assertThat(data.duplicates()).isGreaterThan(0.99);
    }

    @Test
    void queriesFromElsewhereAreTold() {
        float[][] rows = Points.gaussian(new Random(8), ROWS + 300, 16);
        try (Vectors vectors = Vectors.of(Arrays.copyOf(rows, ROWS));
                Vectors like = Vectors.of(Arrays.copyOfRange(rows, ROWS, ROWS + 300));
                Vectors other = Vectors.of(Points.clustered(new Random(8), 300, 16, 3))) {
            Profiler profiler = new Profiler(vectors, Metric.L2, 1, 1);
            assertThat(profiler.profile(like, 300).queries().likeVectors()).isTrue();
            assertThat(profiler.profile(other, 300).queries().likeVectors()).isFalse();
        }
    }

    @Test
    void oneVectorIsNoData() {
        DataProfile data = profile(new float[][] {{1, 0}}, Metric.L2);
        assertThat(data.vectors()).isEqualTo(1);
        assertThat(data.intrinsicDimension()).isEqualTo(0);
    }
}
