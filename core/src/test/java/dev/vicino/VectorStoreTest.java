package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vicino.VectorStore.Match;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The store against the {@link Oracle}, what it refuses, and how it ends. */
@ExtendWith(Seeds.class)
final class VectorStoreTest {
    private static final int D = 18;

    private static Neighbors neighbors(List<? extends Match<?>> matches) {
        float[] scores = new float[matches.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = matches.get(i).score();
        }
        return new Neighbors(
                matches.stream().mapToLong(Match::id).toArray(), scores, new Neighbors.Work("store", 0, 0));
    }

    private static void assertAnswers(VectorStore<String> store, float[][] rows, float[] query) {
        long[] ids = LongStream.range(0, rows.length).toArray();
        for (int k : new int[] {1, 3, rows.length + 5}) {
            List<Match<String>> matches = store.search(query, k);
            Oracle.assertSame(neighbors(matches), Oracle.search(store.metric(), rows, ids, query, k), "k = " + k);
            assertThat(matches).allMatch(match -> match.metadata().equals("row " + match.id()));
        }
    }

    /** One by one and in lists, over several doublings of its memory. */
    @ParameterizedTest
    @EnumSource
    void findsTheNearestWhileItGrows(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.signRows(random, 1500, D);
        float[] query = Seeds.signRows(random, 1, D)[0];
        try (VectorStore<String> store = new VectorStore<>(D, metric)) {
            assertThat(store.dimension()).isEqualTo(D);
            assertThat(store.metric()).isEqualTo(metric);
            assertThat(store.search(query, 3)).isEmpty();
            int size = 0;
            while (size < rows.length) {
                int from = size;
                if (random.nextBoolean()) {
                    assertThat(store.add(rows[size], "row " + size)).isEqualTo(size);
                    size++;
                } else {
                    int to = Math.min(rows.length, size + random.nextInt(150));
                    List<String> names =
                            IntStream.range(from, to).mapToObj(i -> "row " + i).toList();
                    assertThat(store.addAll(List.of(rows).subList(from, to), names))
                            .isEqualTo(from);
                    size = to;
                }
                assertThat(store.size()).isEqualTo(size);
                if (random.nextInt(5) == 0) {
                    assertAnswers(store, Arrays.copyOf(rows, size), query);
                }
            }
            assertAnswers(store, rows, query);
        }
    }

    /** A list that is larger than twice what was there, and extremes on both sides of a growth. */
    @Test
    void growsAtOnceByAsMuchAsItMust() {
        float[][] rows = Seeds.signRows(Seeds.random(), 10_000, D);
        for (int r = 0; r < rows.length; r += 50) {
            rows[r] = new float[D];
            rows[r][0] = 1e30f;
        }
        List<String> names =
                IntStream.range(0, rows.length).mapToObj(i -> "row " + i).toList();
        try (VectorStore<String> store = new VectorStore<>(D, Metric.COSINE)) {
            store.addAll(List.of(rows).subList(0, 60), names.subList(0, 60));
            store.addAll(List.of(rows).subList(60, rows.length), names.subList(60, rows.length));
            float[] query = new float[D];
            query[0] = 1;
            assertAnswers(store, rows, query);
        }
    }

    @Test
    void keepsACopyOfTheVectorAndTheMetadataItself() {
        Object metadata = new Object();
        try (VectorStore<Object> store = new VectorStore<>(2, Metric.L2)) {
            float[] vector = {3, 4};
            store.add(vector, metadata);
            vector[0] = 9;
            Match<Object> match = store.search(new float[2], 1).getFirst();
            assertThat(match.score()).isEqualTo(5);
            assertThat(match.metadata()).isSameAs(metadata);
        }
    }

    @Test
    void addsAllOrNone() {
        float[] good = {1, 0};
        try (VectorStore<String> store = new VectorStore<>(2, Metric.COSINE)) {
            store.add(good, "first");
            for (float[] bad : new float[][] {{1}, {1, 2, 3}, {}, {1, Float.NaN}, {1, Float.NEGATIVE_INFINITY}}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.addAll(List.of(good, good, bad), List.of("a", "b", "c")))
                        .withMessageContaining("vector 2")
                        .withMessageContaining(bad.length == 2 ? "column 1 is " + bad[1] : "dimension " + bad.length);
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.add(bad, "bad"))
                        .withMessageContaining("vector 0");
                assertThat(store.size()).isEqualTo(1);
                assertThat(store.search(good, 5)).containsExactly(new Match<>(0, 1, "first"));
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.addAll(List.of(good, good), List.of("a")))
                    .withMessageContaining("metadata.size() = 1")
                    .withMessageContaining("2");
            assertThat(store.addAll(List.of(), List.of())).isEqualTo(1);
            assertThat(store.size()).isEqualTo(1);
            assertThat(store.add(good, "second")).isEqualTo(1);
            assertThat(store.search(good, 5)).containsExactly(new Match<>(0, 1, "first"), new Match<>(1, 1, "second"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void refusesAKBelowOne(int k) {
        try (VectorStore<String> store = new VectorStore<>(2, Metric.DOT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.search(new float[2], k))
                    .withMessageContaining("k = " + k + ", expected at least 1");
        }
    }

    @Test
    void refusesAQueryItCannotCompare() {
        try (VectorStore<String> store = new VectorStore<>(2, Metric.DOT)) {
            store.add(new float[] {1, 2}, "only");
            for (float[] bad : new float[][] {{}, {1}, {1, 2, 3}}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.search(bad, 1))
                        .withMessageContaining("dimension " + bad.length + ", expected 2");
            }
            for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> store.search(new float[] {1, bad}, 1))
                        .withMessageContaining("query, column 1 is " + bad);
            }
            assertThat(store.search(new float[] {1, 1}, 1)).containsExactly(new Match<>(0, 3, "only"));
        }
    }

    @Test
    void refusesEverythingOnceItIsClosed() {
        VectorStore<String> store = new VectorStore<>(2, Metric.DOT);
        store.add(new float[2], "zero");
        store.close();
        store.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> store.search(new float[2], 1))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> store.add(new float[2], "more"));
        assertThatIllegalStateException().isThrownBy(() -> store.addAll(List.of(), List.of()));
        assertThatIllegalStateException().isThrownBy(store::size);
        assertThat(store.dimension()).isEqualTo(2);
    }
}
