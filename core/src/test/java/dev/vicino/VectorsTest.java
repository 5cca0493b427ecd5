package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Matrices on the heap, off it and in files. */
@ExtendWith(Seeds.class)
final class VectorsTest {
    private static final int D = 5;

    /** Any bits at all: zeros of both signs, denormals, infinities, NaNs with a payload. */
    private static float[][] anyBits(int count) {
        Random random = Seeds.random();
        float[] special = {
            0f,
            -0f,
            Float.MIN_VALUE,
            -Float.MIN_VALUE,
            Float.MAX_VALUE,
            Float.NEGATIVE_INFINITY,
            Float.intBitsToFloat(0x7fc12345),
            Float.intBitsToFloat(0x00400001)
        };
        float[][] rows = new float[count][D];
        for (int i = 0; i < count * D; i++) {
            rows[i / D][i % D] = i < special.length ? special[i] : random.nextFloat() - 0.5f;
        }
        return rows;
    }

    private static float[] flat(float[][] rows) {
        float[] values = new float[rows.length * D];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, r * D, D);
        }
        return values;
    }

    private static int[] bits(float[] values) {
        int[] bits = new int[values.length];
        for (int i = 0; i < bits.length; i++) {
            bits[i] = Float.floatToRawIntBits(values[i]);
        }
        return bits;
    }

    private static void assertHolds(Vectors vectors, float[][] rows) {
        assertThat(vectors.size()).isEqualTo(rows.length);
        assertThat(vectors.dimension()).isEqualTo(D);
        for (int r = 0; r < rows.length; r++) {
            float[] wide = new float[D + 1];
            wide[D] = 42;
            vectors.copyRow(r, wide);
            assertThat(bits(vectors.row(r))).as("row %s", r).isEqualTo(bits(rows[r]));
            assertThat(bits(wide))
                    .as("row %s copied", r)
                    .startsWith(bits(rows[r]))
                    .endsWith(bits(new float[] {42}));
        }
    }

    private static Path write(Path folder, float[][] rows, int offset) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(offset + 4 * D * rows.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.position(offset);
        for (float value : flat(rows)) {
            bytes.putFloat(value);
        }
        return Files.write(folder.resolve("rows.bin"), bytes.array());
    }

    @Test
    void keepRowsBitForBit() {
        float[][] rows = anyBits(100);
        try (Vectors onHeap = Vectors.of(flat(rows), D);
                Vectors offHeap = Vectors.of(rows)) {
            assertHolds(onHeap, rows);
            assertHolds(offHeap, rows);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 12, 4096, 4097})
    void mapRowsOfAFileBitForBit(int offset, @TempDir Path folder) throws IOException {
        float[][] rows = anyBits(100);
        Path file = write(folder, rows, offset);
        try (Vectors mapped = Vectors.map(file, offset, rows.length, D)) {
            assertHolds(mapped, rows);
        }
        try (Vectors none = Vectors.map(file, offset, 0, D)) {
            assertHolds(none, new float[0][]);
        }
    }

    @Test
    void anIndexOfMappedRowsAnswersAsOneOfHeldOnes(@TempDir Path folder) throws IOException {
        float[][] rows = Seeds.realRows(Seeds.random(), 300, D);
        Path file = write(folder, rows, 3);
        for (Metric metric : Metric.values()) {
            try (VectorIndex mapped = Vicino.index(Vectors.map(file, 3, rows.length, D))
                            .metric(metric)
                            .build();
                    VectorIndex held = Vicino.index(Vectors.of(flat(rows), D))
                            .metric(metric)
                            .build()) {
                Oracle.assertSame(mapped.search(rows[7], 300), held.search(rows[7], 300), metric.label());
            }
        }
    }

    @Test
    void refuseAFileThatIsTooShort(@TempDir Path folder) throws IOException {
        Path file = write(folder, anyBits(10), 12);
        long bytes = Files.size(file);
        for (int size : new int[] {11, 1_000_000, Vectors.MAX_SIZE}) {
            assertThatThrownBy(() -> Vectors.map(file, 12, size, D))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file.toString())
                    .hasMessageContaining(bytes + " bytes");
        }
        assertThatThrownBy(() -> Vectors.map(file, 13, 10, D)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Vectors.map(file, Long.MAX_VALUE, 10, D)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> Vectors.map(folder.resolve("missing"), 0, 1, D))
                .isInstanceOf(NoSuchFileException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.map(file, -1, 1, D))
                .withMessageContaining("offset = -1");
        for (int size : new int[] {-1, Vectors.MAX_SIZE + 1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Vectors.map(file, 0, size, D))
                    .withMessageContaining("size = " + size)
                    .withMessageContaining("at most " + Vectors.MAX_SIZE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void refuseADimensionOutOfRange(int dimension, @TempDir Path folder) {
        String range = "dimension = " + dimension + ", expected 1..65536";
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.of(new float[0], dimension))
                .withMessage(range);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.builder(dimension))
                .withMessage(range);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.map(folder.resolve("any"), 0, 1, dimension))
                .withMessage(range);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VectorStore<String>(dimension, Metric.DOT))
                .withMessage(range);
    }

    @Test
    void takeDimensionsAtBothEndsOfTheRange() {
        for (int dimension : new int[] {1, 65_536}) {
            float[] row = new float[dimension];
            row[dimension - 1] = 2;
            try (VectorIndex index =
                    Vicino.index(Vectors.of(row, dimension)).metric(Metric.DOT).build()) {
                assertThat(index.search(row, 1).score(0)).isEqualTo(4);
            }
        }
    }

    @Test
    void refuseRowsThatMakeNoMatrix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.of(new float[7], 2))
                .withMessageContaining("values.length = 7")
                .withMessageContaining("dimension = 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.of(new float[][] {{1, 2}, {3, 4}, {5}}))
                .withMessageContaining("row 2")
                .withMessageContaining("dimension 1, expected 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.of(new float[][] {}))
                .withMessageContaining("expected at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Vectors.of(new float[][] {{}}))
                .withMessageContaining("dimension = 0");
    }

    @Test
    void refuseARowOutOfRange() {
        try (Vectors vectors = Vectors.of(anyBits(3))) {
            for (int row : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                assertThatThrownBy(() -> vectors.row(row))
                        .isInstanceOf(IndexOutOfBoundsException.class)
                        .hasMessageContaining("row = " + row)
                        .hasMessageContaining("0..2");
            }
            assertThatThrownBy(() -> vectors.copyRow(0, new float[D - 1]))
                    .isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void cannotBeReadOnceClosed(@TempDir Path folder) throws IOException {
        float[][] rows = anyBits(3);
        Path file = write(folder, rows, 0);
        for (Vectors vectors :
                new Vectors[] {Vectors.of(rows), Vectors.of(flat(rows), D), Vectors.map(file, 0, 3, D)}) {
            vectors.close();
            vectors.close();
            assertThatIllegalStateException().isThrownBy(() -> vectors.row(0)).withMessageContaining("closed");
            assertThat(vectors.size()).isEqualTo(3);
        }
    }
}
