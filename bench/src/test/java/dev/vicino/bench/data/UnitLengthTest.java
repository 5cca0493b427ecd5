package dev.vicino.bench.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UnitLengthTest {
    @Test
    void theDirectionStaysAndTheLengthIsOne() {
        float[] row = {3, 0, -4};

        UnitLength.apply(row);

        assertThat(row).containsExactly(0.6f, 0, -0.8f);
    }

    @Test
    void zerosStayWhatTheyAre() {
        float[] row = new float[2];

        UnitLength.apply(row);

        assertThat(row).containsOnly(0);
    }
}
