package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IdSet;
import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import org.junit.jupiter.api.Test;

class TruthTest {
    /** Under the inner product with (1, 0): 3, 2, 2, 1, 0. */
    private static final float[][] ROWS = {{3, 0}, {2, 0}, {2, 1}, {1, 0}, {0, 1}};

    private static Truth truth(int k, SearchOptions options) {
        try (Vectors queries = Vectors.of(new float[] {1, 0});
                VectorIndex exact =
                        Vicino.index(Vectors.of(ROWS)).metric(Metric.DOT).build()) {
            return Truth.of(exact, queries, k, options);
        }
    }

    private static double recall(int k, long... found) {
        return truth(k, SearchOptions.DEFAULT).recall(new long[][] {found});
    }

    @Test
    void recallIsTheShareOfNeighboursFound() {
        assertThat(recall(4, 0, 1, 2, 3)).isEqualTo(1);
        assertThat(recall(4, 0, 1, 4, -1)).isEqualTo(0.5);
    }

    @Test
    void whoIsAsNearAsTheLastIsRightToo() {
        assertThat(recall(2, 0, 1)).isEqualTo(1);
        assertThat(recall(2, 0, 2)).isEqualTo(1);
        assertThat(recall(2, 1, 2)).as("two of the last, but not the first").isEqualTo(1);
        assertThat(recall(2, 0, 3)).isEqualTo(0.5);
    }

    @Test
    void anIdCountsOnce() {
        assertThat(recall(3, 0, 0, 0)).isEqualTo(1 / 3.0);
    }

    @Test
    void whereFewerAreAllowedFewerAreEnough() {
        Truth truth = truth(3, SearchOptions.DEFAULT.withFilter(IdSet.of(3, 4)));

        assertThat(truth.recall(new long[][] {{3, 4, -1}})).isEqualTo(1);
        assertThat(truth.recall(new long[][] {{3, 0, 1}})).isEqualTo(0.5);
    }

    @Test
    void everyQueryNeedsAnAnswer() {
        Truth truth = truth(1, SearchOptions.DEFAULT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> truth.recall(new long[2][1]))
                .withMessage("found.length = 2, expected 1");
    }
}
