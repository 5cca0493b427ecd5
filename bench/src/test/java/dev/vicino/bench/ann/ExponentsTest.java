package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExponentsTest {
    @Test
    void powersAreFoundAgain() {
        List<GrowthRow> rows = IntStream.of(1000, 4000, 64_000)
                .mapToObj(n -> new GrowthRow(n, 3 * Math.pow(n, 1.25), 700L * n, 5 / Math.sqrt(n)))
                .toList();

        Exponents exponents = Exponents.of(rows);

        assertThat(exponents.build()).isCloseTo(1.25, within(1e-9));
        assertThat(exponents.memory()).isCloseTo(1, within(1e-9));
        assertThat(exponents.search()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void oneSizeTellsNothing() {
        Exponents exponents = Exponents.of(List.of(new GrowthRow(1000, 1, 1, 1.0), new GrowthRow(2000, 2, 2, null)));

        assertThat(exponents.build()).isCloseTo(1, within(1e-9));
        assertThat(exponents.search()).isNull();
    }
}
