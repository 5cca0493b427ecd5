package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That a search allocates its answer and its scratch and nothing else. A SIMD kernel that the JIT does not inline any more puts every
 * vector on the heap and is tens of times slower: it shows here, on any machine, without measuring time.
 */
@ExtendWith(Seeds.class)
final class AllocationTest {
    private static final int D = 64;
    private static final int K = 10;
    private static final int QUERIES = 50;

    /**
     * A search alone needs 3 KiB of scratch for a block of 256 rows (two floats and an int each), 240 bytes for the k distances,
     * rows, ids and scores of its answer, and some hundreds for the objects around them; twice that is allowed. A vector of 512 bits
     * on the heap takes 80 bytes, and a search of 2000 rows has 8000 of them.
     */
    private static final int SINGLE_KIB = 8;

    /** One of 784 values may be copied besides; 600 such rows have 29,400 vectors of 512 bits. */
    private static final int LONG_KIB = 16;

    /** A query of a batch needs a search's scratch too, 1 KiB for candidates, and its share of a block of rows of 192 KiB. */
    private static final int BATCH_KIB = 24;

    /** A query that is compared with codes is also rounded to whole numbers, and keeps what its comparison takes. */
    private static final int PRUNED_KIB = 16;

    /**
     * A pruned batch makes every prefix anew in whole numbers: some 200 bytes a row, 4 MB in all, of which a query has its share. Its
     * vectors on the heap would be 1.8 MB a query.
     */
    private static final int PRUNED_BATCH_KIB = 128;

    /** The JIT compiles beside the searches, so they go on until it has; without it they would never come below the limit. */
    private static final int MOST_WARM_UPS = 1000;

    /** Few rows, which are scanned, and many, whose codes exclude most. */
    private static final float[][] FEW = Seeds.realRows(Seeds.random(), 2000, D);

    /** Of so many values that they have sums of their own, and a rest. */
    private static final float[][] LONG = Seeds.realRows(Seeds.random(), 600, 784);

    private static final float[][] MANY = Seeds.embeddings(Seeds.random(), 16_500, D);

    /** A way to search: every call is one pass over the queries. */
    record Way(String spec, Metric metric, float[][] rows, String name, int limitKib, Pass pass) {
        @Override
        public String toString() {
            return rows.length + " rows, " + name + ", " + metric + ", " + spec;
        }
    }

    private interface Pass {
        void over(VectorIndex index, float[][] queries);
    }

    static Stream<Way> ways() {
        return Stream.of(Metric.values())
                .flatMap(metric -> Stream.of(
                        new Way("Flat(prune=false)", metric, FEW, "alone", SINGLE_KIB, AllocationTest::alone),
                        new Way("Flat(prune=false)", metric, FEW, "within", SINGLE_KIB, AllocationTest::within),
                        new Way("Flat(prune=false)", metric, LONG, "alone", LONG_KIB, AllocationTest::alone),
                        new Way("Flat(prune=false)", metric, FEW, "batch", BATCH_KIB, AllocationTest::batch),
                        new Way("Flat", metric, MANY, "alone", PRUNED_KIB, AllocationTest::alone),
                        new Way("Flat", metric, MANY, "batch", PRUNED_BATCH_KIB, AllocationTest::batch)));
    }

    private static void alone(VectorIndex index, float[][] queries) {
        for (float[] query : queries) {
            index.search(query, K);
        }
    }

    /** Within a radius that nothing is in. */
    private static void within(VectorIndex index, float[][] queries) {
        float radius = index.metric().isSimilarity() ? Float.MAX_VALUE : -1;
        for (float[] query : queries) {
            index.searchWithin(query, radius, SearchOptions.DEFAULT);
        }
    }

    private static void batch(VectorIndex index, float[][] queries) {
        try (Vectors batch = Vectors.of(queries)) {
            index.searchAll(batch, K, SearchOptions.DEFAULT);
        }
    }

    /**
     * Long rows first, then short ones: a loop that the JIT compiles by itself, because it is long, is not inlined any more where
     * it is called from, so a kernel made of several methods that hand vectors to each other would fall off the cliff here.
     */
    @BeforeAll
    static void searchRowsOfOtherLengths() {
        Random random = Seeds.random();
        for (int d : new int[] {4096, 1, 17, 300}) {
            float[][] rows = Seeds.realRows(random, 300, d);
            for (Metric metric : Metric.values()) {
                try (VectorIndex index =
                        Vicino.index(Vectors.of(rows)).metric(metric).build()) {
                    for (int i = 0; i < QUERIES; i++) {
                        index.search(rows[i], K);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void searchAllocatesItsAnswerAndItsScratchAlone(Way way) throws ReflectiveOperationException {
        float[][] queries = Arrays.copyOf(way.rows, QUERIES);
        try (VectorIndex index = Vicino.index(Vectors.of(way.rows))
                .metric(way.metric)
                .spec(way.spec)
                .build()) {
            long limit = way.limitKib * 1024L;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < MOST_WARM_UPS && least > limit; i++) {
                long before = allocatedBytes();
                way.pass.over(index, queries);
                least = Math.min(least, (allocatedBytes() - before) / QUERIES);
            }
            assertThat(least).as("bytes a search").isBetween(1L, limit);
        }
    }

    /** What this thread has allocated so far. By reflection: tests are compiled into a module that does not read jdk.management. */
    static long allocatedBytes() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Method allocated = Class.forName("com.sun.management.ThreadMXBean").getMethod("getCurrentThreadAllocatedBytes");
        return (long) allocated.invoke(threads);
    }
}
