package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.bench.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CeilingTest {
    private static final DataSet DATA = new DataSet("data", Path.of("base"), Path.of("queries"), 1000, 10, 8);

    @Test
    void aQueryReadsEveryFloatOnce() throws IOException {
        try (ReadCeiling reading = new ReadCeiling(DATA)) {
            assertThat(reading.bytes()).isEqualTo(32_000);
            assertThat(reading.billions(Call.single(10, 1))).isEqualTo(320e-6, within(1e-12));
            assertThat(reading.seconds(Call.single(10, 1), 2)).isPositive();
            assertThat(reading.seconds(Call.single(10, 1).withThreads(2), 2)).isPositive();
        }
    }

    @Test
    void aQueryMultipliesAndAddsEveryFloatOnce() {
        MultiplyCeiling peak = new MultiplyCeiling(DATA);

        assertThat(peak.billions(Call.batch(10, 1))).isEqualTo(160e-6, within(1e-12));
        assertThat(peak.seconds(Call.batch(10, 1), 1)).isPositive();
    }
}
