package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The neighbours of every vector among the others, against the {@link Oracle} on just the others. */
@ExtendWith(Seeds.class)
final class SelfJoinTest {
    private static final int ROWS = 250;
    private static final int D = 17;

    @ParameterizedTest
    @EnumSource
    void findsTheOthersOfEveryVectorInOrder(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = Seeds.signRows(random, ROWS, D); // with many twins
        long[] ids = Seeds.ids(random, ROWS);
        try (VectorIndex index =
                Vicino.index(Vectors.of(rows)).metric(metric).ids(ids).build()) {
            for (int k : new int[] {1, 5, ROWS - 1, ROWS, Integer.MAX_VALUE}) {
                List<Long> heard = new ArrayList<>();
                index.searchSelf(k, SearchOptions.DEFAULT.withThreads(2), (id, found) -> {
                    int row = heard.size();
                    heard.add(id);
                    assertThat(id).isEqualTo(ids[row]);
                    Oracle.assertSame(
                            found, Oracle.first(others(metric, rows, ids, row), k), "row " + row + ", k = " + k);
                });
                assertThat(heard).hasSize(ROWS);
            }
            float radius = index.search(rows[0], 20).score(19);
            List<Long> heard = new ArrayList<>();
            index.searchSelfWithin(radius, SearchOptions.DEFAULT, (id, found) -> {
                Neighbors others = others(metric, rows, ids, heard.size());
                heard.add(id);
                int near = (int) IntStream.range(0, others.size())
                        .filter(i -> metric.isSimilarity() ? others.score(i) >= radius : others.score(i) <= radius)
                        .count();
                Oracle.assertSame(found, Oracle.first(others, near), "id " + id + " within " + radius);
            });
            assertThat(heard).hasSize(ROWS);
        }
    }

    /** All other rows, nearest first. */
    private static Neighbors others(Metric metric, float[][] rows, long[] ids, int row) {
        int[] others = IntStream.range(0, rows.length).filter(i -> i != row).toArray();
        return Oracle.search(
                metric,
                Arrays.stream(others).mapToObj(i -> rows[i]).toArray(float[][]::new),
                Arrays.stream(others).mapToLong(i -> ids[i]).toArray(),
                rows[row],
                others.length);
    }

    /** More rows than are joined at once. */
    @Test
    void goesOnFromBatchToBatch() {
        int n = 9001;
        float[] values = new float[n];
        for (int i = 0; i < n; i++) {
            values[i] = i;
        }
        long[] heard = {0};
        try (VectorIndex index =
                Vicino.index(Vectors.of(values, 1)).metric(Metric.L1).build()) {
            index.searchSelf(2, SearchOptions.DEFAULT, (id, found) -> {
                assertThat(id).isEqualTo(heard[0]++);
                long below = id == 0 ? 1 : id == n - 1 ? n - 2 : id - 1;
                long above = id == 0 ? 2 : id == n - 1 ? n - 3 : id + 1;
                assertThat(found.ids()).containsExactly(below, above);
            });
        }
        assertThat(heard[0]).isEqualTo(n);
    }

    @Test
    void findsOnlyWhatTheFilterAllows() {
        float[] values = {0, 1, 2, 3};
        try (VectorIndex index =
                Vicino.index(Vectors.of(values, 1)).metric(Metric.L1).build()) {
            SearchOptions options = SearchOptions.DEFAULT.withFilter(IdSet.of(1, 2));
            List<String> found = new ArrayList<>();
            index.searchSelf(5, options, (id, neighbors) -> found.add(id + Arrays.toString(neighbors.ids())));
            assertThat(found).containsExactly("0[1, 2]", "1[2]", "2[1]", "3[2, 1]");
        }
    }

    @Test
    void emptyAndLonelyVectorsHaveNoOthers() {
        List<Integer> sizes = new ArrayList<>();
        try (VectorIndex empty = Vicino.index(Vectors.of(new float[0], 2)).build();
                VectorIndex lonely = Vicino.index(Vectors.of(new float[2], 2)).build()) {
            empty.searchSelf(3, SearchOptions.DEFAULT, (id, found) -> sizes.add(found.size()));
            assertThat(sizes).isEmpty();
            lonely.searchSelf(3, SearchOptions.DEFAULT, (id, found) -> sizes.add(found.size()));
            lonely.searchSelfWithin(-1, SearchOptions.DEFAULT, (id, found) -> sizes.add(found.size()));
            assertThat(sizes).containsExactly(0, 0);
        }
    }

    @Test
    void refusesWhatASearchRefuses() {
        VectorIndex index = Vicino.index(Vectors.of(new float[2], 2)).build();
        NeighborsSink none = (id, found) -> {
            throw new AssertionError("nothing to hear");
        };
        for (int k : new int[] {0, -1, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.searchSelf(k, SearchOptions.DEFAULT, none))
                    .withMessageContaining("k = " + k + ",");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.searchSelfWithin(Float.NaN, SearchOptions.DEFAULT, none))
                .withMessageContaining("radius = NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.searchAllWithin(
                        Vectors.of(new float[2], 2), Float.POSITIVE_INFINITY, SearchOptions.DEFAULT))
                .withMessageContaining("radius = Infinity");
        index.close();
        assertThatIllegalStateException().isThrownBy(() -> index.searchSelf(1, SearchOptions.DEFAULT, none));
    }
}
