package dev.vicino.bench.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.bench.Run;
import dev.vicino.bench.data.DataFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole comparison on tiny data. Nothing here depends on how long anything takes. */
class ExactVerbTest {
    private static final int ROWS_ON_ALL_DATA = 2 * 2 * 6 + 5 + 2 + 2; // data × k × works, threads, scalar, gaussian

    @TempDir
    private Path cache;

    @Test
    void withoutPythonThePeerIsLeftOutAndTheTableSaysSo() throws IOException {
        JsonNode report = Run.bench(
                        "exact", "--quick", "--rounds", 1, "--cache", cache, "--python", "no-such-python", "--json")
                .json();

        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "kernels",
                        "java",
                        "cores",
                        "rounds",
                        "affinity",
                        "peers",
                        "rows",
                        "memory",
                        "pages",
                        "remarks");
        assertThat(report.get("peers").textValue()).contains("FAISS is left out", "no-such-python");
        assertThat(report.get("rows")).hasSizeBetween(ROWS_ON_ALL_DATA - 5, ROWS_ON_ALL_DATA); // one core, no threads
        assertThat(report.get("memory")).hasSize(2);
        for (JsonNode row : report.get("rows")) {
            boolean alone = named(row.get("work").textValue()).isBesideFaiss();
            assertThat(row.get("ours_us").doubleValue()).isPositive();
            assertThat(row.get("against").isNull()).as(row.toString()).isEqualTo(alone);
            if (!alone) {
                assertThat(row.get("against").get("mismatches").intValue())
                        .as(row.toString())
                        .isZero();
            }
        }
    }

    @Test
    void withFaissEveryRowHasARatioAndTheSameAnswers() throws IOException {
        if (!FaissTest.isInstalled()) {
            System.out.println("ExactVerbTest is skipped in part: python3 with faiss and numpy is not installed");
            abort();
        }
        JsonNode report = Run.bench(
                        "exact",
                        "--quick",
                        "--rounds",
                        1,
                        "--cache",
                        cache,
                        "--json",
                        "--work",
                        "plain-single,plain-batch,small-batch,pruned-single,panorama,pruned-batch")
                .json();

        assertThat(report.get("rows")).hasSize(24);
        for (JsonNode row : report.get("rows")) {
            assertThat(row.get("against").get("name").textValue()).startsWith("FAISS IndexFlatIP");
            assertThat(row.get("against").get("ratio").doubleValue())
                    .isPositive()
                    .isFinite();
            assertThat(row.get("against").get("mismatches").intValue())
                    .as(row.toString())
                    .isZero();
            assertThat(row.get("ceiling").isNull())
                    .as(row.toString())
                    .isEqualTo(!row.get("work").textValue().startsWith("plain"));
        }
    }

    @Test
    void theTableIsForPeople() {
        Run run =
                Run.bench("exact", "--quick", "--rounds", 1, "--cache", cache, "--peers", "none", "--work", "gaussian");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("left out, as asked for", "gaussian 2000 × 384", "Flat(prune=false)", "ratio");
        assertThat(run.err()).contains("gaussian 2,000 × 384").contains("gaussian, batch 1, k 10");
    }

    @Test
    void argumentsThatMakeNoSenseAreRefused() {
        Run.bench("exact", "--work", "everything").fails(2, "--work", "everything", "plain-single");
        Run.bench("exact", "--peers", "lucene").fails(2, "peers = lucene", "faiss or none");
        Run.bench("exact", "--rows", 5).fails(2, "rows = 5", "at least 100");
        Run.bench("exact", "--rounds", 0).fails(2, "rounds = 0", "at least 1");
        Run.bench("exact", "--data", cache).fails(1, DataFolder.BASE, "does not exist");
    }

    private static ExactWork named(String label) {
        return Arrays.stream(ExactWork.values())
                .filter(work -> work.toString().equals(label))
                .findAny()
                .orElseThrow();
    }
}
