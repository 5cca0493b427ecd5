package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches that may find some ids only, against the {@link Oracle} on just those rows. */
@ExtendWith(Seeds.class)
final class FilterTest {
    private static final int ROWS = 1500;
    private static final int D = 18;

    @ParameterizedTest
    @EnumSource
    void findsTheNearestOfThoseAllowed(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.signRows(random, ROWS, D);
        rows[700][0] = 1e30f;
        float[][] queries = Seeds.signRows(random, 40, D);
        long[] ids = Seeds.ids(random, ROWS);
        for (String spec : ExactSearchTest.SPECS) {
            try (VectorIndex index = Vicino.index(Vectors.of(rows))
                            .metric(metric)
                            .spec(spec)
                            .ids(ids)
                            .build();
                    Vectors batch = Vectors.of(queries)) {
                for (double share : new double[] {0, 0.002, 0.1, 0.5, 0.99, 1}) {
                    int[] allowed = IntStream.range(0, ROWS)
                            .filter(row -> row != 700 && random.nextDouble() < share)
                            .toArray();
                    float[][] allowedRows =
                            Arrays.stream(allowed).mapToObj(row -> rows[row]).toArray(float[][]::new);
                    long[] allowedIds =
                            Arrays.stream(allowed).mapToLong(row -> ids[row]).toArray();
                    SearchOptions options = SearchOptions.DEFAULT.withFilter(IdSet.of(allowedIds));
                    List<Neighbors> all = index.searchAll(batch, 7, options.withThreads(2));
                    for (int i = 0; i < queries.length; i++) {
                        Neighbors expected = Oracle.search(metric, allowedRows, allowedIds, queries[i], ROWS);
                        String what = spec + ", " + allowed.length + " allowed, query " + i;
                        Oracle.assertSame(index.search(queries[i], 7, options), Oracle.first(expected, 7), what);
                        Oracle.assertSame(all.get(i), Oracle.first(expected, 7), what + " of a batch");
                        float everything = metric.isSimilarity() ? -Float.MAX_VALUE : Float.MAX_VALUE;
                        Oracle.assertSame(
                                index.searchWithin(queries[i], everything, options), expected, what + " within");
                    }
                }
            }
        }
    }

    @Test
    void idsThatAreNotThereAreNoError() {
        try (VectorIndex index = Vicino.index(Vectors.of(new float[] {1, 2, 3}, 1))
                .metric(Metric.L2)
                .build()) {
            SearchOptions options =
                    SearchOptions.DEFAULT.withFilter(IdSet.of(-1, 3, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, 1, 1));
            assertThat(index.search(new float[] {3}, 5, options).ids()).containsExactly(1);
            assertThat(index.search(new float[] {3}, 5, options.withFilter(null))
                            .ids())
                    .containsExactly(2, 1, 0);
            assertThat(index.search(new float[] {3}, 5, options.withFilter(IdSet.of()))
                            .size())
                    .isZero();
        }
    }

    /** An index remembers the last set it met, and must not take another for it. */
    @Test
    void setsTakeTurns() {
        IdSet even = IdSet.of(0, 2);
        IdSet odd = IdSet.of(1);
        try (VectorIndex index =
                Vicino.index(Vectors.of(new float[] {1, 2, 3}, 1)).build()) {
            for (int i = 0; i < 5; i++) {
                assertThat(ids(index, even)).containsExactly(0, 2);
                assertThat(ids(index, odd)).containsExactly(1);
                assertThat(ids(index, IdSet.of(2))).containsExactly(2);
            }
        }
    }

    private static long[] ids(VectorIndex index, IdSet filter) {
        return index.search(new float[] {1}, 5, SearchOptions.DEFAULT.withFilter(filter))
                .ids();
    }

    @Test
    void aSetKnowsWhatItHas() {
        Random random = Seeds.random();
        long[] ids = random.longs(1000, -500, 500).toArray();
        IdSet set = IdSet.of(ids);
        assertThat(set.size()).isEqualTo((int) Arrays.stream(ids).distinct().count());
        for (long id = -510; id < 510; id++) {
            long wanted = id;
            assertThat(set.contains(id)).isEqualTo(Arrays.stream(ids).anyMatch(known -> known == wanted));
        }
        long[] changed = {1, 2};
        IdSet copied = IdSet.of(changed);
        changed[0] = 5;
        assertThat(copied.contains(1)).isTrue();
        assertThat(copied.contains(5)).isFalse();
    }
}
