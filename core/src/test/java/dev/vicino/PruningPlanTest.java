package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How an index goes about a search: it prunes where that pays, and soon scans where it does not. */
@ExtendWith(Seeds.class)
final class PruningPlanTest {
    private static final int ROWS = 5000;
    private static final int D = 64;
    private static final int K = 10;
    private static final int QUERIES = 100;

    /** Of the rows, so many may be looked at exactly on data that is easy. */
    private static final double FEW = 0.05;

    private static final String SCAN = "scan";

    private static VectorIndex index(Metric metric, float[][] rows) {
        return Vicino.index(Vectors.of(rows)).metric(metric).build();
    }

    private static float[] nearTo(float[] row, Random random) {
        float[] near = row.clone();
        for (int i = 0; i < near.length; i++) {
            near[i] *= 1 + 0.01f * (float) random.nextGaussian();
        }
        return near;
    }

    static Stream<Arguments> easy() {
        return Stream.of(HardRows.CLUSTERS, HardRows.DECAYING)
                .flatMap(kind -> Stream.of(Metric.values()).map(metric -> Arguments.of(kind, metric)));
    }

    @ParameterizedTest
    @MethodSource("easy")
    void easyRowsStayPrunedAndFewAreLookedAt(HardRows kind, Metric metric) {
        Random random = Seeds.random();
        float[][] rows = kind.rows(random, ROWS, D);
        try (VectorIndex index = index(metric, rows)) {
            long exact = 0;
            for (int i = 0; i < QUERIES; i++) {
                Neighbors found = index.search(nearTo(rows[random.nextInt(ROWS)], random), K);
                assertThat(found.work().plan()).as("query %s", i).startsWith("pruned by");
                assertThat(found.work().compared()).as("codes compared").isBetween((long) ROWS, 2L * ROWS);
                exact += found.work().exact();
            }
            assertThat(exact / (double) QUERIES).as("rows looked at").isBetween((double) K, FEW * ROWS);
        }
    }

    /** Enough rows for a batch to have thresholds, and then to look at few of the rest. */
    @ParameterizedTest
    @EnumSource(names = "L1", mode = EnumSource.Mode.EXCLUDE)
    void easyRowsStayPrunedInBatches(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = HardRows.DECAYING.rows(random, 4 * ROWS, D);
        float[][] queries = new float[QUERIES][];
        Arrays.setAll(queries, i -> nearTo(rows[random.nextInt(rows.length)], random));
        try (VectorIndex index = index(metric, rows);
                Vectors batch = Vectors.of(queries)) {
            for (int round = 0; round < 3; round++) {
                long exact = 0;
                for (Neighbors found : index.searchAll(batch, K, SearchOptions.DEFAULT)) {
                    assertThat(found.work().plan()).isEqualTo("pruned batch");
                    exact += found.work().exact();
                }
                assertThat(exact / (double) QUERIES).as("rows looked at").isLessThan(FEW * rows.length);
            }
        }
    }

    /**
     * Rows that spread in the first half of their values alone, and queries far away in the second: nothing but the rounding of a
     * query tells how far a row is.
     */
    private static float[][] hopelessRows(Random random) {
        float[][] rows = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = Arrays.copyOf(Seeds.reals(random, D / 2), D);
            Arrays.fill(rows[r], D / 2, D, 1);
        }
        return rows;
    }

    private static float[] hopelessQuery(Random random) {
        float[] query = Seeds.reals(random, D);
        for (int i = D / 2; i < D; i++) {
            query[i] *= 1e4f;
        }
        return query;
    }

    private static List<String> plans(VectorIndex index, List<float[]> queries) {
        List<String> plans = new ArrayList<>();
        for (float[] query : queries) {
            plans.add(index.search(query, K).work().plan());
        }
        return plans;
    }

    /** A try that did not pay is repeated ever more seldom. */
    @ParameterizedTest
    @EnumSource(names = {"L2", "L1"})
    void hopelessRowsAreSoonScanned(Metric metric) {
        Random random = Seeds.random();
        try (VectorIndex index = index(metric, hopelessRows(random))) {
            List<float[]> queries = Stream.generate(() -> hopelessQuery(random))
                    .limit(2 + QUERIES)
                    .toList();
            List<String> plans = plans(index, queries);
            assertThat(plans.getFirst()).startsWith("pruned by");
            assertThat(plans.subList(2, plans.size()).stream().filter(SCAN::equals))
                    .as("scans among %s", plans)
                    .hasSizeGreaterThanOrEqualTo(QUERIES * 9 / 10);
        }
    }

    /** Queries that turn easy are noticed. */
    @Test
    void whatPaysAgainIsTakenUpAgain() {
        Random random = Seeds.random();
        float[][] rows = hopelessRows(random);
        try (VectorIndex index = index(Metric.L2, rows)) {
            List<float[]> hopeless =
                    Stream.generate(() -> hopelessQuery(random)).limit(10).toList();
            assertThat(plans(index, hopeless)).contains(SCAN);
            List<float[]> easy = Stream.generate(() -> nearTo(rows[random.nextInt(ROWS)], random))
                    .limit(QUERIES)
                    .toList();
            assertThat(plans(index, easy).subList(QUERIES / 2, QUERIES)).allMatch(plan -> plan.startsWith("pruned by"));
        }
    }

    /** Where a scan is as good whatever the data. */
    @Test
    void someSearchesAreAlwaysScanned() {
        Random random = Seeds.random();
        float[][] rows = HardRows.CLUSTERS.rows(random, ROWS, D);
        float[] query = nearTo(rows[0], random);
        try (VectorIndex index = index(Metric.L2, rows)) {
            assertThat(index.search(query, ROWS / 16).work().plan()).startsWith("pruned by");
            assertThat(index.search(query, ROWS / 16 + 1).work().plan()).isEqualTo(SCAN);
            IdSet few = IdSet.of(LongStream.range(0, ROWS / 20).toArray());
            Neighbors filtered = index.search(query, 1, SearchOptions.DEFAULT.withFilter(few));
            assertThat(filtered.work().plan()).isEqualTo(SCAN);
            assertThat(filtered.work().exact()).as("rows looked at").isLessThan(ROWS / 10);
            query[0] = 1e30f;
            assertThat(index.search(query, 1).work()).isEqualTo(new Neighbors.Work(SCAN, 0, ROWS));
        }
    }
}
