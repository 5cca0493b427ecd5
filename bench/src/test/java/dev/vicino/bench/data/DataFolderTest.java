package dev.vicino.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.Vectors;
import dev.vicino.files.Format;
import dev.vicino.files.VectorFiles;
import dev.vicino.files.VectorWriter;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    private static final int ROWS = 300;

    @TempDir
    private Path temporary;

    @Test
    void generatedVectorsAreNormalisedAndLieMostlyInFewDirections() throws IOException {
        DataSet data = folder("a").decaying();

        assertThat(data.vectors()).isEqualTo(ROWS);
        assertThat(data.dimension()).isEqualTo(1536);
        assertThat(data.queryCount()).isEqualTo(1000);
        try (Vectors base = VectorFiles.load(data.base(), Progress.NONE)) {
            double cosines = 0;
            for (int i = 1; i < ROWS; i++) {
                assertThat(dot(base.row(i), base.row(i))).isEqualTo(1, within(1e-5));
                double cosine = dot(base.row(i - 1), base.row(i));
                cosines += cosine * cosine;
            }
            // Σλ²/(Σλ)² with λ = 1/i is π²/6 / (ln 1536 + 0.58)² ≈ 0.026; with equal λ it would be 1/1536.
            assertThat(cosines / (ROWS - 1)).isBetween(0.01, 0.06);
        }
    }

    @Test
    void noDirectionIsAnAxis() throws IOException {
        DataSet data = folder("a").decaying();
        try (Vectors base = VectorFiles.load(data.base(), Progress.NONE)) {
            double first = 0;
            for (int i = 0; i < ROWS; i++) {
                first += base.row(i)[0] * base.row(i)[0];
            }
            assertThat(first / ROWS).isLessThan(20.0 / data.dimension());
        }
    }

    @Test
    void theSameDataIsMadeEachTimeAndOnlyOnce() throws IOException {
        DataSet one = folder("a").gaussian();
        var written = Files.getLastModifiedTime(one.base());
        byte[] bytes = Files.readAllBytes(one.base());

        assertThat(Files.readAllBytes(folder("b").gaussian().base())).isEqualTo(bytes);
        assertThat(folder("a").gaussian()).isEqualTo(one);
        assertThat(Files.getLastModifiedTime(one.base())).isEqualTo(written);
    }

    @Test
    void sentencesHaveALittleNoiseSoThatNoFloat16HoldsThem() throws IOException {
        Path source = Files.createDirectory(temporary.resolve("source"));
        write(source.resolve(DataFolder.BASE), 400, 0.25f);
        write(source.resolve(DataFolder.QUERIES), 20, 0.5f);

        DataSet data = new DataFolder(temporary.resolve("made"), source, ROWS).sentences();

        assertThat(data.name()).isEqualTo("minilm");
        assertThat(data.vectors()).isEqualTo(ROWS);
        assertThat(data.queryCount()).isEqualTo(20);
        try (Vectors base = VectorFiles.load(data.base(), Progress.NONE);
                Vectors queries = VectorFiles.load(data.queries(), Progress.NONE)) {
            double square = 0;
            for (float value : base.row(7)) {
                square += (value - 0.25) * (value - 0.25);
            }
            assertThat(Math.sqrt(square / base.dimension())).isBetween(0.5e-5, 2e-5);
            assertThat(queries.row(3)).containsOnly(0.5f);
        }
    }

    @Test
    void withoutSentencesGeneratedVectorsOfTheirSizeStandIn() throws IOException {
        DataSet data = folder("a").sentences();

        assertThat(data.name()).isEqualTo("generated");
        assertThat(data.dimension()).isEqualTo(384);
    }

    private DataFolder folder(String name) {
        return new DataFolder(temporary.resolve(name), null, ROWS);
    }

    private static void write(Path file, int rows, float value) throws IOException {
        float[] row = new float[64];
        Arrays.fill(row, value);
        try (VectorWriter writer = VectorFiles.create(file, Format.NPY, row.length)) {
            for (int i = 0; i < rows; i++) {
                writer.write(row);
            }
            writer.commit();
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
