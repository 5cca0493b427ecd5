package dev.vicino.bench.race;

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
    void theMedianRatioIsNotThatOfTheMedians() {
        Ratio ratio = Ratio.of(new double[] {3, 4, 4}, new double[] {2, 1, 4});

        assertThat(ratio).isEqualTo(new Ratio(1.5, 1, 4)); // that of the medians is 2
    }

    @Test
    void bothNeedTheSameRounds() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ratio.of(new double[2], new double[3]))
                .withMessage("rounds = 2, expected 3");
    }
}
