package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TimesTest {
    private static final Call CALL = Call.single(1, 1);

    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Times.median(new double[] {5, 1, 9})).isEqualTo(5);
        assertThat(Times.median(new double[] {8, 1, 4, 2})).isEqualTo(3);
        assertThatThrownBy(() -> Times.median(new double[0])).hasMessageContaining("expected at least 1");
    }

    @Test
    void aRatioIsTheirTimeByOursRoundByRound() {
        Times ours = times(2, 1, 4);
        Times theirs = times(3, 4, 4);

        assertThat(theirs.ratios(ours)).containsExactly(1.5, 4, 1);
        assertThat(Times.median(theirs.ratios(ours))).isEqualTo(1.5); // not that of the medians, which is 2
    }

    @Test
    void timesOfDifferentRacesAreNotCompared() {
        assertThatThrownBy(() -> times(1).ratios(times(1, 2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rounds = 2, expected 1");
    }

    private static Times times(double... seconds) {
        return new Times(new Scripted("scripted", 1), CALL, seconds);
    }
}
