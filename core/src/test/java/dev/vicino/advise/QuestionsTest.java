package dev.vicino.advise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.Metric;
import dev.vicino.Neighbors;
import org.junit.jupiter.api.Test;

/** What counts as found. */
final class QuestionsTest {
    private static Neighbors neighbors(long[] ids, float... scores) {
        return new Neighbors(ids, scores, new Neighbors.Work("test", 0, 0));
    }

    @Test
    void isTheShareOfTheTrueOnes() {
        Neighbors truth = neighbors(new long[] {1, 2, 3, 4}, 1, 2, 3, 4);
        Neighbors found = neighbors(new long[] {1, 3, 9}, 1, 3, 5);
        assertThat(Questions.recall(found, truth, Metric.L2, true)).isEqualTo(0.5);
        assertThat(Questions.recall(truth, truth, Metric.L2, false)).isEqualTo(1);
        assertThat(Questions.recall(neighbors(new long[0]), truth, Metric.L2, true))
                .isEqualTo(0);
        assertThat(Questions.recall(found, neighbors(new long[0]), Metric.L2, true))
                .isEqualTo(1);
    }

    @Test
    void whoIsAsNearAsTheLastIsRightWhereScoresAreTrue() {
        Neighbors truth = neighbors(new long[] {1, 2}, 0.9f, 0.5f);
        Neighbors found = neighbors(new long[] {1, 7}, 0.9f, 0.5f);
        assertThat(Questions.recall(found, truth, Metric.COSINE, true)).isEqualTo(1);
        assertThat(Questions.recall(found, truth, Metric.COSINE, false)).isEqualTo(0.5);
        Neighbors farther = neighbors(new long[] {8, 7}, 0.9f, 0.5f);
        assertThat(Questions.recall(farther, truth, Metric.COSINE, true)).isEqualTo(1);
        assertThat(Questions.recall(farther, truth, Metric.L2, true)).isEqualTo(0.5); // 0.9 is farther than 0.5 there
    }
}
