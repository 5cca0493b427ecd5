package dev.vicino.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Intervals against what they claim: that the truth lies in 95 of 100. */
final class IntervalTest {
    private static final int K = 10;
    private static final int ROUNDS = 2000;

    /** Neighbours are missed together: a share of the queries is hard, and misses many. */
    @ParameterizedTest
    @CsvSource({"0.1, 0.5, 400", "0.3, 0.8, 400", "0.02, 0.5, 1000", "1, 0.95, 200", "0.5, 0.95, 2000"})
    void theTruthLiesInsideAsOftenAsItSays(double hard, double recallOfHard, int queries) {
        Random random = new Random(3);
        double truth = 1 - hard * (1 - recallOfHard);
        int inside = 0;
        for (int round = 0; round < ROUNDS; round++) {
            double[] recalls = new double[queries];
            for (int i = 0; i < queries; i++) {
                recalls[i] = random.nextDouble() < hard ? binomial(random, recallOfHard) : 1;
            }
            Interval interval = Interval.of(recalls, K);
            inside += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
        }
        assertThat((double) inside / ROUNDS).isBetween(0.93, 0.99);
    }

    private static double binomial(Random random, double p) {
        int hits = 0;
        for (int i = 0; i < K; i++) {
            hits += random.nextDouble() < p ? 1 : 0;
        }
        return (double) hits / K;
    }

    @Test
    void independentNeighboursGiveTheIntervalOfWilson() {
        // 95 hits of 100 trials: Wilson's interval at 1.96 is 0.8882 … 0.9785.
        double[] recalls = new double[100];
        Arrays.fill(recalls, 0, 95, 1);
        Interval interval = Interval.of(recalls, 1);
        assertThat(interval.mean()).isEqualTo(0.95);
        assertThat(interval.low()).isCloseTo(0.8882, within(1e-3));
        assertThat(interval.high()).isCloseTo(0.9785, within(1e-3));
    }

    @Test
    void nothingMissedIsNoProofThatNothingIsMissed() {
        double[] recalls = new double[100];
        Arrays.fill(recalls, 1);
        Interval interval = Interval.of(recalls, K);
        assertThat(interval.mean()).isEqualTo(1);
        assertThat(interval.low()).isBetween(0.95, 0.97);
        assertThat(interval.high()).isEqualTo(1);
        assertThat(Interval.exact(7)).isEqualTo(new Interval(1, 1, 1, 7));
    }

    @Test
    void nothingFoundIsTheOtherEnd() {
        Interval interval = Interval.of(new double[50], K);
        assertThat(interval.low()).isEqualTo(0);
        assertThat(interval.high()).isBetween(0.05, 0.1);
    }

    @Test
    void noQueriesSayNothing() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Interval.of(new double[0], K))
                .withMessageContaining("at least 1");
    }
}
