package dev.vicino.files;

import static dev.vicino.files.Samples.RERUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.atIndex;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdFilesTest {
    private static final long[][] TABLE = {{0, 1, -1}, {255, Integer.MAX_VALUE, Integer.MIN_VALUE}};

    private final Random random = Samples.random();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"npy, 1, 1", "npy, 1001, 100", "npy, 3, 65536", "ivecs, 1, 1", "ivecs, 2001, 150", "ivecs, 3, 65536"})
    void whatIsWrittenIsRead(String ending, int rows, int columns) throws IOException {
        long[][] table = new long[rows][];
        Arrays.setAll(
                table,
                row -> random.longs(columns)
                        .map(id -> ending.equals("npy") ? id : (int) id)
                        .toArray());
        Path file = folder.resolve("ids." + ending);

        IdFiles.write(file, table);

        assertThat(IdFiles.table(file)).as(RERUN).isDeepEqualTo(table);
        assertThat(IdFiles.list(file))
                .as(RERUN)
                .isEqualTo(Arrays.stream(table).flatMapToLong(Arrays::stream).toArray());
        assertThat(Samples.names(folder)).containsExactly("ids." + ending);
    }

    @ParameterizedTest
    @CsvSource({"<i4", ">i4", "<i8", ">i8"})
    void integersOfEitherOrderAreRead(String descr) throws IOException {
        Path file = npy(descr, "(2, 3)", TABLE);
        assertThat(IdFiles.table(file)).isDeepEqualTo(TABLE);
        assertThat(IdFiles.list(file)).containsExactly(0, 1, -1, 255, Integer.MAX_VALUE, Integer.MIN_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"<u4", ">u4"})
    void unsignedIntegersKeepTheirUpperHalf(String descr) throws IOException {
        assertThat(IdFiles.table(npy(descr, "(2, 3)", TABLE)))
                .isDeepEqualTo(new long[][] {{0, 1, 4294967295L}, {255, 2147483647L, 2147483648L}});
    }

    @Test
    void anArrayOfOneDimensionIsAListOrATableOfOneColumn() throws IOException {
        Path file = npy("<i8", "(6,)", TABLE);
        assertThat(IdFiles.list(file)).containsExactly(0, 1, -1, 255, Integer.MAX_VALUE, Integer.MIN_VALUE);
        assertThat(IdFiles.table(file)).hasDimensions(6, 1).contains(new long[] {255}, atIndex(3));
        assertThat(IdFiles.list(npy("<i4", "(0,)", new long[0][]))).isEmpty();
        assertThat(IdFiles.table(npy("<i4", "(0, 10)", new long[0][]))).isEmpty();
    }

    @Test
    void textHasAnIdALine() throws IOException {
        Path file = Files.writeString(folder.resolve("ids.TXT"), "7\n\n  -9223372036854775808 \r\n9223372036854775807");
        assertThat(IdFiles.list(file)).containsExactly(7, Long.MIN_VALUE, Long.MAX_VALUE);
        assertThat(IdFiles.list(Files.writeString(file, "\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "1 2", "1.0", "9223372036854775808", "0x10"})
    void textThatIsNoIdIsRefusedByLine(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("ids.txt"), "12\n\n" + line + "\n4");
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> IdFiles.list(file))
                .withMessage(file + ": at byte 4, line 3 is \"" + line + "\", expected an id: a whole number");
    }

    @ParameterizedTest
    @CsvSource({"<f4, 4", "<f8, 8", "<u8, 8", "|u1, 1", "<i2, 2"})
    void otherTypesAreRefusedByName(String descr, int bytes) throws IOException {
        Path file = Files.write(
                folder.resolve("ids.npy"), Samples.npy(1, Samples.header(descr, "(2, 3)"), new byte[6 * bytes]));
        String message = "the type (descr) is '" + descr + "', expected int32 or uint32 or int64";
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> IdFiles.table(file))
                .withMessageEndingWith(message);
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> IdFiles.list(file))
                .withMessageEndingWith(message);
    }

    @Test
    void threeDimensionsAreRefused() throws IOException {
        Path file = npy("<i4", "(1, 2, 3)", TABLE);
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> IdFiles.table(file))
                .withMessageEndingWith(
                        "the shape is (1, 2, 3), expected one or two dimensions, (rows,) or (rows, columns)");
    }

    @Test
    void otherEndingsAreRefused() {
        for (String name : new String[] {"ids.fvecs", "ids.jsonl"}) {
            Path file = folder.resolve(name);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> IdFiles.table(file))
                    .withMessage("file = " + file + ", expected ids in a file that ends in .npy or .ivecs");
            assertThatIllegalArgumentException().isThrownBy(() -> IdFiles.write(file, new long[][] {{1}}));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> IdFiles.table(folder.resolve("ids.txt")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, -1L - (1L << 31), Long.MAX_VALUE})
    void ivecsRefusesIdsBeyondInt32AndLeavesNoFile(long id) throws IOException {
        long[][] table = new long[5000][100];
        table[4999][7] = id;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdFiles.write(folder.resolve("ids.ivecs"), table))
                .withMessage("row 4999, column 7 = " + id
                        + ", expected an id that int32 holds, at most 2147483647; npy holds any");
        assertThat(Samples.names(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ids.npy", "ids.ivecs"})
    void emptyAndRaggedTablesAreRefused(String name) throws IOException {
        Path file = folder.resolve(name);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdFiles.write(file, new long[0][]))
                .withMessage("table.length = 0, expected at least one row");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdFiles.write(file, new long[3][0]))
                .withMessage("row 0 has 0 ids, expected 1 to 65536");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdFiles.write(file, new long[][] {{1, 2}, {3, 4}, {5}}))
                .withMessage("row 2 has 1 ids, expected 2, as in row 0");
        assertThat(Samples.names(folder)).isEmpty();
    }

    @Test
    void moreIdsThanHalfTheHeapAreRefusedBeforeTheyAreAllocated() throws IOException {
        long rows = Runtime.getRuntime().maxMemory() / 2 / 1000 + 1; // of 1000 bytes in the file and 2024 in the heap
        byte[] header = Samples.npy(1, Samples.header("<i4", "(" + rows + ", 250)"), new byte[0]);
        Path file = Samples.sparse(folder.resolve("ids.npy"), header, rows * 1000);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> IdFiles.table(file))
                .withMessageMatching(
                        "\\Q" + file + "\\E has " + rows + " rows, expected at most \\d+, which take half .*");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> IdFiles.list(file))
                .withMessageStartingWith(file + " has " + rows * 250 + " ids, expected at most ");
    }

    private Path npy(String descr, String shape, long[][] table) throws IOException {
        ByteOrder order = descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer data = ByteBuffer.allocate(table.length * 3 * Long.BYTES);
        for (long[] row : table) {
            for (long id : row) {
                data.put(Samples.number(descr.substring(1), order, (double) id));
            }
        }
        byte[] bytes = Arrays.copyOf(data.array(), data.position());
        return Files.write(folder.resolve("ids.npy"), Samples.npy(1, Samples.header(descr, shape), bytes));
    }
}
