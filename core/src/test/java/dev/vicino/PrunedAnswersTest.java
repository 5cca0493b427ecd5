package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A pruned search answers as a scan does, ids and scores, to the last bit: on {@link HardRows}, at lengths on both sides of every step. */
@ExtendWith(Seeds.class)
final class PrunedAnswersTest {
    /** Fewer rows have no codes. */
    private static final int LEAST_ROWS = 4096;

    private static final int[] DIMENSIONS = {32, 33, 100, 63, 64, 384, 96, 65, 32, 385, 64, 34, 100};
    private static final int SINGLES = 5;

    /** Batches, of which those of 24 and more on a thread may be pruned. */
    private static final int[] BATCHES = {2, 12, 23, 24, 64};

    private static final int LARGE_BATCH = 300;
    private static final int MOST_THREADS = 3;

    /** All kinds under all metrics, counted, so that every kind meets several lengths. */
    static Stream<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (HardRows kind : HardRows.values()) {
            for (Metric metric : Metric.values()) {
                kinds.add(Arguments.of(kind, metric, kinds.size()));
            }
        }
        return kinds.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void areThoseOfAScan(HardRows kind, Metric metric, int turn) {
        Random random = Seeds.random();
        int d = DIMENSIONS[turn % DIMENSIONS.length];
        // Some collections are large enough to wake three threads for one query.
        int n = (turn % 7 == 0 ? MOST_THREADS * LEAST_ROWS : LEAST_ROWS) + 1 + random.nextInt(300);
        float[][] rows = kind.rows(random, n, d);
        try (Both both = Both.of(metric, rows, Seeds.ids(random, n))) {
            both.assertAlone(HardRows.queries(random, rows, SINGLES), 1, 2, 10, 100, 1000, n);
            int k = new int[] {1, 2, 10, 100}[turn % 4];
            both.assertTogether(HardRows.queries(random, rows, BATCHES[BATCHES.length - 1]), k, BATCHES);
            both.assertTogether(HardRows.queries(random, rows, 16), turn % 2 == 0 ? 1000 : n, 3, 16);
        }
    }

    /** Enough rows for a batch to be compared with a prefix first: {@link HardRows} that have one. */
    @Tag("kernel")
    @ParameterizedTest
    @EnumSource(names = {"LOW_RANK", "DECAYING"})
    void areThoseOfAScanWhereBatchesArePruned(HardRows kind) {
        Random random = Seeds.random();
        int d = new int[] {96, 100, 129}[random.nextInt(3)];
        int n = 4 * LEAST_ROWS + random.nextInt(300);
        float[][] rows = kind.rows(random, n, d);
        for (Metric metric : new Metric[] {Metric.COSINE, Metric.DOT, Metric.L2}) {
            try (Both both = Both.of(metric, rows, Seeds.ids(random, n))) {
                float[][] queries = HardRows.queries(random, rows, LARGE_BATCH);
                both.assertTogether(queries, 1 + random.nextInt(100), 24, 100, LARGE_BATCH);
                assertThat(both.plans).as("ways that batches went, %s", metric).contains("pruned batch");
            }
        }
    }

    /** Long rows: of several chunks of a code, and with the longest prefix that is tried, which takes its time. */
    @ParameterizedTest
    @EnumSource
    void areThoseOfAScanOfLongRows(LongRows way) {
        Random random = Seeds.random();
        HardRows kind = List.of(HardRows.values()).get(random.nextInt(HardRows.values().length));
        float[][] rows = kind.rows(random, LEAST_ROWS, 1536);
        Metric metric = way == LongRows.BY_DIFFERENCES
                ? Metric.L1
                : List.of(Metric.COSINE, Metric.DOT, Metric.L2).get(random.nextInt(3));
        try (Both both = Both.of(metric, rows, Seeds.ids(random, LEAST_ROWS))) {
            both.assertAlone(HardRows.queries(random, rows, SINGLES), 1, 10, 100);
            both.assertTogether(HardRows.queries(random, rows, 48), 10, 48);
        }
    }

    enum LongRows {
        BY_PRODUCTS,
        BY_DIFFERENCES
    }

    /** The same rows with codes and without. */
    private record Both(VectorIndex scanned, VectorIndex pruned, Set<String> plans) implements AutoCloseable {
        static Both of(Metric metric, float[][] rows, long[] ids) {
            Vectors vectors = Vectors.of(rows);
            Vicino.Builder builder = Vicino.index(vectors).metric(metric).ids(ids);
            VectorIndex scanned = builder.spec("Flat(prune=false)").build();
            VectorIndex pruned = builder.spec("Flat").build();
            assertThat(pruned.bytesMemory())
                    .as("memory with codes")
                    .isGreaterThan(scanned.bytesMemory() + (long) rows.length * rows[0].length);
            return new Both(scanned, pruned, new HashSet<>());
        }

        private void assertSame(Neighbors found, Neighbors expected, int k, int threads, String query) {
            plans.add(found.work().plan());
            String what = "%s of %d rows of %d, k = %d, %d threads, %s"
                    .formatted(pruned.metric(), pruned.size(), pruned.dimension(), k, threads, query);
            Oracle.assertSame(found, expected, what);
        }

        void assertAlone(float[][] queries, int... ks) {
            for (int i = 0; i < queries.length; i++) {
                Neighbors all = scanned.search(queries[i], pruned.size());
                for (int j = 0; j < ks.length; j++) {
                    int threads = 1 + (i + j) % MOST_THREADS;
                    Neighbors found = pruned.search(queries[i], ks[j], SearchOptions.DEFAULT.withThreads(threads));
                    assertSame(found, Oracle.first(all, ks[j]), ks[j], threads, "query " + i);
                }
            }
        }

        /** The first queries in batches of several sizes, one after the other on one, two and three threads. */
        void assertTogether(float[][] queries, int k, int... sizes) {
            Neighbors[] expected = Arrays.stream(queries)
                    .map(query -> scanned.search(query, k))
                    .toArray(Neighbors[]::new);
            for (int j = 0; j < sizes.length; j++) {
                int threads = 1 + j % MOST_THREADS;
                try (Vectors batch = Vectors.of(Arrays.copyOf(queries, sizes[j]))) {
                    List<Neighbors> found = pruned.searchAll(batch, k, SearchOptions.DEFAULT.withThreads(threads));
                    assertThat(found).hasSize(sizes[j]);
                    for (int i = 0; i < sizes[j]; i++) {
                        assertSame(found.get(i), expected[i], k, threads, "query " + i + " of " + sizes[j]);
                    }
                }
            }
        }

        @Override
        public void close() {
            scanned.close();
            pruned.close();
        }
    }
}
