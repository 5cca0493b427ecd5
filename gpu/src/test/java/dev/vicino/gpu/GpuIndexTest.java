package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IdSet;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code Flat(device=gpu)} on a card that there is not: the answers are those of the plain scan, to the last bit. */
@ExtendWith(Seeds.class)
final class GpuIndexTest {
    private static final String PLAIN = "Flat(prune=false)";
    private static final String GPU = "Flat(device=gpu)";

    private final Random random = Seeds.random();
    private final FakeDriver driver = new FakeDriver(FakeDriver.CAPACITY, random);

    @AfterEach
    void allWasGivenBack() {
        assertThat(driver.hasNothing()).isTrue();
    }

    private void hasCard(boolean resident) {
        FakeProvider.has(new FakeCard(driver, resident));
    }

    private static VectorIndex index(String spec, Metric metric, float[][] rows) {
        return Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build();
    }

    /** Both kinds of both, with an odd number of rows, values and queries. */
    private void assertSameAnswers(Metric metric, float[][] rows, float[][] queries, int k, SearchOptions options) {
        try (VectorIndex expected = index(PLAIN, metric, rows);
                Vectors asked = Vectors.of(queries)) {
            List<Neighbors> answers = expected.searchAll(asked, k, options);
            for (boolean resident : new boolean[] {true, false}) {
                hasCard(resident);
                try (VectorIndex index = index(GPU, metric, rows)) {
                    assertSame(index.searchAll(asked, k, options), answers);
                    assertSame(List.of(index.search(queries[0], k, options)), answers.subList(0, 1));
                }
            }
        }
    }

    private static void assertSame(List<Neighbors> actual, List<Neighbors> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(actual.get(i).ids())
                    .as("ids of query %s", i)
                    .isEqualTo(expected.get(i).ids());
            assertThat(actual.get(i).scores())
                    .as("scores of query %s", i)
                    .isEqualTo(expected.get(i).scores());
        }
    }

    private static boolean isOfCard(Neighbors neighbors) {
        return neighbors.work().plan().equals("card");
    }

    @ParameterizedTest
    @EnumSource(names = {"COSINE", "DOT", "L2"})
    void answersAreThoseOfThePlainScan(Metric metric) {
        float[][] rows = Seeds.rows(random, 10_007, 45);
        rows[17] = new float[45];
        rows[4000] = scaled(rows[4000], 1e25f); // extreme
        rows[4001] = scaled(rows[4001], 1e-25f);
        rows[9000] = rows[9001].clone();
        float[][] queries = Seeds.rows(random, 51, 45);
        queries[1] = new float[45];
        queries[2] = rows[9001].clone();
        queries[3] = scaled(queries[3], 1e-30f);
        queries[4] = scaled(queries[4], 1e25f);
        for (int k : new int[] {1, 10, 100}) {
            assertSameAnswers(metric, rows, queries, k, SearchOptions.DEFAULT);
        }
    }

    private static float[] scaled(float[] row, float by) {
        float[] scaled = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            scaled[i] = row[i] * by;
        }
        return scaled;
    }

    @Test
    void manyNeighboursAreFoundAndMoreThanTheCardKeeps() {
        float[][] rows = Seeds.rows(random, 6000, 8);
        float[][] queries = Seeds.rows(random, 3, 8);
        for (int k : new int[] {1024, 1025, 7000}) {
            assertSameAnswers(Metric.L2, rows, queries, k, SearchOptions.DEFAULT.withThreads(2));
        }
    }

    @Test
    void fewRowsAreEnough() {
        for (int size : new int[] {1, 2, 127, 128, 129}) {
            assertSameAnswers(
                    Metric.COSINE, Seeds.rows(random, size, 3), Seeds.rows(random, 17, 3), 5, SearchOptions.DEFAULT);
        }
    }

    @Test
    void filtersLeaveWhatTheyAllow() {
        float[][] rows = Seeds.rows(random, 9000, 20);
        float[][] queries = Seeds.rows(random, 20, 20);
        for (int every : new int[] {2, 97, 5000}) {
            IdSet allowed = IdSet.of(
                    LongStream.range(0, 9000).filter(id -> id % every == 1).toArray());
            assertSameAnswers(Metric.DOT, rows, queries, 10, SearchOptions.DEFAULT.withFilter(allowed));
        }
        assertSameAnswers(Metric.DOT, rows, queries, 10, SearchOptions.DEFAULT.withFilter(IdSet.of()));
    }

    /** Sorted by distance, the farthest first in every order but the card's own. */
    @Test
    void sortedRowsAreFound() {
        float[][] rows = Seeds.rows(random, 12_000, 16);
        float[][] queries = Seeds.rows(random, 5, 16);
        Arrays.sort(rows, (a, b) -> Float.compare(dot(b, queries[0]), dot(a, queries[0])));
        assertSameAnswers(Metric.DOT, rows, queries, 50, SearchOptions.DEFAULT);
    }

    private static float dot(float[] a, float[] b) {
        float sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Sixteen bits cannot tell these apart, single precision can: rows that differ by a thousandth of their length. */
    @Test
    void whatHalfPrecisionLeavesOpenIsDecidedInSinglePrecision() {
        float[] centre = Seeds.rows(random, 1, 32)[0];
        float[][] rows = Seeds.rows(random, 9000, 32);
        for (float[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                row[i] = centre[i] + row[i] * 1e-4f * Math.abs(centre[i]);
            }
        }
        hasCard(true);
        try (VectorIndex index = index(GPU, Metric.DOT, rows);
                VectorIndex expected = index(PLAIN, Metric.DOT, rows)) {
            Neighbors found = index.search(centre, 10);
            assertThat(isOfCard(found)).isTrue();
            assertThat(found.work().exact()).isLessThan(4096);
            assertSame(List.of(found), List.of(expected.search(centre, 10)));
        }
    }

    /** More equal rows than the card keeps: the plain scan decides, by id. */
    @Test
    void whatTheCardLeavesOpenIsDecidedByThePlainScan() {
        float[][] rows = new float[9000][];
        Arrays.fill(rows, Seeds.rows(random, 1, 10)[0]);
        hasCard(true);
        try (VectorIndex index = index(GPU, Metric.COSINE, rows)) {
            Neighbors found = index.search(rows[0], 3);
            assertThat(isOfCard(found)).isFalse();
            assertThat(found.ids()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void threadsSearchAtOnce() throws InterruptedException, ExecutionException {
        float[][] rows = Seeds.rows(random, 5000, 24);
        float[][] queries = Seeds.rows(random, 40, 24);
        for (boolean resident : new boolean[] {true, false}) {
            hasCard(resident);
            try (VectorIndex index = index(GPU, Metric.L2, rows);
                    VectorIndex expected = index(PLAIN, Metric.L2, rows);
                    ExecutorService threads = Executors.newFixedThreadPool(8)) {
                List<Future<Neighbors>> found = new ArrayList<>();
                for (float[] query : queries) {
                    found.add(threads.submit(() -> index.search(query, 10)));
                }
                for (int i = 0; i < queries.length; i++) {
                    assertSame(List.of(found.get(i).get()), List.of(expected.search(queries[i], 10)));
                }
            }
        }
    }

    @Test
    void withinARadiusThePlainScanSearches() {
        float[][] rows = Seeds.rows(random, 3000, 12);
        hasCard(true);
        try (VectorIndex index = index(GPU, Metric.COSINE, rows);
                VectorIndex expected = index(PLAIN, Metric.COSINE, rows)) {
            assertSame(
                    List.of(index.searchWithin(rows[5], 0.6f, SearchOptions.DEFAULT)),
                    List.of(expected.searchWithin(rows[5], 0.6f, SearchOptions.DEFAULT)));
        }
    }

    @Test
    void timeThatIsOverEndsASearch() {
        hasCard(true);
        try (VectorIndex index = index(GPU, Metric.DOT, Seeds.rows(random, 5000, 12))) {
            SearchOptions options = SearchOptions.DEFAULT.withTimeLimit(Duration.ofNanos(1));
            assertThat(index.search(Seeds.rows(random, 1, 12)[0], 5, options)
                            .work()
                            .complete())
                    .isFalse();
        }
    }

    @Test
    void aFileOpensOnEitherDevice(@TempDir Path folder) throws IOException {
        float[][] rows = Seeds.rows(random, 3000, 12);
        float[] query = Seeds.rows(random, 1, 12)[0];
        Path file = folder.resolve("gpu.vci");
        Path pruned = folder.resolve("pruned.vci");
        hasCard(true);
        try (VectorIndex index = index(GPU, Metric.DOT, rows);
                VectorIndex other = index("Flat", Metric.DOT, rows)) {
            index.save(file);
            other.save(pruned);
        }
        try (VectorIndex same = Vicino.open(file);
                VectorIndex onProcessor = Vicino.open(file, IndexSpec.Device.CPU);
                VectorIndex moved = Vicino.open(pruned, IndexSpec.Device.GPU)) {
            assertThat(same.spec()).hasToString(GPU);
            assertThat(onProcessor.spec()).hasToString(PLAIN);
            assertThat(moved.spec()).hasToString(GPU);
            assertThat(isOfCard(same.search(query, 9))).isTrue();
            assertThat(isOfCard(onProcessor.search(query, 9))).isFalse();
            assertSame(List.of(same.search(query, 9)), List.of(onProcessor.search(query, 9)));
            assertSame(List.of(moved.search(query, 9)), List.of(onProcessor.search(query, 9)));
        }
    }

    @Test
    void manhattanDistancesAreNotForCards() {
        hasCard(true);
        try (Vectors vectors = Vectors.of(Seeds.rows(random, 10, 4))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            Vicino.index(vectors).metric(Metric.L1).spec(GPU).build())
                    .withMessageContaining("metric = l1, expected cosine, dot or l2");
        }
    }
}
