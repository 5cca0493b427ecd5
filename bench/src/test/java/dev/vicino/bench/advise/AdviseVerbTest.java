package dev.vicino.bench.advise;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.bench.Run;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole comparison on few vectors of one kind. Nothing here depends on how long anything takes. */
class AdviseVerbTest {
    @TempDir
    private Path cache;

    @Test
    void everyFloorHasItsRow() throws IOException {
        JsonNode report = Run.bench(
                        "advise",
                        "--quick",
                        "--rows",
                        2000,
                        "--no-sentences",
                        "--kinds",
                        "plane",
                        "--cache",
                        cache,
                        "--json")
                .json();

        assertThat(report.get("rows")).hasSize(3);
        for (JsonNode row : report.get("rows")) {
            double floor = row.get("floor").doubleValue();
            assertThat(row.get("data").textValue()).isEqualTo("plane");
            assertThat(row.get("kept").booleanValue())
                    .isEqualTo(row.get("fresh").get("high").doubleValue() >= floor);
            assertThat(row.get("fresh").get("queries").intValue()).isEqualTo(300);
            assertThat(row.get("ratio").get("median").doubleValue()).isPositive();
            assertThat(row.get("grid_seconds").doubleValue()).isPositive();
        }
    }

    @Test
    void wrongUsageIsOneSentence() {
        Run.bench("advise", "--quick", "--rows", 100).fails(2, "rows = 100");
        Run.bench("advise", "--kinds", "square").fails(2, "square");
    }
}
