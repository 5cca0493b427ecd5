package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every graph has to do, whatever it is made of: exact search is the oracle. */
@ExtendWith(Seeds.class)
final class GraphContractTest {
    static final List<String> SPECS = List.of(
            "HNSW16",
            "HNSW8(efConstruction=40,seed=7)",
            "HNSW16(extendCandidates=true,keepPrunedConnections=true)",
            "HNSW16,SQ8,Refine(Flat)",
            "HNSW16,RaBitQ,Refine(Flat)",
            "HNSW16,RaBitQ2,Refine(Flat)",
            "HNSW16,RaBitQ4,Refine(Flat)",
            "HNSW16,RaBitQ2",
            "IVF16",
            "IVF16,SQ8,Refine(Flat)",
            "IVF16,RaBitQ,Refine(Flat)",
            "IVF16,RaBitQ2");

    private static final int[] DIMENSIONS = {1, 3, 17, 64, 100, 128, 384, 1536};
    private static final int DUPLICATES = 2000;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    /** Every spec under every metric that it can be under. */
    static Stream<Arguments> kinds() {
        return SPECS.stream()
                .flatMap(spec -> Stream.of(Metric.values())
                        .filter(metric -> metric != Metric.L1 || !spec.contains("RaBitQ"))
                        .map(metric -> Arguments.of(spec, metric)));
    }

    /** Whether the scores in answers are those of the rows themselves, not of their codes. */
    static boolean isExact(String spec) {
        return !spec.endsWith(",RaBitQ2");
    }

    /** Options with which nothing is left out: the beam holds all, and all in it are compared again. */
    static SearchOptions thorough(int n) {
        return SearchOptions.DEFAULT.withEffort(n).withRerank(n);
    }

    private static int rows(int dimension) {
        return dimension > 200 ? 60 : 150;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anEmptyIndexFindsNothingUntilSomethingIsAdded(String spec, Metric metric) {
        Random random = Seeds.random();
        for (int d : DIMENSIONS) {
            ChangingIndex index = graphs.build(spec, metric, new float[0][], d);
            float[] query = Seeds.reals(random, d);
            float radius = Radius.everything(metric.isSimilarity());
            assertThat(index.size()).isZero();
            for (Neighbors found : ask(index, query, 3, radius)) {
                assertThat(found.size()).isZero();
            }
            index.searchSelf(3, SearchOptions.DEFAULT, (id, neighbors) -> {
                throw new AssertionError("id " + id + " of an empty index");
            });
            index.check();
            index.add(-5, query);
            for (Neighbors found : ask(index, query, 3, radius)) {
                assertThat(found.ids()).as("d = %s", d).containsExactly(-5);
            }
            graphs.close(index);
        }
    }

    /** All ways to ask. */
    private static List<Neighbors> ask(VectorIndex index, float[] query, int k, float radius) {
        List<Neighbors> answers = new ArrayList<>();
        answers.add(index.search(query, k));
        answers.add(index.searchWithin(query, radius, SearchOptions.DEFAULT));
        try (Vectors batch = Vectors.of(query, query)) {
            answers.addAll(index.searchAll(batch, k, SearchOptions.DEFAULT.withThreads(2)));
            answers.addAll(index.searchAllWithin(batch, radius, SearchOptions.DEFAULT.withThreads(2)));
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneVectorIsFoundByEveryQuery(String spec, Metric metric) {
        Random random = Seeds.random();
        for (int d : DIMENSIONS) {
            float[][] rows = {Seeds.reals(random, d)};
            ChangingIndex index = graphs.build(spec, metric, rows, d);
            float[][] queries = {rows[0], Seeds.reals(random, d), new float[d]};
            try (VectorIndex exact = CheckedIndexes.exact(metric, rows, d)) {
                for (float[] query : queries) {
                    Neighbors found = index.search(query, 7);
                    assertThat(found.ids()).containsExactly(0);
                    assertThat(found.score(0)).isFinite();
                    if (isExact(spec)) {
                        Oracle.assertSame(found, exact.search(query, 7), "d = " + d);
                    }
                }
            }
            graphs.close(index);
        }
    }

    /** So every score is that of exact search, bit for bit, and ties are in the order of ids. */
    @ParameterizedTest
    @MethodSource("kinds")
    void asManyAsThereAreIsTheWholeExactAnswer(String spec, Metric metric) {
        Random random = Seeds.random();
        for (int d : DIMENSIONS) {
            int n = rows(d);
            float[][] rows = Seeds.realRows(random, n, d);
            rows[n / 2] = new float[d];
            long[] ids = Seeds.ids(random, n);
            ChangingIndex index = graphs.build(spec, metric, rows, d, ids, 1);
            try (VectorIndex exact = CheckedIndexes.exact(metric, rows, d, ids)) {
                for (float[] query : HardRows.queries(random, rows, 8)) {
                    for (int k : new int[] {n, n + 5, Integer.MAX_VALUE}) {
                        assertWhole(index.search(query, k), exact.search(query, n), isExact(spec), "d = " + d);
                    }
                }
            }
            graphs.close(index);
        }
    }

    private static void assertWhole(Neighbors found, Neighbors expected, boolean isExact, String what) {
        if (isExact) {
            Oracle.assertSame(found, expected, what);
            return;
        }
        assertThat(sorted(found)).as(what).isEqualTo(sorted(expected));
        for (float score : found.scores()) {
            assertThat(score).as(what).isFinite();
        }
    }

    private static long[] sorted(Neighbors found) {
        long[] ids = found.ids();
        Arrays.sort(ids);
        return ids;
    }

    /** Duplicates and rows with the same score all over: the few that are asked for are those of the smallest ids. */
    @ParameterizedTest
    @MethodSource("kinds")
    void withAllItsEffortAGraphIsExactTiesIncluded(String spec, Metric metric) {
        Random random = Seeds.random();
        int n = 400;
        for (int d : new int[] {16, 37, 130}) {
            float[][] rows = Seeds.signRows(random, n, d);
            float[][] others = Seeds.realRows(random, n / 8, d);
            for (int r = 0; r < n / 2; r++) {
                rows[r] = others[random.nextInt(others.length)];
            }
            long[] ids = Seeds.ids(random, n);
            ChangingIndex index = graphs.build(spec, metric, rows, d, ids, 1);
            try (VectorIndex exact = CheckedIndexes.exact(metric, rows, d, ids)) {
                for (float[] query : HardRows.queries(random, rows, 16)) {
                    for (int k : new int[] {1, 10, n / 2}) {
                        Neighbors found = index.search(query, k, thorough(n));
                        Neighbors expected = exact.search(query, k);
                        if (isExact(spec)) {
                            Oracle.assertSame(found, expected, "k = " + k + ", d = " + d);
                        } else {
                            assertThat(found.size()).isEqualTo(k);
                        }
                    }
                }
            }
            graphs.close(index);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void thousandsOfEqualVectorsAreAllReachable(String spec, Metric metric) {
        Random random = new Random(7); // recall has a floor here
        int d = 16;
        float[][] rows = new float[DUPLICATES + 100][];
        float[] twin = Seeds.reals(random, d);
        for (int r = 0; r < rows.length; r++) {
            rows[r] = r % 21 == 0 ? Seeds.reals(random, d) : twin;
        }
        ChangingIndex index = graphs.build(spec, metric, rows, d);
        assertThat(LongStream.of(index.search(twin, rows.length).ids())
                        .distinct()
                        .count())
                .isEqualTo(rows.length);
        // Lists that are filled up with what lies behind others are filled up with twins.
        if (isExact(spec) && !spec.contains("keepPrunedConnections=true")) {
            assertThat(recallOfOthers(index, rows))
                    .as("recall of rows among thousands of twins")
                    .isGreaterThan(0.9);
        }
    }

    /** How many of the rows that have no twin are found where exact search finds them: by themselves. */
    private static double recallOfOthers(ChangingIndex index, float[][] rows) {
        float[][] others = IntStream.range(0, rows.length)
                .filter(r -> r % 21 == 0)
                .mapToObj(r -> rows[r])
                .toArray(float[][]::new);
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, index.dimension())) {
            return Recall.at(1, index, exact, others, SearchOptions.DEFAULT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatBreakBoundsAreFoundAsExactSearchFindsThem(HardRows kind) {
        Random random = Seeds.random();
        int n = 150;
        int d = 16 + random.nextInt(20);
        float[][] rows = kind.rows(random, n, d);
        float[][] queries = HardRows.queries(random, rows, 8);
        for (Metric metric : Metric.values()) {
            try (VectorIndex exact = CheckedIndexes.exact(metric, rows, d)) {
                for (String spec : SPECS) {
                    if (metric == Metric.L1 && spec.contains("RaBitQ")) {
                        continue;
                    }
                    ChangingIndex index = graphs.build(spec, metric, rows, d);
                    String what = spec + ", " + metric + ", d = " + d;
                    for (float[] query : queries) {
                        Neighbors expected = exact.search(query, n);
                        assertWhole(index.search(query, n), expected, isExact(spec), what);
                        if (isExact(spec)) {
                            Neighbors few = index.search(query, 5, thorough(n));
                            Oracle.assertSame(few, Oracle.first(expected, 5), what + ", k = 5");
                        }
                    }
                    graphs.close(index);
                }
            }
        }
    }
}
