package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vicino;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Samples.class)
class BuildVerbTest {
    static final String[] FIELDS = {
        "spec", "metric", "vectors", "dimension", "threads", "seconds", "bytes_memory", "bytes_disk"
    };

    @TempDir
    private Path folder;

    private Path vectors;
    private Path index;

    @BeforeEach
    void writeVectors() throws IOException {
        vectors = Samples.write(folder.resolve("base.npy"), Samples.rows(300, 20));
        index = folder.resolve("base.vicino");
    }

    @Test
    void jsonHasTheFieldsOfTheContractInTheirOrder() throws IOException {
        JsonNode json = Run.vicino("build", vectors, "--out", index, "--threads", 3, "--json")
                .json(FIELDS);

        assertThat(json.get("spec").textValue()).isEqualTo("Flat");
        assertThat(json.get("metric").textValue()).isEqualTo("cosine");
        assertThat(json.get("vectors").intValue()).isEqualTo(300);
        assertThat(json.get("dimension").intValue()).isEqualTo(20);
        assertThat(json.get("threads").intValue()).isEqualTo(3);
        assertThat(json.get("seconds").doubleValue()).isPositive();
        assertThat(json.get("bytes_memory").longValue()).isGreaterThanOrEqualTo(300 * 20 * 4);
        assertThat(json.get("bytes_disk").longValue()).isEqualTo(Files.size(index));
    }

    @Test
    void theIndexHasTheMetricAndTheSpecAskedFor() throws IOException {
        Run run = Run.vicino("build", vectors, "--out", index, "--metric", "L2", "--spec", " Flat( prune = false )");

        assertThat(run.succeeds().out()).contains("Flat(prune=false), l2", "300 of dimension 20", index.toString());
        try (VectorIndex built = Vicino.open(index)) {
            assertThat(built.metric()).isEqualTo(Metric.L2);
            assertThat(built.spec().toString()).isEqualTo("Flat(prune=false)");
            assertThat(built.size()).isEqualTo(300);
        }
    }

    @Test
    void everyFormatGivesTheSameIndex() throws IOException {
        float[][] rows = {{1, 2}, {3, 4}};
        Path jsonl = folder.resolve("rows.jsonl");
        Files.writeString(jsonl, "[1, 2]\n{\"vector\": [3, 4]}\n");
        Path odd = folder.resolve("rows.bin");
        Files.copy(Samples.write(folder.resolve("rows.fvecs"), rows), odd);

        byte[] expected = built(Samples.write(folder.resolve("rows.npy"), rows));
        assertThat(built(folder.resolve("rows.fvecs"))).isEqualTo(expected);
        assertThat(built(jsonl)).isEqualTo(expected);
        assertThat(built(odd, "--format", "fvecs")).isEqualTo(expected);
    }

    private byte[] built(Path file, Object... more) throws IOException {
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"build", file, "--out", index}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        Run.vicino(arguments).succeeds();
        return Files.readAllBytes(index);
    }

    @Test
    void anOlderIndexIsReplaced() throws IOException {
        Files.writeString(index, "something else");

        Run.vicino("build", vectors, "--out", index).succeeds();

        Vicino.open(index).close();
        assertThat(Samples.names(folder)).containsExactly("base.npy", "base.vicino");
    }

    @Test
    void aNumberThatIsNoneIsRefusedByRowAndColumnAndTheOlderIndexStays() throws IOException {
        Path broken = folder.resolve("broken.jsonl");
        Files.writeString(broken, "[1, 2]\n[3, NaN]\n");
        Files.writeString(index, "older");

        Run.vicino("build", broken, "--out", index).fails(1, broken.toString(), "row 1", "column 1", "NaN");

        assertThat(Files.readString(index)).isEqualTo("older");
        assertThat(Samples.names(folder)).containsExactly("base.npy", "base.vicino", "broken.jsonl");
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsRead() throws IOException {
        Path missing = folder.resolve("missing.npy");

        Run.vicino("build", missing, "--out", index, "--spec", "Flot").fails(2, "'Flot' is not understood", "^");
        Run.vicino("build", missing, "--out", index, "--metric", "cosinus").fails(2, "--metric", "cosinus");
        Run.vicino("build", missing, "--out", index, "--threads", 0).fails(2, "threads = 0, expected at least 1");
        Run.vicino("build", missing, "--out", folder).fails(1, folder + " is a folder");
        Run.vicino("build", missing, "--out", folder.resolve("no/i"))
                .fails(1, "no/i cannot be written", "does not exist");
        Run.vicino("build", folder.resolve("v.csv"), "--out", index).fails(2, "v.csv", ".fvecs", ".npy");
        Run.vicino("build", missing, "--out", index).fails(1, "missing.npy does not exist");
        Run.vicino("build", vectors, "--out", vectors).fails(2, "out = " + vectors, "expected another file");
        assertThat(Samples.names(folder)).containsExactly("base.npy");
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsRefused() throws IOException {
        Path fake = Files.write(folder.resolve("fake.npy"), "hello, world".getBytes(StandardCharsets.UTF_8));

        Run.vicino("build", fake, "--out", index).fails(1, "fake.npy", "at byte 0", "magic number");
        assertThat(index).doesNotExist();
    }
}
