package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {
    private static final Answers ANSWERS = answers(new long[] {7, 3, 5}, 0.9f, 0.8f, 0.7f);

    @Test
    void equalAnswersHaveNoMismatches() {
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 3, 5}, 0.9f, 0.8f, 0.7f)))
                .isZero();
    }

    @Test
    void roundingIsNoMismatch() {
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 3, 5}, 0.900002f, 0.8f, 0.7f)))
                .isZero();
    }

    @Test
    void tiesInLastPlaceMayBeBroken() {
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 3, 6}, 0.9f, 0.8f, 0.7f)))
                .isZero();
    }

    @Test
    void aBetterNeighbourThatOneSideMissesIsAMismatchOfBoth() {
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 5, 6}, 0.9f, 0.7f, 0.7f)))
                .as("3 is missing there, and nothing there is better than our last")
                .isEqualTo(1);
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 3, 6}, 0.9f, 0.8f, 0.6f)))
                .as("5 is better than their last, and their 6 worse than ours")
                .isEqualTo(2);
    }

    @Test
    void anotherScoreOfTheSameNeighbourIsAMismatch() {
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 3, 5}, 0.95f, 0.8f, 0.7f)))
                .isEqualTo(2);
    }

    @Test
    void fewerNeighboursAreMismatches() {
        assertThat(ANSWERS.mismatches(answers(new long[] {7, 3}, 0.9f, 0.8f))).isPositive();
    }

    @Test
    void answersAreReadAsTheyWereWritten(@TempDir Path folder) throws IOException {
        Path ids = folder.resolve("ids.npy");
        Path scores = folder.resolve("scores.npy");
        ANSWERS.write(ids, scores);

        Answers read = Answers.read(ids, scores);

        assertThat(read.ids()).isDeepEqualTo(ANSWERS.ids());
        assertThat(read.scores()).isDeepEqualTo(ANSWERS.scores());
    }

    private static Answers answers(long[] ids, float... scores) {
        return new Answers(new long[][] {ids}, new float[][] {scores});
    }
}
