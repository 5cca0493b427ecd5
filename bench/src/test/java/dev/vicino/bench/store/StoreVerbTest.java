package dev.vicino.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.bench.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole comparison on few points. Nothing here depends on how long anything takes. */
class StoreVerbTest {
    private static final List<String> COMPARED = List.of("filtered", "build", "memory-stores", "lucene");

    @TempDir
    private Path cache;

    @Test
    void everyWorkHasItsRows() throws IOException {
        JsonNode report =
                Run.bench("store", "--quick", "--cache", cache, "--json").json();

        assertThat(report.get("left_out")).isEmpty();
        assertThat(report.get("points").intValue()).isEqualTo(1500);
        Set<String> works = new TreeSet<>();
        for (JsonNode row : report.get("rows")) {
            String work = row.get("work").textValue();
            works.add(work);
            if (COMPARED.contains(work)) {
                assertThat(row.get("ours_value").doubleValue()).isPositive();
                assertThat(row.get("ratio").get("median").doubleValue()).isPositive();
                assertThat(row.get("reached").isBoolean()).isTrue();
            }
        }
        assertThat(works)
                .containsExactlyInAnyOrder(
                        "upsert", "live", "search", "filtered", "build", "open", "memory-stores", "lucene");
        assertThat(cache.toFile().list((_, name) -> name.startsWith("store"))).isEmpty();
    }

    @Test
    void wrongUsageIsOneSentence() {
        Run.bench("store", "--quick", "--rows", 100).fails(2, "rows = 100");
        Run.bench("store", "--work", "reading").fails(2, "reading");
    }
}
