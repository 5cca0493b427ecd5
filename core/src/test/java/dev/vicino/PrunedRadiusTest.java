package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All neighbours within a radius in an index with codes: just those of a full scan that are near enough. */
@ExtendWith(Seeds.class)
final class PrunedRadiusTest {
    private static final int ROWS = 4300;
    private static final int D = 128;

    /** Enough for a batch to be pruned. */
    private static final int QUERIES = 25;

    @ParameterizedTest
    @EnumSource(names = {"DECAYING", "CLUSTERS", "EXACT_TIES", "NEAR_TIES", "MIXED_NORMS"})
    void findsThoseOfAFullScan(HardRows kind) {
        Random random = Seeds.random();
        float[][] rows = kind.rows(random, ROWS, D);
        float[][] queries = HardRows.queries(random, rows, QUERIES);
        for (Metric metric : Metric.values()) {
            Vicino.Builder builder =
                    Vicino.index(Vectors.of(rows)).metric(metric).ids(Seeds.ids(random, ROWS));
            try (VectorIndex scanned = builder.spec("Flat(prune=false)").build();
                    VectorIndex pruned = builder.spec("Flat").build()) {
                List<Neighbors> all = Arrays.stream(queries)
                        .map(query -> scanned.search(query, ROWS))
                        .toList();
                int query = random.nextInt(QUERIES);
                for (float radius : radii(metric.isSimilarity(), all.get(query))) {
                    assertFinds(scanned, queries, all, radius, query);
                    assertFinds(pruned, queries, all, radius, query);
                }
            }
        }
    }

    /** The scores of some neighbours, and what is a hair less and a hair more; everything, and nothing. */
    private static List<Float> radii(boolean similarity, Neighbors all) {
        List<Float> radii = new ArrayList<>();
        for (int rank : new int[] {0, 100}) {
            float score = all.score(rank);
            radii.addAll(List.of(Radius.smaller(similarity, score), score, Radius.larger(similarity, score)));
        }
        radii.add(Radius.everything(similarity));
        radii.add(-Radius.everything(similarity));
        return radii;
    }

    private static void assertFinds(
            VectorIndex index, float[][] queries, List<Neighbors> all, float radius, int single) {
        try (Vectors batch = Vectors.of(queries)) {
            List<Neighbors> found = index.searchAllWithin(batch, radius, SearchOptions.DEFAULT);
            for (int i = 0; i < QUERIES; i++) {
                String what = "%s, %s, query %s within %s".formatted(index.spec(), index.metric(), i, radius);
                int count = Radius.count(all.get(i), index.metric().isSimilarity(), radius);
                Neighbors expected = Oracle.first(all.get(i), count);
                Oracle.assertSame(found.get(i), expected, what + " in a batch");
                if (i == single) {
                    SearchOptions two = SearchOptions.DEFAULT.withThreads(2);
                    Oracle.assertSame(index.searchWithin(queries[i], radius, SearchOptions.DEFAULT), expected, what);
                    Oracle.assertSame(index.searchWithin(queries[i], radius, two), expected, what + ", two threads");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"L2", "L1"})
    void nothingIsWithinADistanceBelowZero(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = HardRows.DUPLICATES.rows(random, ROWS, D);
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).metric(metric).build();
                Vectors batch = Vectors.of(Arrays.copyOf(rows, QUERIES))) {
            for (float radius : new float[] {-Float.MIN_VALUE, -1, -Float.MAX_VALUE}) {
                assertThat(index.searchWithin(rows[0], radius, SearchOptions.DEFAULT)
                                .size())
                        .isZero();
                assertThat(index.searchAllWithin(batch, radius, SearchOptions.DEFAULT))
                        .hasSize(QUERIES)
                        .allMatch(found -> found.size() == 0);
            }
            assertThat(index.searchWithin(rows[0], 0, SearchOptions.DEFAULT).size())
                    .isGreaterThan(1);
        }
    }
}
