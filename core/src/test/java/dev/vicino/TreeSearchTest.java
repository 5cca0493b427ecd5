package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a search of a tree costs and tells, and that it ends when it is told to. */
@ExtendWith(Seeds.class)
final class TreeSearchTest {
    private static final int ROWS = 20_000;
    private static final int D = 3;
    private static final int K = 10;

    /** Ids, scores and distances of an answer, and the heap it comes from: no node, no vector of a kernel. */
    private static final int LIMIT_BYTES = 2048;

    private static final int MOST_WARM_UPS = 2000;

    @RegisterExtension
    private final CheckedTrees trees = new CheckedTrees();

    @ParameterizedTest
    @MethodSource("dev.vicino.TreeAnswersTest#kinds")
    void aWarmSearchAllocatesItsAnswer(String spec, Metric metric) throws ReflectiveOperationException {
        float[][] rows = Points.clustered(Seeds.random(), ROWS, D, 20);
        TreeIndex index = trees.build(spec, metric, rows, D);
        long least = Long.MAX_VALUE;
        for (int i = 0; i < MOST_WARM_UPS && least > LIMIT_BYTES; i++) {
            long before = AllocationTest.allocatedBytes();
            for (int q = 0; q < 100; q++) {
                index.search(rows[q], K);
            }
            least = Math.min(least, (AllocationTest.allocatedBytes() - before) / 100);
        }
        assertThat(least).as("bytes a search").isBetween(1L, (long) LIMIT_BYTES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KDTree", "BallTree"})
    void fewRowsAreComparedAndThatIsTold(String spec) {
        float[][] rows = Points.gaussian(Seeds.random(), ROWS, D);
        TreeIndex index = trees.build(spec, Metric.L2, rows, D);
        Neighbors.Work work = index.search(rows[0], K).work();
        assertThat(work.plan()).isEqualTo("tree");
        assertThat(work.exact()).isBetween((long) K, ROWS / 10L);
        assertThat(work.hops()).isPositive();
        Neighbors.Work all =
                index.search(rows[0], K, SearchOptions.DEFAULT.withExact(true)).work();
        assertThat(all.plan()).isEqualTo("scan");
        assertThat(all.exact()).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KDTree", "BallTree"})
    void aSearchEndsWhenItIsToldTo(String spec) {
        float[][] rows = Points.gaussian(Seeds.random(), ROWS, D);
        TreeIndex index = trees.build(spec, Metric.L2, rows, D);
        SearchOptions cancelled = SearchOptions.DEFAULT.withCancelled(() -> true);
        assertThatThrownBy(() -> index.search(rows[0], K, cancelled)).isInstanceOf(CancellationException.class);
        SearchOptions noTime = SearchOptions.DEFAULT.withExact(true).withTimeLimit(Duration.ofNanos(1));
        assertThat(index.search(rows[0], K, noTime).work().complete()).isFalse();
        assertThat(index.search(rows[0], K).work().complete()).isTrue();
    }
}
