package dev.vicino.files;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VecsRefusalTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"fvecs", "bvecs", "ivecs"})
    void anEmptyFileHasNoRows(String ending) throws IOException {
        assertRefused(ending, new byte[0], 0, "the file is empty: it has no rows, expected at least one row");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 65_537, Integer.MIN_VALUE, Integer.MAX_VALUE})
    void aDimensionOutOfRangeIsRefused(int dimension) throws IOException {
        byte[] file = Samples.vecs("f4", new float[2][3]);
        littleEndian(file).putInt(0, dimension);
        assertRefused("fvecs", file, 0, "the dimension of row 0 is " + dimension + ", expected 1 to 65536");
    }

    @ParameterizedTest
    @CsvSource({"fvecs, f4, 16", "bvecs, u1, 7", "ivecs, i4, 16"})
    void everyRowsDimensionIsChecked(String ending, String code, int rowBytes) throws IOException {
        byte[] file = Samples.vecs(code, new float[100][3]);
        littleEndian(file).putInt(99 * rowBytes, 2);
        assertRefused(ending, file, 99 * rowBytes, "the dimension of row 99 is 2, expected 3, as in row 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void aFileShorterThanADimensionIsRefused(int length) throws IOException {
        assertRefused(
                "fvecs", new byte[length], 0, "the rest of the file is " + length + " bytes long, expected at least 4");
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 15, 17, 20, 31, 33})
    void aRowCutShortIsRefused(int length) throws IOException {
        byte[] file = Samples.vecs("f4", new float[3][3]);
        assertRefused(
                "fvecs",
                Arrays.copyOf(file, length),
                length / 16 * 16,
                "the last row is " + length % 16 + " bytes long, expected 16 bytes (dimension 3, as in row 0)");
    }

    @ParameterizedTest
    @CsvSource({"NaN", "Infinity", "-Infinity"})
    void aNumberThatIsNotFiniteIsRefusedByRowAndColumn(float value) throws IOException {
        float[][] rows = Samples.rows(Samples.random(), 20, 5);
        rows[17][3] = value;
        rows[17][4] = Float.NaN;
        assertRefused(
                "fvecs",
                Samples.vecs("f4", rows),
                17 * 24 + 4 + 3 * 4,
                "row 17, column 3 is " + value + ", expected a finite number that a float32 holds");
    }

    @Test
    void aWholeNumberThatNoFloatHoldsIsRefused() throws IOException {
        byte[] file = Samples.vecs("i4", new float[2][3]);
        littleEndian(file).putInt(16 + 4, 1 << 24).putInt(16 + 8, (1 << 24) + 1);
        assertRefused(
                "ivecs", file, 16 + 8, "row 1, column 1 is 16777217, expected a finite number that a float32 holds");
        littleEndian(file).putInt(16 + 8, Integer.MAX_VALUE);
        assertRefused("ivecs", file, 16 + 8, "row 1, column 1 is 2147483647, expected");
    }

    private static ByteBuffer littleEndian(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void assertRefused(String ending, byte[] bytes, int offset, String message) throws IOException {
        Path file = Files.write(folder.resolve("rows." + ending), bytes);
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> Samples.readAll(file))
                .withMessageStartingWith(file + ": at byte " + offset + ", " + message);
    }
}
