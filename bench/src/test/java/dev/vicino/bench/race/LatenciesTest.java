package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class LatenciesTest {
    @Test
    void sharesAndRateAreThoseOfAllCalls() {
        Latencies some = new Latencies();
        for (int i = 1500; i > 0; i--) {
            some.add(1000L * i);
        }
        Latencies others = new Latencies();
        others.add(2_000_000);
        some.addAll(others);

        assertThat(some.count()).isEqualTo(1501);
        assertThat(some.micros(0)).isEqualTo(1);
        assertThat(some.micros(0.5)).isEqualTo(751);
        assertThat(some.micros(1)).isEqualTo(2000);
        assertThat(others.rate()).isEqualTo(500);
    }

    @Test
    void callsEndWhenTheyAreOverAndThereIsAtLeastOne() throws IOException {
        int[] calls = {0};

        assertThat(Latencies.of(0, () -> false, _ -> {}).count()).isOne();
        assertThat(Latencies.of(60, () -> calls[0] == 3, number -> calls[0] = number + 1)
                        .count())
                .isEqualTo(3);
    }
}
