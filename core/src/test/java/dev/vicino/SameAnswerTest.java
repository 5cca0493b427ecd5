package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same question has the same answer, bit for bit: on any number of threads, alone or in a batch, scanned or pruned. */
@ExtendWith(Seeds.class)
final class SameAnswerTest {
    /** Enough for four threads to be woken, and no multiple of any block. */
    private static final int MANY_ROWS = 20_011;

    private static final int MOST_THREADS = 4;

    @ParameterizedTest
    @EnumSource
    void onAnyNumberOfThreads(Metric metric) {
        Random random = Seeds.random();
        int d = 16 + random.nextInt(5);
        for (float[][] rows : List.of(Seeds.signRows(random, MANY_ROWS, d), Seeds.realRows(random, MANY_ROWS, d))) {
            long[] ids = Seeds.ids(random, MANY_ROWS);
            Vectors vectors = ExactSearchTest.vectors(rows, d);
            try (VectorIndex scanned = Vicino.index(vectors)
                            .metric(metric)
                            .ids(ids)
                            .spec("Flat(prune=false)")
                            .build();
                    VectorIndex pruned =
                            Vicino.index(vectors).metric(metric).ids(ids).build()) {
                float[] query = rows[random.nextInt(MANY_ROWS)].clone();
                for (int k : new int[] {1, 10, 1000, MANY_ROWS}) {
                    Neighbors expected = scanned.search(query, k);
                    assertThat(expected.size()).isEqualTo(k);
                    for (int threads = 1; threads <= MOST_THREADS; threads++) {
                        SearchOptions options = SearchOptions.DEFAULT.withThreads(threads);
                        String what = "k = " + k + ", threads = " + threads;
                        Oracle.assertSame(scanned.search(query, k, options), expected, what);
                        Oracle.assertSame(pruned.search(query, k, options), expected, what + ", pruned");
                        assertSameWithin(scanned, pruned, query, expected.score(k - 1), options, what);
                    }
                }
            }
        }
    }

    private static void assertSameWithin(
            VectorIndex scanned, VectorIndex pruned, float[] query, float radius, SearchOptions options, String what) {
        Neighbors expected = scanned.searchWithin(query, radius, SearchOptions.DEFAULT);
        Oracle.assertSame(scanned.searchWithin(query, radius, options), expected, what + ", within " + radius);
        Oracle.assertSame(pruned.searchWithin(query, radius, options), expected, what + ", pruned, within " + radius);
    }

    @ParameterizedTest
    @EnumSource
    void aloneOrInABatch(Metric metric) {
        Random random = Seeds.random();
        for (int n : new int[] {0, 1, 2, 255, 256, 257, 3001}) {
            int d = 16 + random.nextInt(30);
            float[][] rows = mixed(random, n, d);
            for (int count : new int[] {0, 1, 2, 7, 8, 33, 130}) {
                float[][] queries = mixed(random, count, d);
                for (String spec : ExactSearchTest.SPECS) {
                    try (VectorIndex index = Vicino.index(ExactSearchTest.vectors(rows, d))
                            .metric(metric)
                            .ids(Seeds.ids(random, n))
                            .spec(spec)
                            .build()) {
                        assertBatchIsAsSingle(index, queries, d, 1 + random.nextInt(12));
                    }
                }
            }
        }
    }

    private static void assertBatchIsAsSingle(VectorIndex index, float[][] queries, int d, int k) {
        try (Vectors batch = ExactSearchTest.vectors(queries, d)) {
            for (int threads = 1; threads <= MOST_THREADS; threads++) {
                List<Neighbors> all = index.searchAll(batch, k, SearchOptions.DEFAULT.withThreads(threads));
                assertThat(all).hasSize(queries.length);
                for (int i = 0; i < queries.length; i++) {
                    String what = index.spec() + " of " + index.size() + ", query " + i + " of " + queries.length
                            + ", k = " + k + ", threads = " + threads;
                    Oracle.assertSame(all.get(i), index.search(queries[i], k), what);
                }
            }
        }
    }

    /** Ordinary rows, exact ones with their ties, zeros, and ones that single precision cannot square. */
    private static float[][] mixed(Random random, int count, int d) {
        float[][] rows = Seeds.realRows(random, count, d);
        float[][] signs = Seeds.signRows(random, count, d);
        for (int r = 0; r < count; r++) {
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> rows[r] = signs[r];
                case 3 -> rows[r] = scaled(signs[r], 1e-25f);
                case 4 -> rows[r] = scaled(signs[r], 1e25f);
                default -> {}
            }
        }
        return rows;
    }

    private static float[] scaled(float[] row, float factor) {
        float[] scaled = row.clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= factor;
        }
        return scaled;
    }
}
