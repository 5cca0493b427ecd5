package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That a search along a graph allocates its answer and little else once it is warm: its scratch memory is kept, and no vector of a kernel
 * gets to the heap, of which it would have thousands.
 */
@ExtendWith(Seeds.class)
final class GraphAllocationTest {
    private static final int ROWS = 3000;
    private static final int D = 100;
    private static final int K = 10;
    private static final int QUERIES = 50;

    /** The scratch arrays of a query against rows (3 KiB), and ids, scores, distances and slots of an answer. */
    private static final int LIMIT_KIB = 8;

    /** The JIT compiles beside the searches, so they go on until it has; without it they would never come below the limit. */
    private static final int MOST_WARM_UPS = 20_000;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    /** Every code under the metrics that have loops of their own for it. */
    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("HNSW8(efConstruction=40)", Metric.COSINE),
                Arguments.of("HNSW8(efConstruction=40)", Metric.L2),
                Arguments.of("HNSW8(efConstruction=40)", Metric.L1),
                Arguments.of("HNSW8(efConstruction=40),SQ8,Refine(Flat)", Metric.DOT),
                Arguments.of("HNSW8(efConstruction=40),SQ8,Refine(Flat)", Metric.L2),
                Arguments.of("HNSW8(efConstruction=40),SQ8,Refine(Flat)", Metric.L1),
                Arguments.of("HNSW8(efConstruction=40),RaBitQ,Refine(Flat)", Metric.COSINE),
                Arguments.of("HNSW8(efConstruction=40),RaBitQ2,Refine(Flat)", Metric.L2),
                Arguments.of("HNSW8(efConstruction=40),RaBitQ4", Metric.DOT),
                Arguments.of("IVF64", Metric.COSINE),
                Arguments.of("IVF64,SQ8,Refine(Flat)", Metric.L1),
                Arguments.of("IVF64,RaBitQ,Refine(Flat)", Metric.DOT),
                Arguments.of("HNSW8(efConstruction=40),RaBitQ2,Refine(FP16)", Metric.COSINE),
                Arguments.of("PCA50,HNSW8(efConstruction=40),SQ8,Refine(Flat)", Metric.L2),
                Arguments.of("PCA50,IVF64,PQ10x4fsr,Refine(Flat)", Metric.COSINE));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aWarmSearchAllocatesItsAnswer(String spec, Metric metric) throws ReflectiveOperationException {
        float[][] rows = Points.clustered(Seeds.random(), ROWS, D, 20);
        float[][] queries = Arrays.copyOf(rows, QUERIES);
        ChangingIndex index = graphs.build(spec, metric, rows, D);
        IdSet half =
                IdSet.of(LongStream.range(0, ROWS).filter(id -> id % 2 == 0).toArray());
        IdSet few = IdSet.of(LongStream.range(0, 200).toArray());
        SearchOptions options = SearchOptions.DEFAULT;
        assertAllocatesLittle(index, queries, options, "along the graph");
        assertAllocatesLittle(index, queries, options.withFilter(half).withEffort(10), "half of all");
        assertAllocatesLittle(index, queries, options.withFilter(few), "a scan of few");
        assertAllocatesLittle(index, queries, options.withExact(true), "all");
    }

    private static void assertAllocatesLittle(
            ChangingIndex index, float[][] queries, SearchOptions options, String what)
            throws ReflectiveOperationException {
        long limit = LIMIT_KIB * 1024L;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS && least > limit; i++) {
            long before = AllocationTest.allocatedBytes();
            for (float[] query : queries) {
                index.search(query, K, options);
            }
            least = Math.min(least, (AllocationTest.allocatedBytes() - before) / QUERIES);
        }
        assertThat(least).as("bytes a search, %s", what).isBetween(1L, limit);
    }

    /** Adding and removing allocates lists of links and little more: nothing that grows with the index. */
    @ParameterizedTest
    @MethodSource("kinds")
    void aWarmChangeAllocatesLittle(String spec, Metric metric) throws ReflectiveOperationException {
        Random random = Seeds.random();
        float[][] rows = Points.clustered(random, ROWS, D, 20);
        ChangingIndex index = graphs.build(spec, metric, rows, D);
        long limit = 256 * 1024L;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS && least > limit; i++) {
            long before = AllocationTest.allocatedBytes();
            for (int j = 0; j < 10; j++) {
                int id = random.nextInt(ROWS);
                index.remove(id);
                index.add(id, rows[id]);
            }
            least = Math.min(least, (AllocationTest.allocatedBytes() - before) / 10);
        }
        assertThat(least).as("bytes a removal and an addition").isBetween(1L, limit);
    }
}
