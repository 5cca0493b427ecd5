package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an index says that its code loses: what the code alone says, whatever it is compared in, and the same from a file. */
@ExtendWith(Seeds.class)
final class CodeLossTest {
    private static final int N = 900;
    private static final int D = 40;

    private final float[][] rows = Points.gaussian(Seeds.random(), N, D);

    @TempDir
    private Path folder;

    /** One list has the mean for its centroid, which codes of single rows are relative to. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW4,SQ8               | SQ8      | L2",
                "HNSW4,FP16              | FP16     | DOT",
                "HNSW4,RaBitQ2           | RaBitQ2  | COSINE",
                "HNSW4,PQ10              | PQ10     | L2",
                "PCA20,HNSW4,SQ8         | PCA20    | L2",
                "IVF1,SQ8                | SQ8      | L2",
                "IVF1,RaBitQ2            | RaBitQ2  | L2",
                "IVF1,RaBitQ5            | RaBitQ5  | L2",
                "IVF1,PQ10x4fs           | PQ10x4fs | L2",
                "IVF1,PQ10x4fsr          | PQ10x4fs | DOT",
                "IVF1,PQ10r              | PQ10     | L2",
                "PCA20,IVF1,RaBitQ4      | PCA20R   | L2",
            })
    void isThatOfTheCode(String spec, String name, Metric metric) throws IOException {
        Path file = folder.resolve("index");
        try (Vectors vectors = Vectors.of(rows);
                VectorIndex index =
                        Vicino.index(Vectors.of(rows)).metric(metric).spec(spec).build()) {
            double loss = index.codeLoss().orElseThrow();
            double expected = VectorCode.train(code(name), metric, vectors).loss(vectors);
            assertThat(loss).isCloseTo(expected, offset(0.1 * expected));
            index.save(file);
            try (VectorIndex opened = Vicino.open(file)) {
                assertThat(opened.codeLoss()).hasValue(loss);
            }
        }
    }

    private static IndexSpec.Code code(String name) {
        return switch (name) {
            case "PCA20" -> IndexSpec.parse("PCA20,HNSW4,SQ8").code();
            case "PCA20R" -> IndexSpec.parse("PCA20,HNSW4,RaBitQ4").code();
            default -> IndexSpec.parse("HNSW4," + name).code();
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"HNSW4,SQ8 | code links", "IVF8,RaBitQ,RFlat | centroids assignment code lists"})
    void stepsOfABuildAreTold(String spec, String steps) {
        List<String> told = new ArrayList<>();
        Progress progress = new Progress() {
            @Override
            public void update(long done, long total) {
                assertThat(done).isBetween(0L, total);
            }

            @Override
            public void step(String name) {
                told.add(name);
            }
        };
        Vicino.index(Vectors.of(rows)).spec(spec).progress(progress).build().close();
        assertThat(told).containsExactly(steps.split(" "));
    }

    @Test
    void isEmptyWithoutACodeOrVectors() {
        for (String spec : new String[] {"Flat", "HNSW4", "IVF4", "KDTree"}) {
            try (VectorIndex index =
                    Vicino.index(Vectors.of(rows)).spec(spec).metric(Metric.L2).build()) {
                assertThat(index.codeLoss()).as(spec).isEmpty();
            }
        }
        try (VectorIndex index =
                Vicino.index(Vectors.of(new float[0], D)).spec("HNSW4,SQ8").build()) {
            assertThat(index.codeLoss()).isEmpty();
        }
    }

    @Test
    void aLossThatIsNoNumberIsDamage() throws IOException {
        Path file = folder.resolve("index");
        double loss;
        try (VectorIndex index =
                Vicino.index(Vectors.of(rows)).spec("HNSW4,SQ8").build()) {
            loss = index.codeLoss().orElseThrow();
            index.save(file);
        }
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (buffer.getDouble(at) != loss) {
            at += Double.BYTES;
        }
        buffer.putDouble(at, -1);
        Files.write(file, bytes);
        assertThatThrownBy(() -> Vicino.open(file))
                .isInstanceOf(CorruptFileException.class)
                .hasMessageContaining("loss of the code is");
    }
}
