package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A tree answers what exact search answers, to the last bit and tie: whatever the rows, the metric and the question. */
@ExtendWith(Seeds.class)
final class TreeAnswersTest {
    private static final int[] DIMENSIONS = {1, 2, 3, 5, 8, 16, 17, 20, 33, 70};
    private static final int QUERIES = 12;

    @RegisterExtension
    private final CheckedTrees trees = new CheckedTrees();

    /** Every kind of tree under every metric. */
    static Stream<Arguments> kinds() {
        return CheckedTrees.SPECS.stream()
                .flatMap(spec -> Stream.of(Metric.values()).map(metric -> Arguments.of(spec, metric)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void realRowsAreFoundAsExactSearchFindsThem(String spec, Metric metric) {
        Random random = Seeds.random();
        for (int d : DIMENSIONS) {
            int n = 1 + random.nextInt(3000);
            float[][] rows = random.nextBoolean() ? Seeds.realRows(random, n, d) : Points.clustered(random, n, d, 10);
            long[] ids = Seeds.ids(random, n);
            assertExact(random, spec, metric, rows, ids, spec + ", " + metric + ", d = " + d + ", n = " + n);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatBreakBoundsAreFoundAsExactSearchFindsThem(HardRows kind) {
        Random random = Seeds.random();
        for (String spec : CheckedTrees.SPECS) {
            for (Metric metric : Metric.values()) {
                int d = 16 + random.nextInt(6);
                float[][] rows = kind.rows(random, 700, d);
                long[] ids = Seeds.ids(random, rows.length);
                assertExact(random, spec, metric, rows, ids, kind + ", " + spec + ", " + metric + ", d = " + d);
            }
        }
    }

    private void assertExact(Random random, String spec, Metric metric, float[][] rows, long[] ids, String what) {
        int d = rows[0].length;
        TreeIndex index = trees.build(spec, metric, rows, d, ids);
        try (VectorIndex exact = CheckedIndexes.exact(metric, rows, d, ids)) {
            for (float[] query : HardRows.queries(random, rows, QUERIES)) {
                for (int k : new int[] {1, 10, 100, rows.length, Integer.MAX_VALUE}) {
                    Oracle.assertSame(index.search(query, k), exact.search(query, k), what + ", k = " + k);
                }
                Neighbors some = exact.search(query, 30);
                float radius = some.score(some.size() - 1);
                if (Float.isFinite(radius)) {
                    SearchOptions options = SearchOptions.DEFAULT;
                    Oracle.assertSame(
                            index.searchWithin(query, radius, options),
                            exact.searchWithin(query, radius, options),
                            what + ", radius = " + radius);
                }
            }
            assertThat(index.search(rows[0], 1).work().complete()).isTrue();
        }
        trees.close(index);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void batchesFiltersAndJoinsAreThoseOfExactSearch(String spec, Metric metric) {
        Random random = Seeds.random();
        int n = 1500;
        for (int d : new int[] {2, 3, 8}) {
            float[][] rows = Points.clustered(random, n, d, 8);
            long[] ids = Seeds.ids(random, n);
            TreeIndex index = trees.build(spec, metric, rows, d, ids);
            String what = spec + ", " + metric + ", d = " + d;
            try (VectorIndex exact = CheckedIndexes.exact(metric, rows, d, ids);
                    Vectors queries = Vectors.of(HardRows.queries(random, rows, 300))) {
                for (SearchOptions options : options(random, ids)) {
                    assertSame(index.searchAll(queries, 7, options), exact.searchAll(queries, 7, options), what);
                    float radius = exact.search(rows[0], 20).score(19);
                    assertSame(
                            index.searchAllWithin(queries, radius, options),
                            exact.searchAllWithin(queries, radius, options),
                            what);
                    assertSame(join(index, options), join(exact, options), what + ", join");
                }
            }
            trees.close(index);
        }
    }

    private static List<SearchOptions> options(Random random, long[] ids) {
        List<SearchOptions> options = new ArrayList<>();
        options.add(SearchOptions.DEFAULT);
        options.add(SearchOptions.DEFAULT.withThreads(3).withExact(true));
        for (double share : new double[] {0, 0.01, 0.3, 1}) {
            IdSet some = IdSet.of(IntStream.range(0, ids.length)
                    .filter(i -> random.nextDouble() < share)
                    .mapToLong(i -> ids[i])
                    .toArray());
            options.add(SearchOptions.DEFAULT.withThreads(2).withFilter(some));
        }
        return options;
    }

    private static void assertSame(List<Neighbors> actual, List<Neighbors> expected, String what) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            Oracle.assertSame(actual.get(i), expected.get(i), what + ", query " + i);
        }
    }

    /** What a join tells, the ids in their order. */
    private static List<Neighbors> join(VectorIndex index, SearchOptions options) {
        List<Neighbors> found = new ArrayList<>();
        index.searchSelf(3, options, (id, neighbors) -> {
            found.add(new Neighbors(new long[] {id}, new float[] {0}, neighbors.work()));
            found.add(neighbors);
        });
        return found;
    }
}
