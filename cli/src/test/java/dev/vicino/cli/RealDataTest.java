package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real embeddings, where their files lie beside the checkout. */
class RealDataTest {
    private static final Path DATA = Path.of("..", "..", "shared", "data");
    private static final int QUERIES = 50;

    @TempDir
    private Path folder;

    @Test
    void exactSearchFindsTheTrueNeighboursOfSentences() throws IOException {
        Path base = DATA.resolve("minilm-130k.base.f16.npy");
        if (!Files.exists(base)) {
            System.out.println("RealDataTest is skipped: " + base + " does not exist");
            abort();
        }
        Path index = folder.resolve("minilm.vicino");
        Path queries = folder.resolve("queries.npy");
        Path truth = folder.resolve("truth.npy");
        Samples.write(queries, Arrays.copyOf(Samples.read(DATA.resolve("minilm-130k.query.f32.npy")), QUERIES));
        Samples.ids(truth, Arrays.copyOf(IdFiles.table(DATA.resolve("minilm-130k.truth-ip.i32.npy")), QUERIES));

        Run.vicino("build", base, "--out", index, "--metric", "dot", "--spec", "Flat")
                .succeeds();
        Run search = Run.vicino("search", index, queries, "--truth", truth, "--batch", QUERIES, "--json");

        JsonNode json = JsonMapper.builder().build().readTree(search.succeeds().out());
        assertThat(json.get("vectors").intValue()).isEqualTo(130_000);
        assertThat(json.get("recall").doubleValue()).isGreaterThan(0.995); // rounding decides between near ties
        assertThat(json.get("recall_under_80").doubleValue()).isZero();
    }
}
