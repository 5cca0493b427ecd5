package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class RatioTest {
    @Test
    void roundsAreDividedOneByOne() {
        Ratio ratio = Ratio.of(new double[] {2, 12, 4}, new double[] {1, 3, 8});

        assertThat(ratio).isEqualTo(new Ratio(2, 0.5, 4));
    }

    @Test
    void bothNeedTheSameRounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratio.of(new double[2], new double[3]))
                .withMessage("rounds = 2, expected 3");
    }

    @Test
    void aRowIsJudgedByItsRatioOrElseByItsValue() {
        Ratio twice = new Ratio(2, 1, 3);

        assertThat(row(twice, Asked.atLeast(2)).reached()).isTrue();
        assertThat(row(twice, Asked.atLeast(2.1)).reached()).isFalse();
        assertThat(row(twice, Asked.atMost(1.9)).reached()).isFalse();
        assertThat(row(twice, null).reached()).isNull();
        assertThat(Row.alone(Work.BYTES, "", "", "", 256, Asked.atMost(256)).reached())
                .isTrue();
    }

    private static Row row(Ratio ratio, Asked asked) {
        return new Row("", "", "", "", 100, "", 50.0, ratio, asked);
    }
}
