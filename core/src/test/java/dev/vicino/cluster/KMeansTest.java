package dev.vicino.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.cluster.KMeans.Start;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** k-means against plain loops. At every width, and without SIMD. */
@Tag("kernel")
@Tag("scalar")
@ExtendWith(Seeds.class)
final class KMeansTest {
    private final Random random = Seeds.random();

    private static Memory memory(float[][] rows) {
        int d = rows[0].length;
        Memory memory = Memory.allocate(4L * rows.length * d);
        for (int r = 0; r < rows.length; r++) {
            MemorySegment.copy(rows[r], 0, memory.segment(), Memory.FLOAT, 4L * r * d, d);
        }
        return memory;
    }

    private static Clusters cluster(KMeans parameters, float[][] rows, int threads) {
        try (Memory memory = memory(rows)) {
            return parameters.of(Rows.of(memory, rows.length, rows[0].length), threads, Progress.NONE, () -> false);
        }
    }

    private static double square(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
        }
        return sum;
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    private static int nearest(float[][] centroids, float[] row) {
        int best = 0;
        for (int c = 1; c < centroids.length; c++) {
            best = square(centroids[c], row) < square(centroids[best], row) ? c : best;
        }
        return best;
    }

    /** Lloyd's iteration by its definition; none of the clusters may become empty. */
    private static double plain(float[][] centroids, float[][] rows) {
        int d = rows[0].length;
        double[][] sums = new double[centroids.length][d];
        int[] sizes = new int[centroids.length];
        double loss = 0;
        for (float[] row : rows) {
            int c = nearest(centroids, row);
            loss += square(centroids[c], row);
            sizes[c]++;
            for (int i = 0; i < d; i++) {
                sums[c][i] += row[i];
            }
        }
        for (int c = 0; c < centroids.length; c++) {
            assertThat(sizes[c]).isPositive();
            for (int i = 0; i < d; i++) {
                centroids[c][i] = (float) (sums[c][i] / sizes[c]);
            }
        }
        return loss;
    }

    @ParameterizedTest
    @CsvSource({"2, 3, 50", "5, 40, 3000", "33, 7, 1000", "100, 65, 9000"})
    void eachIterationIsThatOfPlainLoops(int d, int k, int n) {
        float[][] rows = Points.gaussian(random, n, d);
        long seed = random.nextLong();
        Clusters first = cluster(new KMeans(k, 0, Start.SAMPLE, false, seed), rows, 1);
        float[][] centroids = new float[k][];
        Arrays.setAll(centroids, first::centroid);
        assertThat(List.of(rows)).as("centroids are rows").contains(centroids);
        double[] losses = new double[4];
        Arrays.setAll(losses, i -> plain(centroids, rows));
        Clusters clusters = cluster(new KMeans(k, 4, Start.SAMPLE, false, seed), rows, 2);
        assertThat(clusters.losses()).containsExactly(losses, within(1e-4 * losses[0]));
        for (int c = 0; c < k; c++) {
            assertThat(square(clusters.centroid(c), centroids[c])).isLessThan(1e-3);
        }
        assertThat(Arrays.stream(clusters.sizes()).sum()).isEqualTo(n);
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void theNumberOfThreadsChangesNothing(Start start) {
        float[][] rows = Points.gaussian(random, 20_000, 10);
        KMeans parameters = new KMeans(50, 5, start, false, random.nextLong());
        Clusters one = cluster(parameters, rows, 1);
        Clusters many = cluster(parameters, rows, 5);
        assertThat(many.centroids()).isEqualTo(one.centroids());
        assertThat(many.losses()).isEqualTo(one.losses());
        assertThat(many.sizes()).isEqualTo(one.sizes());
    }

    /** Far apart and one row of each: drawn by distance, each is in the beginning alone. */
    @Test
    void plusPlusFindsWhatLiesApart() {
        int k = 20;
        float[][] rows = new float[40 * k][2];
        for (int r = 0; r < rows.length; r++) {
            rows[r][0] = 1000 * (r % k);
            rows[r][1] = random.nextFloat();
        }
        Clusters clusters = cluster(new KMeans(k, 1, Start.PLUS_PLUS, false, random.nextLong()), rows, 1);
        assertThat(clusters.sizes()).containsOnly(40);
        assertThat(clusters.imbalance()).isEqualTo(1);
    }

    @Test
    void sphericalCentroidsHaveLengthOne() {
        float[][] rows = Points.gaussian(random, 3000, 12);
        for (float[] row : rows) {
            double norm = Math.sqrt(product(row, row));
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) (row[i] / norm);
            }
        }
        Clusters clusters = cluster(new KMeans(30, 6, Start.SAMPLE, true, random.nextLong()), rows, 2);
        for (int c = 0; c < 30; c++) {
            assertThat(product(clusters.centroid(c), clusters.centroid(c))).isCloseTo(1, within(1e-5));
        }
        double[] losses = clusters.losses();
        for (int i = 1; i < losses.length; i++) {
            assertThat(losses[i]).isLessThanOrEqualTo(losses[i - 1] + 1e-3);
        }
    }

    /** Of few different rows most clusters are empty; they take halves of others, and none is lost. */
    @ParameterizedTest
    @EnumSource(Start.class)
    void emptyClustersTakeFromTheLargest(Start start) {
        float[][] rows = new float[1000][];
        for (int r = 0; r < rows.length; r++) {
            rows[r] = new float[] {r % 3, 1, 0};
        }
        Clusters clusters = cluster(new KMeans(20, 10, start, false, random.nextLong()), rows, 1);
        assertThat(Arrays.stream(clusters.sizes()).sum()).isEqualTo(1000);
        assertThat(clusters.loss()).isLessThan(0.01);
        for (float value : clusters.centroids()) {
            assertThat(value).isFinite();
        }
    }

    /** Squares of these are beyond the range of float. */
    @Test
    void hugeValuesLeaveCentroidsFinite() {
        float[][] rows = Points.gaussian(random, 500, 5);
        for (int r = 0; r < rows.length; r += 7) {
            Arrays.fill(rows[r], 3e38f);
        }
        Clusters clusters = cluster(new KMeans(10, 5, Start.PLUS_PLUS, false, random.nextLong()), rows, 1);
        for (float value : clusters.centroids()) {
            assertThat(value).isFinite();
        }
    }

    @Test
    void asManyClustersAsRowsLeaveNoLoss() {
        float[][] rows = Points.gaussian(random, 70, 4);
        Clusters clusters = cluster(new KMeans(70, 2, Start.SAMPLE, false, 1), rows, 1);
        assertThat(clusters.loss()).isCloseTo(0, within(1e-3));
        assertThat(clusters.sizes()).containsOnly(1);
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KMeans(0, 1, Start.SAMPLE, false, 1))
                .withMessage("count = 0, expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KMeans(1, -1, Start.SAMPLE, false, 1))
                .withMessage("iterations = -1, expected at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster(new KMeans(3, 1, Start.SAMPLE, false, 1), new float[2][2], 1))
                .withMessage("rows = 2, expected at least one a cluster, 3");
    }

    @Test
    void tellsHowFarItHasComeAndEndsWhenCancelled() {
        float[][] rows = Points.gaussian(random, 10_000, 3);
        List<Long> told = new ArrayList<>();
        KMeans parameters = new KMeans(8, 3, Start.SAMPLE, false, 1);
        AtomicInteger asked = new AtomicInteger();
        try (Memory memory = memory(rows)) {
            Rows all = Rows.of(memory, rows.length, 3);
            parameters.of(
                    all,
                    2,
                    (done, total) -> {
                        assertThat(total).isEqualTo(30_000);
                        told.add(done);
                    },
                    () -> false);
            assertThatThrownBy(() -> parameters.of(all, 2, Progress.NONE, () -> asked.incrementAndGet() > 4))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("k-means was cancelled");
        }
        assertThat(told).isSorted().endsWith(30_000L);
        assertThat(asked.get()).isLessThan(9);
    }
}
