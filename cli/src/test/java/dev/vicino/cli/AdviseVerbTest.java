package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.IndexInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code vicino advise}, and {@code vicino build} by a recall; vectors so few that nothing is timed to be compared. */
@ExtendWith(Samples.class)
class AdviseVerbTest {
    private static final String[] FIELDS = {
        "regime",
        "reason",
        "spec",
        "effort",
        "recall",
        "recall_under_80",
        "latency_us",
        "bytes_memory",
        "build_seconds",
        "alternatives",
        "remarks",
        "seconds"
    };

    @TempDir
    private Path folder;

    private Path vectors;

    @BeforeEach
    void writeVectors() throws IOException {
        vectors = Samples.write(folder.resolve("base.npy"), Samples.rows(300, 20));
    }

    @Test
    void jsonHasTheFieldsOfTheContractInTheirOrder() throws IOException {
        JsonNode json = Run.vicino("advise", vectors, "--recall", "0.9", "--threads", 1, "--json")
                .json(FIELDS);

        assertThat(json.get("spec").textValue()).isEqualTo("Flat");
        assertThat(json.get("effort").intValue()).isZero();
        assertThat(Run.fieldsOf(json.get("recall"))).containsExactly("mean", "low", "high", "queries");
        assertThat(Run.fieldsOf(json.get("latency_us"))).containsExactly("mean", "p50", "p95", "p99", "max");
        assertThat(json.get("recall").get("low").doubleValue()).isEqualTo(1);
        assertThat(json.get("bytes_memory").longValue()).isGreaterThanOrEqualTo(300 * 20 * 4);
    }

    @Test
    void textTellsHowToHaveTheSameAgain() {
        Run run = Run.vicino("advise", vectors, "--metric", "l2", "--k", 5);

        assertThat(run.succeeds().out())
                .contains(
                        "300 of dimension 20, l2",
                        "Metric.L2",
                        "vicino build VECTORS --out INDEX --metric l2 --spec 'Flat'");
    }

    @Test
    void theReportIsAPageAndAPicture() throws IOException {
        Path report = folder.resolve("advice.html");

        Run.vicino("advise", vectors, "--report", report).succeeds();

        assertThat(Files.readString(report)).contains("300 vectors of dimension 20, cosine", "echarts");
        assertThat(Files.readAllBytes(folder.resolve("advice.png"))).startsWith(0x89, 'P', 'N', 'G');
        Run.vicino("advise", vectors, "--report", folder.resolve("advice.txt")).fails(2, "advice.txt", ".html");
    }

    @Test
    void queriesMayBeGiven() throws IOException {
        Path queries = Samples.write(folder.resolve("queries.npy"), Samples.rows(40, 20));
        JsonNode json =
                Run.vicino("advise", vectors, "--queries", queries, "--json").json(FIELDS);
        assertThat(json.get("recall").get("queries").intValue()).isEqualTo(40);

        Path few = Samples.write(folder.resolve("few.npy"), Samples.rows(3, 20));
        Run.vicino("advise", vectors, "--queries", few).fails(2, "queries = 3");
    }

    @Test
    void buildTakesARecallInsteadOfASpec() throws IOException {
        Path index = folder.resolve("index");

        Run.vicino("build", vectors, "--out", index, "--recall", "0.9", "--k", 5, "--memory", "1GiB")
                .succeeds();

        assertThat(IndexInfo.read(index).spec()).isEqualTo("Flat");
        Run.vicino("build", vectors, "--out", index, "--recall", "0.9", "--spec", "Flat")
                .fails(2, "spec = Flat");
        Run.vicino("build", vectors, "--out", index, "--recall", "1.9").fails(2, "recall = 1.9");
        Run.vicino("build", vectors, "--out", index, "--memory", "1 apple").fails(2, "memory = 1 apple");
    }
}
