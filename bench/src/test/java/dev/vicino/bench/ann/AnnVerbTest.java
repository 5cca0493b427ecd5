package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.bench.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole comparison on tiny data, without others. Nothing here depends on how long anything takes. */
class AnnVerbTest {
    @TempDir
    private Path cache;

    private Run ann(Object... more) {
        Object[] arguments = {"ann", "--quick", "--rows", 1000, "--rounds", 1, "--peers", "none", "--cache", cache};
        Object[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return Run.bench(all);
    }

    @Test
    void everyWorkHasItsRows() throws IOException {
        JsonNode report = ann("--json").json();

        assertThat(report.fieldNames())
                .toIterable()
                .startsWith("kernels", "java", "cores", "rounds", "affinity", "data")
                .endsWith("charts", "left_out");
        assertThat(report.get("left_out")).as(report.toString()).isEmpty();
        Map<String, Integer> rows = new TreeMap<>();
        for (JsonNode row : report.get("rows")) {
            assertThat(row.get("ours_value").doubleValue()).as(row.toString()).isPositive();
            rows.merge(row.get("work").textValue(), 1, Integer::sum);
        }
        boolean twoCores = Runtime.getRuntime().availableProcessors() > 1;
        assertThat(rows)
                .containsEntry("build", 2)
                .containsEntry("bytes", 1)
                .containsEntry("filtered", 4)
                .containsEntry("live", 2)
                .containsEntry("disk", 3)
                .containsEntry("kmeans", 2)
                .containsEntry("loss", 4)
                .containsEntry("trees", 32)
                .hasSize(twoCores ? 10 : 8);
        assertThat(report.get("curves")).hasSize(2);
        assertThat(report.get("curves").get(0).get("points")).hasSize(3);
        assertThat(report.get("builds").get(0).get("seconds").doubleValue()).isPositive();
        assertThat(report.get("charts")).hasSize(2);
    }

    @Test
    void theTableIsForPeople() {
        Run run = ann("--work", "bytes", "--spec", "HNSW8");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("1,000 × 384", "bytes a vector", "Vicino HNSW8", "≤ 256", "NO");
        assertThat(run.err()).contains("building on all cores");
    }

    @Test
    void growthIsLookedAtInsteadOfTheRest() throws IOException {
        JsonNode report = ann("--growth", "500,1500", "--json").json();

        assertThat(report.get("left_out")).as(report.toString()).isEmpty();
        assertThat(report.get("rows")).isEmpty();
        assertThat(report.get("growth").findValuesAsText("vectors")).containsExactly("500", "1500");
        assertThat(report.get("exponents").get("memory").doubleValue()).isBetween(0.5, 1.5);
    }

    @Test
    void aPeerThatIsMissingIsNamedWithTheReason() throws IOException {
        JsonNode report = ann(
                        "--work",
                        "search",
                        "--spec",
                        "Flat",
                        "--peers",
                        "faiss",
                        "--python",
                        "no-such-python",
                        "--json")
                .json();

        assertThat(report.get("curves").findValuesAsText("name")).containsExactly("Vicino Flat");
        assertThat(report.get("left_out").findValuesAsText("name")).contains("FAISS HNSWFlat M16");
        assertThat(report.get("left_out").findValuesAsText("reason")).allMatch(why -> why.contains("no-such-python"));
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        Run.bench("ann", "--work", "everything").fails(2, "--work", "everything", "filtered");
        Run.bench("ann", "--peers", "annoy").fails(2, "--peers", "annoy", "lucene", "none");
        Run.bench("ann", "--rows", 5).fails(2, "rows = 5", "at least 1000");
        Run.bench("ann", "--rounds", 0).fails(2, "rounds = 0", "at least 1");
        Run.bench("ann", "--growth", "ten").fails(2, "ten");
        Run.bench("ann", "--growth", 5).fails(2, "growth = 5", "at least 100");
    }
}
