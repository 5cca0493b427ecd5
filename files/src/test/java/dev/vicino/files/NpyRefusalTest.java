package dev.vicino.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyRefusalTest {
    private static final int HEADER_AT = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {"|u1", "|i1", "|b1", "<i4", ">i8", "<u4", "<f16", "<c8", "|S4", "<U4", "|O", "=f4", "f4", ""})
    void otherTypesAreRefusedByName(String descr) throws IOException {
        assertRefused(
                Samples.npy(1, Samples.header(descr, "(2, 3)"), new byte[24]),
                HEADER_AT,
                "the type (descr) is '" + descr + "', expected float16 or float32 or float64");
    }

    @Test
    void structuredTypesAreRefusedByName() throws IOException {
        String header = "{'descr': [('a', '<f4'), ('b', '<i4', (2,))], 'fortran_order': False, 'shape': (2, 3), }";
        assertRefused(
                Samples.npy(1, header, new byte[72]),
                HEADER_AT,
                "the type (descr) is [('a', '<f4'), ('b', '<i4', (2,))], expected float16 or float32 or float64");
    }

    @Test
    void fortranOrderIsRefusedByName() throws IOException {
        String header = "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }";
        assertRefused(Samples.npy(1, header, new byte[24]), HEADER_AT, "fortran_order is True, expected False");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "()",
                "(6,)",
                "(1, 2, 3)",
                "(-2, 3)",
                "(2, x)",
                "(2, , 3)",
                "(2; 3)",
                "(1e3, 3)",
                "(99999999999999999999, 3)"
            })
    void shapesOtherThanTwoLengthsAreRefused(String shape) throws IOException {
        assertRefused(
                Samples.npy(1, Samples.header("<f4", shape), new byte[24]),
                HEADER_AT,
                "the shape is " + shape + ", expected two dimensions, (rows, columns)");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "2, 0", "0, 65537", "1, 65537", "3, 4294967297", "0, 999999999999999999"})
    void dimensionsOutOfRangeAreRefused(long rows, long columns) throws IOException {
        assertRefused(
                Samples.npy(1, Samples.header("<f4", "(" + rows + ", " + columns + ")"), new byte[0]),
                HEADER_AT,
                "the number of columns is " + columns + ", expected 1 to 65536");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 3, 23",
        "2, 3, 25",
        "2, 3, 12",
        "2, 3, 36",
        "2, 3, 0",
        "0, 3, 1",
        "0, 3, 12",
        "1000000000, 768, 3072",
        "6148914691236517206, 3, 8",
        "1537228672809129302, 3, 8",
        "999999999999999999, 65536, 4"
    })
    void dataOfAnotherLengthThanClaimedIsRefusedBeforeItIsAllocated(String rows, int columns, int bytes)
            throws IOException {
        byte[] file = Samples.npy(1, Samples.header("<f4", "(" + rows + ", " + columns + ")"), new byte[bytes]);
        if (rows.length() > 18) {
            assertRefused(file, HEADER_AT, "the shape is ");
        } else {
            String expected = rows + " rows of " + 4 * columns + " bytes, as the header says";
            assertRefused(file, file.length - bytes, "the data is " + bytes + " bytes long, expected " + expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{",
                "}",
                "not a dictionary",
                "{'descr': '<f4', 'shape': (2, 3), }",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': True}",
                "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), } more",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), ",
                "{'descr': '<f4' 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': '<f4, 'fortran_order': False, 'shape': (2, 3)}",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}"
            })
    void malformedHeadersAreRefused(String header) throws IOException {
        assertRefused(Samples.npy(1, header, new byte[24]), HEADER_AT, "the header is ");
    }

    @Test
    void aHeaderFullOfBlanksIsRefusedAtOnce() throws IOException {
        String blanks = " ".repeat(60_000);
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2" + blanks + "x), }";
        assertRefused(Samples.npy(1, header, new byte[24]), HEADER_AT, "the shape is ");
    }

    @ParameterizedTest
    @CsvSource({"1, 4000", "2, 4000", "2, 2147483647", "3, -1", "2, -2147483648"})
    void aHeaderLongerThanTheFileIsRefused(int version, int length) throws IOException {
        byte[] file = Samples.npy(version, Samples.header("<f4", "(2, 3)"), new byte[24]);
        ByteBuffer lengths = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        if (version == 1) {
            lengths.putShort(8, (short) length);
        } else {
            lengths.putInt(8, length);
        }
        assertRefused(file, 8, "the length of the header is " + Integer.toUnsignedString(length));
    }

    @Test
    void aHeaderOfAbsurdLengthIsRefusedEvenWhenTheFileHasIt() throws IOException {
        byte[] file = Samples.npy(2, Samples.header("<f4", "(2, 3)") + " ".repeat(70_000), new byte[24]);
        assertRefused(file, 8, "expected at most 65535 ");
    }

    @Test
    void otherMagicAndVersionsAreRefused() throws IOException {
        byte[] file = Samples.npy(1, Samples.header("<f4", "(2, 3)"), new byte[24]);
        byte[] otherMagic = file.clone();
        otherMagic[5] = 'X';
        assertRefused(otherMagic, 0, "the magic number is 934e554d5058, expected 93 \"NUMPY\"");
        byte[] version4 = file.clone();
        version4[6] = 4;
        assertRefused(version4, 6, "the version is 4.0, expected 1.0, 2.0 or 3.0");
        byte[] version255 = file.clone();
        version255[6] = (byte) 255;
        assertRefused(version255, 6, "the version is 255.0");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 6, 7, 8, 9})
    void aFileThatEndsBeforeTheHeaderIsRefused(int length) throws IOException {
        byte[] file = Samples.npy(1, Samples.header("<f4", "(2, 3)"), new byte[24]);
        assertRefused(Arrays.copyOf(file, length), length < 6 ? 0 : length < 8 ? 6 : 8, "the rest of the file is ");
    }

    @ParameterizedTest
    @CsvSource({
        "f2, NaN",
        "f2, Infinity",
        "f4, NaN",
        "f4, -Infinity",
        "f8, NaN",
        "f8, Infinity",
        "f8, 1.0E300",
        "f8, -3.5E38"
    })
    void aNumberThatNoFloatHoldsIsRefusedByRowAndColumn(String code, double value) throws IOException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            byte[] data = Samples.numbers(code, order, Samples.wholeRows(Samples.random(), 20, 5));
            byte[] number = Samples.number(code, order, value);
            int at = (17 * 5 + 3) * number.length;
            System.arraycopy(number, 0, data, at, number.length);
            String descr = (order == ByteOrder.LITTLE_ENDIAN ? "<" : ">") + code;
            byte[] file = Samples.npy(1, Samples.header(descr, "(20, 5)"), data);

            String found = code.equals("f8") ? String.valueOf(value) : String.valueOf((float) value);
            assertRefused(
                    file,
                    file.length - data.length + at,
                    "row 17, column 3 is " + found + ", expected a finite number that a float32 holds");
        }
    }

    @Test
    void truncationWhileReadingIsRefusedWithTheOffset() throws IOException {
        Path file = folder.resolve("rows.npy");
        Samples.write(file, Format.NPY, Samples.rows(Samples.random(), 5000, 100));
        try (VectorReader reader = VectorFiles.open(file)) {
            try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
                channel.truncate(128 + 400 * 4000 + 7);
            }
            assertThatExceptionOfType(CorruptFileException.class)
                    .isThrownBy(() -> Samples.readAll(reader))
                    .withMessage(file
                            + ": at byte 1600128, the rest of the file is 7 bytes long, expected at least 400 bytes");
            assertThat(reader.position()).isEqualTo(4000);
        }
    }

    private void assertRefused(byte[] bytes, long offset, String message) throws IOException {
        Path file = Files.write(folder.resolve("rows.npy"), bytes);
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> Samples.readAll(file))
                .withMessageStartingWith(file + ": at byte " + offset + ", ")
                .withMessageContaining(message);
    }

    @Test
    void theFileIsFreeAfterARefusal() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.npy"), "no array", StandardCharsets.UTF_8);
        assertThatExceptionOfType(CorruptFileException.class).isThrownBy(() -> VectorFiles.open(file));
        Files.delete(file);
        assertThat(file).doesNotExist();
    }
}
