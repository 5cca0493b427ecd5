package dev.vicino.files;

import static dev.vicino.files.Samples.RERUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ConvertTest {
    private static final int COUNT = 2500;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "FVECS, NPY", "BVECS, NPY", "IVECS, NPY", "NPY, NPY", "JSONL, NPY",
        "FVECS, FVECS", "BVECS, FVECS", "IVECS, FVECS", "NPY, FVECS", "JSONL, FVECS"
    })
    void everyFormatBecomesEveryFormatWritten(Format from, Format to) throws IOException {
        float[][] rows = Samples.wholeRows(Samples.random(), COUNT, 7);
        Path in = Files.write(folder.resolve("in"), encoded(from, rows));
        Path out = folder.resolve("out." + to.label());
        List<Long> done = new ArrayList<>();

        VectorFiles.convert(in, from, out, to, (rowsDone, total) -> {
            done.add(rowsDone);
            assertThat(total).isEqualTo(from == Format.JSONL ? -1 : COUNT);
        });

        assertThat(Samples.readAll(out)).as(RERUN).isDeepEqualTo(rows);
        assertThat(done).containsExactly(1024L, 2048L, (long) COUNT);
        assertThat(Samples.names(folder))
                .containsExactly("in", out.getFileName().toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"NPY", "FVECS"})
    void whatFailsMidwayLeavesNoFile(Format to) throws IOException {
        float[][] rows = Samples.wholeRows(Samples.random(), COUNT, 200);
        rows[2000][150] = Float.NaN;
        Path in = Files.write(folder.resolve("in.fvecs"), Samples.vecs("f4", rows));

        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> VectorFiles.convert(in, Format.FVECS, folder.resolve("out"), to, Progress.NONE))
                .withMessageContaining("row 2000, column 150 is NaN");
        assertThat(Samples.names(folder)).containsExactly("in.fvecs");
    }

    @Test
    void whatFailsMidwayKeepsTheOlderFile() throws IOException {
        Path in = Files.writeString(folder.resolve("in.jsonl"), "[1,2]\n".repeat(1500) + "[1,2,3]\n");
        Path out = folder.resolve("out.npy");
        Samples.write(out, Format.NPY, new float[][] {{9}});

        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> VectorFiles.convert(in, Format.JSONL, out, Format.NPY, Progress.NONE))
                .withMessageContaining("line 1501 (row 1500)");
        assertThat(Samples.readAll(out)).isDeepEqualTo(new float[][] {{9}});
        assertThat(Samples.names(folder)).containsExactly("in.jsonl", "out.npy");
    }

    @Test
    void aProgressThatThrowsLeavesNoFile() throws IOException {
        Path in = Files.write(folder.resolve("in.fvecs"), Samples.vecs("f4", new float[COUNT][3]));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        VectorFiles.convert(in, Format.FVECS, folder.resolve("out.npy"), Format.NPY, (done, total) -> {
                            throw new IllegalStateException("stop");
                        }));
        assertThat(Samples.names(folder)).containsExactly("in.fvecs");
    }

    @Test
    void aFileMayBeConvertedOntoItself() throws IOException {
        float[][] rows = Samples.rows(Samples.random(), COUNT, 300);
        Path file = Files.write(folder.resolve("rows"), Samples.vecs("f4", rows));
        VectorFiles.convert(file, Format.FVECS, file, Format.NPY, Progress.NONE);
        try (VectorReader reader = VectorFiles.open(file, Format.NPY)) {
            assertThat(Samples.readAll(reader)).as(RERUN).isDeepEqualTo(rows);
        }
    }

    @Test
    void aCollectionOfNoneStaysOneInNpyAlone() throws IOException {
        Path in = Files.write(folder.resolve("in.npy"), Samples.npy(1, Samples.header("<f8", "(0, 7)"), new byte[0]));
        Path out = folder.resolve("out.npy");
        VectorFiles.convert(in, Format.NPY, out, Format.NPY, Progress.NONE);
        try (VectorReader reader = VectorFiles.open(out)) {
            assertThat(reader.count()).isZero();
            assertThat(reader.dimension()).isEqualTo(7);
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() ->
                        VectorFiles.convert(in, Format.NPY, folder.resolve("out.fvecs"), Format.FVECS, Progress.NONE))
                .withMessageContaining("only npy holds a collection of none");
        assertThat(Samples.names(folder)).containsExactly("in.npy", "out.npy");
    }

    private static byte[] encoded(Format format, float[][] rows) {
        return switch (format) {
            case FVECS -> Samples.vecs("f4", rows);
            case BVECS -> Samples.vecs("u1", rows);
            case IVECS -> Samples.vecs("i4", rows);
            case NPY ->
                Samples.npy(
                        2,
                        Samples.header(">f8", "(" + rows.length + ", " + rows[0].length + ")"),
                        Samples.numbers("f8", ByteOrder.BIG_ENDIAN, rows));
            case JSONL -> {
                var lines = new StringBuilder();
                Arrays.stream(rows)
                        .forEach(row -> lines.append(Arrays.toString(row)).append('\n'));
                yield lines.toString().getBytes(StandardCharsets.UTF_8);
            }
        };
    }
}
