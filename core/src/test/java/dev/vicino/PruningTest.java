package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Large indexes, whose rows have codes: what a bound excludes is never an answer, so every answer is that of a scan, bit for bit. Run
 * on rows that are easy to exclude, that are not, that tie, and that are extreme, and in all the ways that a search may take.
 */
@ExtendWith(Seeds.class)
final class PruningTest {
    /** Enough for four threads, and for a batch to be pruned; no multiple of any block. */
    private static final int ROWS = 18_013;

    /** Enough on each of two threads for a group of lanes. */
    private static final int QUERIES = 64;

    /** Of these, so many are searched alone too. */
    private static final int SINGLES = 5;

    private static final int K = 10;

    /** The most neighbours that a search prunes for; with one more it scans. */
    private static final int MOST_PRUNED = ROWS / 16;

    private final Random random = Seeds.random();

    /** Odd, so that no width fits. */
    private final int d = 65 + 2 * random.nextInt(8);

    @TempDir
    private Path folder;

    private VectorIndex scanned = Vicino.index(Vectors.of(new float[1], 1)).build();
    private VectorIndex pruned = Vicino.index(Vectors.of(new float[1], 1)).build();
    private final Set<String> plans = new HashSet<>();

    private void build(Metric metric, float[][] rows) {
        close();
        scanned = builder(metric, rows).spec("Flat(prune=false)").build();
        pruned = builder(metric, rows).threads(2).build();
    }

    private Vicino.Builder builder(Metric metric, float[][] rows) {
        return Vicino.index(Vectors.of(rows)).metric(metric);
    }

    @AfterEach
    void close() {
        scanned.close();
        pruned.close();
    }

    private void assertSame(Neighbors actual, Neighbors expected, String what) {
        plans.add(actual.work().plan());
        Oracle.assertSame(actual, expected, what);
    }

    private void assertSearchesAgree(float[][] queries, SearchOptions options, int... ks) {
        for (int i = 0; i < SINGLES; i++) {
            float[] query = queries[i];
            for (int k : ks) {
                Neighbors expected = scanned.search(query, k, options);
                float radius = expected.size() == 0 ? 0 : expected.score(expected.size() - 1);
                Neighbors within = scanned.searchWithin(query, radius, options);
                for (int threads : new int[] {1, 4}) {
                    String what = "query " + i + ", k = " + k + ", threads = " + threads;
                    SearchOptions together = options.withThreads(threads);
                    assertSame(pruned.search(query, k, together), expected, what);
                    assertSame(pruned.searchWithin(query, radius, together), within, what + ", within");
                }
            }
        }
    }

    private void assertBatchesAgree(float[][] queries, SearchOptions options) {
        float radius = scanned.search(queries[0], K).score(K - 1);
        try (Vectors batch = Vectors.of(queries)) {
            List<List<Neighbors>> nearest = new ArrayList<>();
            List<List<Neighbors>> within = new ArrayList<>();
            for (int threads : new int[] {1, 2}) {
                nearest.add(pruned.searchAll(batch, K, options.withThreads(threads)));
                within.add(pruned.searchAllWithin(batch, radius, options.withThreads(threads)));
            }
            for (int i = 0; i < queries.length; i++) {
                Neighbors expected = scanned.search(queries[i], K, options);
                Neighbors expectedWithin = scanned.searchWithin(queries[i], radius, options);
                for (int j = 0; j < nearest.size(); j++) {
                    String what = "query " + i + " of a batch, " + (j + 1) + " threads";
                    assertSame(nearest.get(j).get(i), expected, what);
                    assertSame(within.get(j).get(i), expectedWithin, what + ", within");
                }
            }
        }
    }

    private void assertAllAgree(float[][] queries) {
        assertSearchesAgree(queries, SearchOptions.DEFAULT, 1, K, MOST_PRUNED, MOST_PRUNED + 1);
        assertBatchesAgree(queries, SearchOptions.DEFAULT);
        for (double share : new double[] {0.0001, 0.05, 0.9}) {
            IdSet some = IdSet.of(LongStream.range(0, ROWS)
                    .filter(id -> random.nextDouble() < share)
                    .toArray());
            assertSearchesAgree(queries, SearchOptions.DEFAULT.withFilter(some), K);
            if (share > 0.5) {
                assertBatchesAgree(queries, SearchOptions.DEFAULT.withFilter(some));
            }
        }
    }

    /** Some are rows, some are near to rows, some are far from all; one is zero, one is extreme. */
    private float[][] queries(float[][] rows) {
        float[][] queries = new float[QUERIES][];
        for (int i = 0; i < QUERIES; i++) {
            queries[i] = rows[random.nextInt(ROWS)].clone();
            if (i % 3 == 1) {
                queries[i][random.nextInt(d)] += 0.01f;
            } else if (i % 3 == 2) {
                queries[i] = Seeds.reals(random, d);
            }
        }
        queries[3] = new float[d];
        queries[4][0] = 1e30f;
        return queries;
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatAreEasyToExclude(Metric metric) {
        float[][] rows = Seeds.embeddings(random, ROWS, d);
        build(metric, rows);
        assertAllAgree(queries(rows));
        assertThat(plans).as("ways that searches went").anyMatch(plan -> plan.startsWith("pruned by"));
        if (metric != Metric.L1) {
            assertThat(plans).contains("pruned batch", "pruned by components and codes");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatAreNot(Metric metric) {
        float[][] rows = Seeds.realRows(random, ROWS, d);
        build(metric, rows);
        assertAllAgree(queries(rows));
    }

    /** One cluster after the other: of some blocks nearly everything is left, of the others nothing. */
    @ParameterizedTest
    @EnumSource
    void rowsInTheOrderOfTheirClusters(Metric metric) {
        float[][] rows = Seeds.embeddings(random, ROWS, d);
        float[][] centres = Seeds.embeddings(random, 1 + ROWS / 1500, d);
        for (int r = 0; r < ROWS; r++) {
            float[] row = rows[r].clone();
            for (int i = 0; i < d; i++) {
                row[i] = 0.2f * row[i] + 5 * centres[r / 1500][i];
            }
            rows[r] = row;
        }
        build(metric, rows);
        assertAllAgree(queries(rows));
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatTie(Metric metric) {
        float[][] rows = Seeds.signRows(random, ROWS, d);
        build(metric, rows);
        assertAllAgree(queries(rows));
    }

    @ParameterizedTest
    @EnumSource
    void rowsOfWhichSomeAreExtreme(Metric metric) {
        float[][] rows = Seeds.embeddings(random, ROWS, d);
        for (int r = 0; r < ROWS; r += 1 + random.nextInt(300)) {
            rows[r] = rows[r].clone();
            for (int i = 0; i < d; i++) {
                rows[r][i] *= r % 2 == 0 ? 1e-30f : 1e25f;
            }
        }
        rows[100] = new float[d];
        build(metric, rows);
        assertAllAgree(queries(rows));
    }

    /** All the same but for two: no spread, no components. */
    @ParameterizedTest
    @EnumSource
    void rowsThatAreAllTheSame(Metric metric) {
        float[][] rows = new float[ROWS][];
        Arrays.fill(rows, Seeds.reals(random, d));
        rows[5000] = Seeds.reals(random, d);
        rows[17_000] = new float[d];
        build(metric, rows);
        assertAllAgree(queries(rows));
    }

    @ParameterizedTest
    @EnumSource
    void codesComeBackFromAFile(Metric metric) throws IOException {
        float[][] rows = Seeds.embeddings(random, ROWS, d);
        build(metric, rows);
        Path file = folder.resolve("index");
        pruned.save(file);
        Path again = folder.resolve("again");
        pruned.close();
        pruned = Vicino.open(file);
        pruned.verify((done, total) -> assertThat(done).isLessThanOrEqualTo(total));
        assertSearchesAgree(queries(rows), SearchOptions.DEFAULT, K);
        assertBatchesAgree(queries(rows), SearchOptions.DEFAULT);
        assertThat(plans).as("ways that searches went").anyMatch(plan -> plan.startsWith("pruned by"));
        pruned.save(again);
        assertThat(again).hasSameBinaryContentAs(file);
    }
}
