package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That what a pruned search allocates does not grow with the rows: its scratch is used again, and nothing is made for every row. */
@ExtendWith(Seeds.class)
final class PrunedAllocationTest {
    private static final int FEW = 17_000;
    private static final int MANY = 3 * FEW;
    private static final int D = 64;
    private static final int K = 10;
    private static final int QUERIES = 48;

    /** Bytes a query and row: far less than one object of 16 bytes would take. */
    private static final double BYTES_A_ROW = 0.2;

    /** The JIT compiles beside the searches, and takes what never leaves a loop out of memory only then. */
    private static final int LEAST_WARM_UPS = 60;

    /** Where it has not come to that yet. */
    private static final int MOST_WARM_UPS = 1000;

    enum Way {
        ALONE,
        BATCH
    }

    @ParameterizedTest
    @EnumSource
    void moreRowsTakeNoMoreMemory(Way way) throws ReflectiveOperationException {
        Random random = Seeds.random();
        float[][] rows = HardRows.DECAYING.rows(random, MANY, D);
        double few = bytesAQuery(way, Arrays.copyOf(rows, FEW), Double.MAX_VALUE);
        double many = bytesAQuery(way, rows, few + BYTES_A_ROW * (MANY - FEW));
        assertThat((many - few) / (MANY - FEW)).as("bytes a query and row").isLessThan(BYTES_A_ROW);
    }

    /** The least of many passes, as another thread or the JIT may disturb some; of more where that is still too much. */
    private static double bytesAQuery(Way way, float[][] rows, double limit) throws ReflectiveOperationException {
        float[][] queries = Arrays.copyOf(rows, QUERIES);
        try (VectorIndex index =
                        Vicino.index(Vectors.of(rows)).metric(Metric.L2).build();
                Vectors batch = Vectors.of(queries)) {
            long least = Long.MAX_VALUE;
            for (int i = 0; i < LEAST_WARM_UPS || (i < MOST_WARM_UPS && least >= QUERIES * limit); i++) {
                long before = AllocationTest.allocatedBytes();
                switch (way) {
                    case ALONE -> {
                        for (float[] query : queries) {
                            index.search(query, K);
                        }
                    }
                    case BATCH -> index.searchAll(batch, K, SearchOptions.DEFAULT);
                }
                least = Math.min(least, AllocationTest.allocatedBytes() - before);
            }
            String plan = index.searchAll(batch, K, SearchOptions.DEFAULT)
                    .getFirst()
                    .work()
                    .plan();
            assertThat(plan).isEqualTo("pruned batch");
            return (double) least / QUERIES;
        }
    }
}
