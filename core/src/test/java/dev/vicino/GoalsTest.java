package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goals, and the specs that have them. */
final class GoalsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Auto                                            | Auto(recall=0.95,k=10)",
                "Auto(recall=0.9)                                | Auto(recall=0.9,k=10)",
                "Auto(k=100,recall=0.990)                        | Auto(recall=0.99,k=100)",
                "Auto(recall=1)                                  | Auto(recall=1,k=10)",
                "Auto(memory=1GiB)                               | Auto(recall=0.95,k=10,memory=1GiB)",
                "Auto(memory=0.5GiB)                             | Auto(recall=0.95,k=10,memory=512MiB)",
                "Auto(memory=1000B)                              | Auto(recall=0.95,k=10,memory=1000B)",
                "Auto(latency=2000us, qps=500, build=90s)        | 'Auto(recall=0.95,k=10,latency=2ms,qps=500,build=90s)'",
                "Auto(build=2h)                                  | 'Auto(recall=0.95,k=10,build=2h)'",
            })
    void haveOneCanonicalForm(String text, String canonical) {
        IndexSpec spec = IndexSpec.parse(text);
        assertThat(spec).hasToString(canonical);
        assertThat(IndexSpec.parse(canonical)).isEqualTo(spec);
        assertThat(spec.withSeed(5)).isEqualTo(spec);
        assertThat(spec.withEffort(5)).isEqualTo(spec);
        assertThat(spec.isExact()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Auto(recall=0)          | recall = 0.0",
                "Auto(recall=1.01)       | recall = 1.01",
                "Auto(recall=NaN)        | recall = NaN",
                "Auto(recall=high)       | recall = high",
                "Auto(k=0)               | k = 0",
                "Auto(k=1.5)             | k = 1.5",
                "Auto(memory=1GB)        | memory = 1GB",
                "Auto(memory=GiB)        | memory = GiB",
                "Auto(memory=0GiB)       | memory = 0",
                "Auto(memory=9999999TiB) | memory = 9999999TiB",
                "Auto(latency=2)         | latency = 2",
                "Auto(latency=-2ms)      | latency = PT-0.002S",
                "Auto(qps=-1)            | qps = -1.0",
                "Auto(speed=1)           | 'speed'",
            })
    void areRefusedByName(String text, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.parse(text))
                .withMessageContaining(words)
                .withMessageContaining("expected");
    }

    @Test
    void meanWhatTheySay() {
        assertThat(IndexSpec.parse("Auto(recall=0.9,k=5,memory=1MiB,latency=1ms,qps=10,build=1min)")
                        .navigator())
                .isEqualTo(new IndexSpec.Auto(
                        new Goals(0.9, 5, 1 << 20, Duration.ofMillis(1), 10, Duration.ofMinutes(1))));
    }

    @Test
    void anEffortIsPartOfTheSpec() {
        IndexSpec spec = IndexSpec.parse("HNSW16(efSearch=33),RaBitQ2,Refine(Flat)");
        assertThat(spec).hasToString("HNSW16(efSearch=33),RaBitQ2,Refine(Flat)");
        assertThat(spec.withEffort(64)).hasToString("HNSW16,RaBitQ2,Refine(Flat)");
        assertThat(IndexSpec.parse("HNSW16,RaBitQ2,Refine(Flat)").withEffort(33))
                .isEqualTo(spec);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.parse("HNSW16(efSearch=0)"))
                .withMessageContaining("efSearch = 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IndexSpec.parse("HNSW16(efSearch=99999999999)"))
                .withMessageContaining("efSearch = 99999999999");
    }
}
