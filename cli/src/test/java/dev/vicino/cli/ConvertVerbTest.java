package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(Samples.class)
class ConvertVerbTest {
    @TempDir
    private Path folder;

    @Test
    void vectorsStayAsTheyAreOnTheWayThereAndBack() throws IOException {
        float[][] rows = Samples.rows(1500, 7);
        Path npy = Samples.write(folder.resolve("a.npy"), rows);
        Path fvecs = folder.resolve("b.fvecs");
        Path back = folder.resolve("c.npy");

        JsonNode json =
                Run.vicino("convert", npy, "--out", fvecs, "--json").json("rows", "columns", "seconds", "bytes_disk");
        String text = Run.vicino("convert", fvecs, "--out", back).succeeds().out();

        assertThat(json.get("rows").intValue()).isEqualTo(1500);
        assertThat(json.get("columns").intValue()).isEqualTo(7);
        assertThat(json.get("bytes_disk").longValue()).isEqualTo(1500 * (4 + 7 * 4));
        assertThat(text).contains("1,500 of 7 numbers", back.toString());
        assertThat(Samples.read(fvecs)).isDeepEqualTo(rows);
        assertThat(Files.readAllBytes(back)).isEqualTo(Files.readAllBytes(npy));
    }

    @Test
    void idsStayIntegers() throws IOException {
        long[][] table = {{(1 << 24) + 1, -1}, {Integer.MAX_VALUE, 0}};
        Path ivecs = Samples.ids(folder.resolve("a.ivecs"), table);
        Path npy = folder.resolve("b.npy");
        Path back = folder.resolve("c.ivecs");

        JsonNode json =
                Run.vicino("convert", ivecs, "--out", npy, "--json").json("rows", "columns", "seconds", "bytes_disk");
        Run.vicino("convert", npy, "--out", back).succeeds();

        assertThat(json.get("rows").intValue()).isEqualTo(2);
        assertThat(IdFiles.table(npy)).isDeepEqualTo(table);
        assertThat(Files.readAllBytes(back)).isEqualTo(Files.readAllBytes(ivecs));
    }

    @Test
    void ivecsToFvecsGivesWholeNumbers() throws IOException {
        Path ivecs = Samples.ids(folder.resolve("a.ivecs"), new long[][] {{1, 2, 3}});
        Path fvecs = folder.resolve("b.fvecs");

        Run.vicino("convert", ivecs, "--out", fvecs).succeeds();

        assertThat(Samples.read(fvecs)).isDeepEqualTo(new float[][] {{1, 2, 3}});
    }

    @Test
    void aFileWithAnotherEndingIsReadAsTold() throws IOException {
        Path text = Files.writeString(folder.resolve("vectors.txt"), "[1, 2]\n[3, 4]\n");
        Path npy = folder.resolve("b.npy");

        Run.vicino("convert", text, "--format", "jsonl", "--out", npy).succeeds();

        assertThat(Samples.read(npy)).isDeepEqualTo(new float[][] {{1, 2}, {3, 4}});
    }

    @Test
    void aRefusalLeavesTheOlderFileAndNothingElse() throws IOException {
        Path broken = Files.writeString(folder.resolve("a.jsonl"), "[1, 2]\n[3]\n");
        Path out = Files.writeString(folder.resolve("b.npy"), "older");
        Path floats = Samples.write(folder.resolve("c.npy"), Samples.rows(2, 2));

        Run.vicino("convert", broken, "--out", out).fails(1, "a.jsonl", "line 2 (row 1)", "1 numbers long");
        Run.vicino("convert", folder.resolve("no.npy"), "--out", out).fails(1, "no.npy does not exist");
        Run.vicino("convert", broken, "--out", folder.resolve("b.csv")).fails(2, "b.csv", ".npy");
        Run.vicino("convert", broken, "--out", folder.resolve("b.bvecs")).fails(2, "b.bvecs", ".npy or .fvecs");
        Run.vicino("convert", floats, "--out", floats).fails(2, "out = " + floats, "expected another file");
        Run.vicino("convert", floats, "--out", folder.resolve("d.ivecs")).fails(1, "c.npy", "'<f4'", "int32");
        Run.vicino("convert", floats, "--out", folder.resolve("d.ivecs"), "--format", "npy")
                .fails(2, "format = npy, expected none");

        assertThat(Files.readString(out)).isEqualTo("older");
        assertThat(Samples.names(folder)).containsExactly("a.jsonl", "b.npy", "c.npy");
    }
}
