package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.Vicino;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The verbs info and verify. */
@ExtendWith(Samples.class)
class IndexVerbsTest {
    @TempDir
    private Path folder;

    private static final String[] INFO = {
        "spec",
        "metric",
        "vectors",
        "dimension",
        "bytes_memory",
        "bytes_disk",
        "format_version",
        "sections",
        "kernels",
        "bytes_large_pages",
        "code_loss"
    };

    private Path index;

    @BeforeEach
    void build() throws IOException {
        index = Samples.index(folder, Samples.rows(50, 9), "--metric", "dot");
    }

    @Test
    void infoTellsWhatTheIndexIs() throws IOException {
        JsonNode json = Run.vicino("info", index, "--json").json(INFO);

        assertThat(json.get("spec").textValue()).isEqualTo("Flat");
        assertThat(json.get("metric").textValue()).isEqualTo("dot");
        assertThat(json.get("vectors").intValue()).isEqualTo(50);
        assertThat(json.get("dimension").intValue()).isEqualTo(9);
        assertThat(json.get("bytes_disk").longValue()).isEqualTo(Files.size(index));
        assertThat(json.get("format_version").intValue()).isEqualTo(1);
        assertThat(json.get("sections").findValuesAsText("name")).startsWith("rows", "norms");
        assertThat(json.get("sections").get(0).get("bytes").longValue()).isEqualTo(50 * 9 * 4);
        assertThat(json.get("kernels").textValue()).isEqualTo(Vicino.kernels());
        assertThat(Run.vicino("info", index).succeeds().out())
                .contains("Flat, dot", "50 of dimension 9", "kernels", Vicino.kernels(), "large pages");
    }

    @Test
    void infoTellsWhatTheCodeLoses() throws IOException {
        assertThat(Run.vicino("info", index).succeeds().out()).doesNotContain("code loss");
        Path coded = Samples.index(folder, Samples.rows(50, 9), "--spec", "HNSW4,SQ8,Refine(FP16)");

        JsonNode json = Run.vicino("info", coded, "--json").json(INFO);

        assertThat(json.get("code_loss").doubleValue()).isBetween(1e-9, 0.01);
        assertThat(Run.vicino("info", coded).succeeds().out()).contains("code loss");
    }

    @Test
    void anUndamagedIndexVerifies() throws IOException {
        JsonNode json = Run.vicino("verify", index, "--json").json("ok", "bytes_disk", "seconds");

        assertThat(json.get("ok").booleanValue()).isTrue();
        assertThat(json.get("bytes_disk").longValue()).isEqualTo(Files.size(index));
        assertThat(Run.vicino("verify", index).succeeds().out().strip()).isEqualTo("ok");
    }

    @Test
    void everyDamagedByteIsFound() throws IOException {
        byte[] bytes = Files.readAllBytes(index);
        for (int at = 0; at < bytes.length; at += 31) {
            bytes[at] ^= 0x10;
            Files.write(index, bytes);
            Run.vicino("verify", index, "--json").fails(1, "sample.vicino: at byte");
            bytes[at] ^= 0x10;
        }
    }

    @Test
    void whatIsNoIndexFails() throws IOException {
        Path other = Files.writeString(folder.resolve("other.vicino"), "no index");

        Run.vicino("info", other).fails(1, "other.vicino", "at byte 0", "8 bytes");
        Run.vicino("verify", other).fails(1, "other.vicino", "at byte 0", "8 bytes");
        Run.vicino("info", folder.resolve("no.vicino")).fails(1, "no.vicino does not exist");
        Run.vicino("verify", folder.resolve("no.vicino")).fails(1, "no.vicino does not exist");
    }
}
