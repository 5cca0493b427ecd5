package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a graph says of its work, when it stops, and that all ways to ask have the same answers. */
@ExtendWith(Seeds.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GraphAnswersTest {
    private static final int ROWS = 5000;
    private static final int D = 24;
    private static final int K = 10;
    private static final String[] CODES = {"", ",SQ8,Refine(Flat)", ",RaBitQ2,Refine(Flat)", ",RaBitQ4"};

    private final float[][] rows = Points.clustered(new Random(41), ROWS, D, 30);
    private final float[][] queries = Points.clustered(new Random(41), 40, D, 30);
    private final List<ChangingIndex> indexes = new ArrayList<>();

    @BeforeAll
    void build() {
        for (Metric metric : Metric.values()) {
            for (String code : CODES) {
                if (metric != Metric.L1 || !code.contains("RaBitQ")) {
                    indexes.add((ChangingIndex) Vicino.index(Vectors.of(rows))
                            .metric(metric)
                            .spec("HNSW8(efConstruction=40)" + code)
                            .threads(1) // the same graph in every run
                            .build());
                }
            }
        }
    }

    @AfterAll
    void close() {
        for (ChangingIndex index : indexes) {
            index.check();
            index.close();
        }
    }

    /** An index that JUnit does not close. */
    record Subject(ChangingIndex index) {
        @Override
        public String toString() {
            return index.spec() + ", " + index.metric();
        }
    }

    private Stream<Subject> all() {
        return indexes.stream().map(Subject::new);
    }

    private ChangingIndex plain() {
        return indexes.getFirst();
    }

    @ParameterizedTest
    @MethodSource("all")
    void workIsCounted(Subject subject) {
        ChangingIndex index = subject.index;
        boolean coded = !index.spec().code().equals(new IndexSpec.Float32());
        boolean refined = index.spec().refine() == IndexSpec.Refine.FLAT;
        long hopsBefore = 0;
        for (int effort : new int[] {10, 100, 1000}) {
            long hops = 0;
            for (float[] query : queries) {
                Neighbors.Work work = index.search(query, K, SearchOptions.DEFAULT.withEffort(effort))
                        .work();
                assertThat(work.plan()).isEqualTo("graph");
                assertThat(work.complete()).isTrue();
                assertThat(work.hops()).isBetween((long) effort, (long) ROWS);
                if (coded) {
                    assertThat(work.compared()).isBetween((long) effort, (long) ROWS + 100);
                    assertThat(work.exact()).isBetween(refined ? (long) K : 0, refined ? (long) effort : 0);
                } else {
                    assertThat(work.compared()).isZero();
                    assertThat(work.exact()).isGreaterThanOrEqualTo(effort);
                }
                hops += work.hops();
            }
            assertThat(hops).isGreaterThan(hopsBefore);
            hopsBefore = hops;
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void noEffortNamedIsTheDefault(Subject subject) {
        ChangingIndex index = subject.index;
        String name = subject.toString();
        assertThat(index.defaultEffort()).isPositive();
        SearchOptions named = SearchOptions.DEFAULT.withEffort(index.defaultEffort());
        for (float[] query : queries) {
            Oracle.assertSame(index.search(query, K), index.search(query, K, named), name);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBatchIsOneSearchAfterAnother(Subject subject) {
        ChangingIndex index = subject.index;
        String name = subject.toString();
        try (Vectors batch = Vectors.of(queries)) {
            for (int threads = 1; threads <= 4; threads++) {
                SearchOptions options =
                        SearchOptions.DEFAULT.withThreads(threads).withEffort(30);
                List<Neighbors> found = index.searchAll(batch, K, options);
                float radius = found.getFirst().score(K - 1);
                List<Neighbors> within = index.searchAllWithin(batch, radius, options);
                assertThat(found).hasSameSizeAs(queries);
                for (int i = 0; i < queries.length; i++) {
                    Oracle.assertSame(found.get(i), index.search(queries[i], K, options), name + ", query " + i);
                    Oracle.assertSame(
                            within.get(i),
                            index.searchWithin(queries[i], radius, options),
                            name + ", within, query " + i);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyVectorHearsOfOthersAlone(Subject subject) {
        ChangingIndex index = subject.index;
        for (int threads : new int[] {1, 3}) {
            SearchOptions options = SearchOptions.DEFAULT.withEffort(20).withThreads(threads);
            List<Long> told = new ArrayList<>();
            index.searchSelf(3, options, (id, found) -> {
                told.add(id);
                assertThat(found.ids()).hasSize(3).doesNotHaveDuplicates().doesNotContain(id);
                if (id % 100 == 0) {
                    Neighbors more = index.search(rows[(int) id], 4, options);
                    assertThat(found.ids()).isEqualTo(more.without(id, 3).ids());
                }
            });
            assertThat(told).isEqualTo(LongStream.range(0, ROWS).boxed().toList());
        }
        AtomicInteger count = new AtomicInteger();
        float radius = index.metric().isSimilarity() ? Float.MAX_VALUE : -1;
        index.searchSelfWithin(radius, SearchOptions.DEFAULT, (id, found) -> {
            count.incrementAndGet();
            assertThat(found.size()).isZero();
        });
        assertThat(count.get()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRadiusFindsNearlyAllAndNobodyBeyond(Subject subject) {
        ChangingIndex index = subject.index;
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D)) {
            boolean byCodeAlone = index.spec().refine() == IndexSpec.Refine.NONE
                    && !index.spec().code().equals(new IndexSpec.Float32());
            for (int k : byCodeAlone ? new int[] {20, 400} : new int[] {1, 20, 400}) {
                List<Neighbors> found = new ArrayList<>();
                List<Neighbors> expected = new ArrayList<>();
                for (float[] query : queries) {
                    float radius = exact.search(query, k).score(k - 1);
                    Neighbors within = index.searchWithin(query, radius, SearchOptions.DEFAULT);
                    for (int i = 0; i < within.size(); i++) {
                        assertThat(index.metric().isWithin(within.score(i), radius))
                                .isTrue();
                    }
                    assertThat(within.ids()).doesNotHaveDuplicates();
                    found.add(within);
                    expected.add(exact.searchWithin(query, radius, SearchOptions.DEFAULT));
                }
                assertThat(Recall.of(found, expected)).as("k = %s", k).isGreaterThan(byCodeAlone ? 0.6 : 0.95);
            }
            float everything = Radius.everything(index.metric().isSimilarity());
            assertThat(index.searchWithin(queries[0], everything, SearchOptions.DEFAULT)
                            .size())
                    .isEqualTo(ROWS);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void exactIsExactWhateverTheIndexIs(Subject subject) {
        ChangingIndex index = subject.index;
        String name = subject.toString();
        SearchOptions options = SearchOptions.DEFAULT.withExact(true);
        IdSet some =
                IdSet.of(LongStream.range(0, ROWS).filter(id -> id % 7 == 0).toArray());
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D)) {
            for (float[] query : queries) {
                Neighbors expected = exact.search(query, K);
                Neighbors found = index.search(query, K, options);
                Oracle.assertSame(found, expected, name);
                assertThat(found.work().exact()).isEqualTo(ROWS);
                float radius = expected.score(K - 1);
                Oracle.assertSame(
                        index.searchWithin(query, radius, options),
                        exact.searchWithin(query, radius, SearchOptions.DEFAULT),
                        name + ", within");
                Oracle.assertSame(
                        index.search(query, K, options.withFilter(some)),
                        exact.search(query, K, SearchOptions.DEFAULT.withFilter(some)),
                        name + ", filtered");
            }
        }
    }

    @Test
    void moreAreComparedAgainWhereThatIsAsked() {
        ChangingIndex index = indexes.stream()
                .filter(some -> some.spec().toString().contains("RaBitQ2,Refine"))
                .findFirst()
                .orElseThrow();
        for (int rerank : new int[] {1, K, 50, 150}) {
            Neighbors found = index.search(queries[0], K, SearchOptions.DEFAULT.withRerank(rerank));
            assertThat(found.work().exact()).as("rerank %s", rerank).isEqualTo(Math.max(K, rerank));
        }
        Neighbors all = index.search(queries[0], K, SearchOptions.DEFAULT.withRerank(Integer.MAX_VALUE));
        assertThat(all.work().exact()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 5000})
    void aSearchIsCancelled(int rowsOfIndex) {
        float[][] some = Arrays.copyOf(rows, rowsOfIndex);
        try (VectorIndex index = Vicino.index(Vectors.of(some))
                        .spec("HNSW8(efConstruction=20)")
                        .build();
                Vectors batch = Vectors.of(queries)) {
            SearchOptions at = SearchOptions.DEFAULT.withCancelled(() -> true);
            IdSet few = IdSet.of(LongStream.range(0, rowsOfIndex).toArray());
            for (Runnable search : new Runnable[] {
                () -> index.search(queries[0], K, at),
                () -> index.search(queries[0], K, at.withFilter(few)),
                () -> index.search(queries[0], K, at.withExact(true)),
                () -> index.searchWithin(queries[0], 0, at),
                () -> index.searchAll(batch, K, at.withThreads(2)),
                () -> index.searchAllWithin(batch, 0, at),
                () -> index.searchSelf(K, at.withThreads(2), (id, found) -> {})
            }) {
                assertThatExceptionOfType(CancellationException.class).isThrownBy(search::run);
            }
            assertThat(index.search(queries[0], 1).size()).as("afterwards").isEqualTo(1);
        }
    }

    @Test
    void aBatchIsCancelledInTheMiddle() {
        AtomicInteger asked = new AtomicInteger();
        SearchOptions options = SearchOptions.DEFAULT.withThreads(2).withCancelled(() -> asked.incrementAndGet() > 200);
        try (Vectors batch = Vectors.of(rows)) {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> plain().searchAll(batch, K, options));
        }
        assertThat(asked.get()).isBetween(200, 500);
    }

    @ParameterizedTest
    @MethodSource("all")
    void aSearchWhoseTimeIsOverSaysSoAndGivesWhatItFound(Subject subject) {
        ChangingIndex index = subject.index;
        String name = subject.toString();
        SearchOptions noTime =
                SearchOptions.DEFAULT.withTimeLimit(Duration.ofNanos(1)).withEffort(2000);
        for (IdSet filter :
                new IdSet[] {null, IdSet.of(LongStream.range(0, 4900).toArray())}) {
            Neighbors found = index.search(queries[0], K, noTime.withFilter(filter));
            assertThat(found.work().complete()).isFalse();
            assertThat(found.work().hops()).isLessThan(100);
            assertThat(found.size()).isLessThanOrEqualTo(K);
        }
        Neighbors within =
                index.searchWithin(queries[0], Radius.everything(index.metric().isSimilarity()), noTime);
        assertThat(within.work().complete()).isFalse();
        assertThat(within.size()).isLessThan(ROWS);
        for (Duration enough : new Duration[] {Duration.ofMinutes(5), Duration.ofSeconds(Long.MAX_VALUE)}) {
            Neighbors found = index.search(queries[0], K, SearchOptions.DEFAULT.withTimeLimit(enough));
            assertThat(found.work().complete()).isTrue();
            Oracle.assertSame(found, index.search(queries[0], K), name);
        }
    }

    @Test
    void whatIsNoQuestionIsRefused() {
        ChangingIndex index = plain();
        float[] query = queries[0];
        SearchOptions options = SearchOptions.DEFAULT;
        for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
            float[] bad = query.clone();
            bad[7] = value;
            for (Runnable search : new Runnable[] {
                () -> index.search(bad, K),
                () -> index.search(bad, K, options.withExact(true)),
                () -> index.searchWithin(bad, 0, options)
            }) {
                assertThatIllegalArgumentException().isThrownBy(search::run).withMessageContaining("column 7");
            }
            try (Vectors batch = Vectors.of(query, bad)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> index.searchAll(batch, K, options))
                        .withMessageContaining("row 1")
                        .withMessageContaining("column 7");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.searchWithin(query, value, options))
                    .withMessageContaining("radius = " + value);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.searchSelfWithin(value, options, (id, found) -> {}))
                    .withMessageContaining("radius = " + value);
        }
        for (int length : new int[] {0, 1, D - 1, D + 1}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.search(new float[length], K))
                    .withMessageContaining("dimension " + length)
                    .withMessageContaining("expected " + D);
        }
        try (Vectors batch = Vectors.of(new float[6], 3)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.searchAll(batch, K, options))
                    .withMessageContaining("dimension 3");
        }
        for (int k : new int[] {0, -1, Integer.MIN_VALUE}) {
            for (Runnable search : new Runnable[] {
                () -> index.search(query, k),
                () -> index.searchSelf(k, options, (id, found) -> {}),
                () -> index.searchAll(Vectors.of(query, D), k, options)
            }) {
                assertThatIllegalArgumentException().isThrownBy(search::run).withMessageContaining("k = " + k);
            }
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withEffort(-1))
                .withMessageContaining("effort = -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withRerank(-1))
                .withMessageContaining("rerank = -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> options.withTimeLimit(Duration.ZERO))
                .withMessageContaining("timeLimit = PT0S");
        assertThat(index.search(query, 3, options.withEffort(SearchOptions.MAX_EFFORT))
                        .size())
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HNSW16,RaBitQ", "HNSW16,RaBitQ2,Refine(Flat)", "HNSW16,RaBitQ4"})
    void bitsOfProductsAreNoDistanceOfL1(String spec) {
        for (int n : new int[] {0, 1, 300}) {
            Vectors vectors = ExactSearchTest.vectors(Arrays.copyOf(rows, n), D);
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            Vicino.index(vectors).metric(Metric.L1).spec(spec).build())
                    .withMessageContaining("RaBitQ")
                    .withMessageContaining("SQ8")
                    .withMessageContaining("l1");
            assertThat(vectors.size()).isEqualTo(n);
            if (n > 0) {
                assertThat(vectors.row(0)).as("still the caller's").isEqualTo(rows[0]);
            }
            vectors.close();
        }
    }

    @Test
    void onlyGraphsAreLive() {
        Vectors vectors = Vectors.of(rows[0], D);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vicino.index(vectors).spec("Flat").buildLive())
                .withMessageContaining("Flat")
                .withMessageContaining("HNSW");
        vectors.close();
    }

    /** Of the same rows many threads ask the same: scratch memory is nobody else's. */
    @Test
    void searchesAtOnceDoNotDisturbEachOther() {
        for (ChangingIndex index : indexes) {
            List<Neighbors> alone = Recall.answers(index, queries, K, SearchOptions.DEFAULT);
            IntStream.range(0, 400).parallel().forEach(i -> {
                int q = i % queries.length;
                Oracle.assertSame(index.search(queries[q], K), alone.get(q), index.spec() + ", query " + q);
            });
        }
    }
}
