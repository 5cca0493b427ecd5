package dev.vicino.bench.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.bench.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole comparison on few vectors. Nothing here depends on how long anything takes. */
class FrameworksVerbTest {
    @TempDir
    private Path cache;

    @Test
    void everyPeerHasItsRows() throws IOException {
        JsonNode report = Run.bench("frameworks", "--quick", "--rows", 1000, "--cache", cache, "--json")
                .json();

        assertThat(report.get("searches")).hasSize(4);
        for (JsonNode row : report.get("searches")) {
            assertThat(row.get("agreement").doubleValue()).isEqualTo(1);
            assertThat(row.get("recall").get("mean").doubleValue()).isEqualTo(1);
            assertThat(row.get("ratio").get("median").doubleValue()).isPositive();
            assertThat(row.get("required").doubleValue())
                    .isEqualTo(row.get("floor").doubleValue() == 1 ? 20 : 200);
        }
        assertThat(report.get("additions")).hasSize(3);
        for (JsonNode row : report.get("additions")) {
            assertThat(row.get("seconds").doubleValue()).isPositive();
            assertThat(row.get("peer_seconds").doubleValue()).isPositive();
        }
    }

    @Test
    void wrongUsageIsOneSentence() {
        Run.bench("frameworks", "--rows", 0).fails(2, "rows = 0");
    }
}
