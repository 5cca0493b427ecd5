package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real model. */
class EmbedVerbTest {
    @TempDir
    private Path folder;

    @Test
    void aTextFileGivesARowALine() throws IOException {
        Path texts =
                Files.writeString(folder.resolve("texts.txt"), "a kitten plays\nincome tax\n\na young cat at play");
        Path out = folder.resolve("rows.npy");

        JsonNode json = Run.vicino("embed", texts, "--out", out, "--json")
                .json("model", "vectors", "dimension", "seconds", "bytes_disk");

        float[][] rows = Samples.read(out);
        assertThat(rows).hasDimensions(4, 384); // the third is that of the empty text
        assertThat(dot(rows[0], rows[3])).isGreaterThan(0.5);
        assertThat(dot(rows[0], rows[1])).isLessThan(0.3);
        assertThat(json.get("model").textValue()).isNotBlank();
        assertThat(json.get("vectors").intValue()).isEqualTo(4);
        assertThat(json.get("dimension").intValue()).isEqualTo(384);
        assertThat(json.get("bytes_disk").longValue()).isEqualTo(Files.size(out));
    }

    @Test
    void aFieldOfJsonLinesGivesTheSameRowsAsAFileOfTexts() throws IOException {
        Path lines = Files.writeString(folder.resolve("a.txt"), "one cat\r\ntwo dögs\n");
        Path texts = Files.writeString(
                folder.resolve("b.jsonl"), "{\"text\": \"one cat\"}\n\n{\"id\": 7, \"text\": \"two d\\u00f6gs\"}\n");
        Path fields = Files.writeString(
                folder.resolve("c.bin"), "{\"body\": \"one cat\", \"text\": 1}\n{\"body\": \"two dögs\"}");

        float[][] expected = embed(lines);
        assertThat(embed(texts)).isDeepEqualTo(expected);
        assertThat(embed(fields, "--format", "jsonl", "--field", "body")).isDeepEqualTo(expected);
    }

    private float[][] embed(Path texts, String... more) throws IOException {
        Path out = folder.resolve("out.fvecs");
        Object[] arguments = new Object[4 + more.length];
        System.arraycopy(new Object[] {"embed", texts, "--out", out}, 0, arguments, 0, 4);
        System.arraycopy(more, 0, arguments, 4, more.length);
        assertThat(Run.vicino(arguments).succeeds().out()).contains("2 of dimension 384", out.toString());
        return Samples.read(out);
    }

    private static double dot(float[] x, float[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Test
    void whatCannotBeReadIsRefusedAndNothingWritten() throws IOException {
        Path broken = Files.writeString(folder.resolve("a.jsonl"), "{\"text\": \"fine\"}\n{\"text\": 5}\n");
        Path cut = Files.writeString(folder.resolve("b.jsonl"), "{\"text\": \"fi");
        Path latin = Files.write(folder.resolve("c.txt"), new byte[] {'a', '\n', (byte) 0xe9, '\n'});
        Path empty = Files.writeString(folder.resolve("d.txt"), "");
        Path out = folder.resolve("rows.npy");

        Run.vicino("embed", broken, "--out", out).fails(1, "a.jsonl", "at byte 17, line 2", "text = 5", "field 'text'");
        Run.vicino("embed", broken, "--out", out, "--field", "b").fails(1, "line 1", "without the field 'b'");
        Run.vicino("embed", cut, "--out", out).fails(1, "b.jsonl", "line 1", "not JSON");
        Run.vicino("embed", latin, "--out", out).fails(1, "c.txt", "at byte 2, line 2", "not UTF-8");
        Run.vicino("embed", empty, "--out", out).fails(2, "d.txt has no texts, expected at least one");
        Run.vicino("embed", folder.resolve("no.txt"), "--out", out).fails(1, "no.txt does not exist");
        Run.vicino("embed", folder, "--format", "txt", "--out", out).fails(1, folder + " is a folder");
        Run.vicino("embed", latin, "--out", out, "--field", "b").fails(2, "field = b, expected none");
        Run.vicino("embed", folder.resolve("x.pdf"), "--out", out).fails(2, "x.pdf", ".txt or .jsonl");
        Run.vicino("embed", latin, "--out", folder.resolve("r.ivecs")).fails(2, "r.ivecs", ".npy or .fvecs");
        Run.vicino("embed", latin, "--out", latin).fails(2, ".npy");

        assertThat(Samples.names(folder)).containsExactly("a.jsonl", "b.jsonl", "c.txt", "d.txt");
    }
}
