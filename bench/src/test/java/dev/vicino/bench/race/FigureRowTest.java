package dev.vicino.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FigureRowTest {
    private enum AnyWork {
        BYTES
    }

    @Test
    void aRowIsJudgedByItsRatioOrElseByItsValue() {
        Ratio twice = new Ratio(2, 1, 3);

        assertThat(row(twice, Asked.atLeast(2)).reached()).isTrue();
        assertThat(row(twice, Asked.atLeast(2.1)).reached()).isFalse();
        assertThat(row(twice, Asked.atMost(1.9)).reached()).isFalse();
        assertThat(row(twice, null).reached()).isNull();
        assertThat(FigureRow.alone(AnyWork.BYTES, "", "", "", 256, Asked.atMost(256))
                        .reached())
                .isTrue();
    }

    private static FigureRow row(Ratio ratio, @Nullable Asked asked) {
        return new FigureRow("", "", "", "", 100, "", 50.0, ratio, asked);
    }
}
