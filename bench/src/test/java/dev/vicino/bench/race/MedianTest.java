package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MedianTest {
    @Test
    void theMedianIsTheMiddleOneOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(Median.of(new double[] {5, 1, 9})).isEqualTo(5);
        assertThat(Median.of(new double[] {8, 1, 4, 2})).isEqualTo(3);
        assertThatThrownBy(() -> Median.of(new double[0])).hasMessageContaining("expected at least 1");
    }
}
