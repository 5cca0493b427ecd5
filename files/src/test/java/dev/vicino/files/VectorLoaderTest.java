package dev.vicino.files;

import static dev.vicino.files.Samples.RERUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.Vectors;
import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VectorLoaderTest {
    private static final int COUNT = 2100;
    private static final int DIMENSION = 33;
    private static final long ROWS_BYTES = (long) COUNT * DIMENSION * Float.BYTES;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"fvecs", "npy", "jsonl"})
    void everyRowIsLoaded(String ending) throws IOException {
        float[][] rows = Samples.rows(Samples.random(), COUNT, DIMENSION);
        Path file = folder.resolve("rows." + ending);
        if (ending.equals("jsonl")) {
            Files.writeString(file, Samples.jsonLines(rows));
        } else {
            Samples.write(file, Format.of(file), rows);
        }
        List<Long> done = new ArrayList<>();

        try (Vectors vectors = VectorFiles.load(file, (rowsDone, total) -> done.add(rowsDone))) {
            assertHolds(vectors, rows);
        }
        assertThat(done).containsExactly(1024L, 2048L, (long) COUNT);
        Files.delete(file); // nothing holds it open
    }

    @Test
    void aCopyDoesNotFollowTheFile() throws IOException {
        Path file = folder.resolve("rows.npy");
        Samples.write(file, Format.NPY, new float[][] {{1, 2}});
        try (Vectors vectors = new VectorLoader(16).load(file, Format.NPY, Progress.NONE)) {
            changeFirstNumber(file);
            assertThat(vectors.row(0)).containsExactly(1, 2);
        }
    }

    @Test
    void anNpyOfMoreThanHalfTheMemoryIsMapped() throws IOException {
        float[][] rows = Samples.rows(Samples.random(), COUNT, DIMENSION);
        Path file = folder.resolve("rows.npy");
        Samples.write(file, Format.NPY, rows);
        List<Long> done = new ArrayList<>();
        VectorLoader loader = new VectorLoader(2 * ROWS_BYTES - 1);

        try (Vectors vectors = loader.load(file, Format.NPY, (rowsDone, total) -> done.add(rowsDone))) {
            assertHolds(vectors, rows);
            changeFirstNumber(file);
            assertThat(vectors.row(0)[0]).isEqualTo(2.5f); // as mapped memory does, and a copy does not
        }
        assertThat(done).containsExactly(1024L, 2048L, (long) COUNT);
    }

    @Test
    void anNpyThatIsMappedIsCheckedFirst() throws IOException {
        float[][] rows = Samples.rows(Samples.random(), 20, 5);
        rows[17][3] = Float.POSITIVE_INFINITY;
        byte[] data = Samples.numbers("f4", ByteOrder.LITTLE_ENDIAN, rows);
        Path file = Files.write(folder.resolve("rows.npy"), Samples.npy(1, Samples.header("<f4", "(20, 5)"), data));
        assertThatExceptionOfType(CorruptFileException.class)
                .isThrownBy(() -> new VectorLoader(1).load(file, Format.NPY, Progress.NONE))
                .withMessageContaining("row 17, column 3 is Infinity");
    }

    @ParameterizedTest
    @CsvSource({">f4", "<f2", "<f8"})
    void whatCannotBeMappedMustFitIntoTheMemory(String descr) throws IOException {
        float[][] rows = Samples.wholeRows(Samples.random(), 3, 5);
        ByteOrder order = descr.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] data = Samples.numbers(descr.substring(1), order, rows);
        Path file = Files.write(folder.resolve("rows.npy"), Samples.npy(1, Samples.header(descr, "(3, 5)"), data));

        try (Vectors vectors = new VectorLoader(60).load(file, Format.NPY, Progress.NONE)) {
            assertHolds(vectors, rows);
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new VectorLoader(59).load(file, Format.NPY, Progress.NONE))
                .withMessage(
                        file + ": its vectors take 60 bytes of memory or more, expected at most 59 on this machine; "
                                + "convert it to npy, which need not be in memory");
    }

    @Test
    void rowsThatNobodyCountedMayTakeHalfOfTheMemory() throws IOException {
        Path file = Files.writeString(folder.resolve("rows.jsonl"), "[1,2]\n[3,4]\n[5,6]\n");
        try (Vectors vectors = new VectorLoader(48).load(file, Format.JSONL, Progress.NONE)) {
            assertHolds(vectors, new float[][] {{1, 2}, {3, 4}, {5, 6}});
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new VectorLoader(47).load(file, Format.JSONL, Progress.NONE))
                .withMessageStartingWith(file + ": its vectors take 24 bytes of memory or more, expected at most 23 ");
    }

    @Test
    void aCollectionOfNoneIsLoaded() throws IOException {
        Path file =
                Files.write(folder.resolve("none.npy"), Samples.npy(1, Samples.header("<f4", "(0, 8)"), new byte[0]));
        try (Vectors vectors = VectorFiles.load(file, Progress.NONE)) {
            assertThat(vectors.size()).isZero();
            assertThat(vectors.dimension()).isEqualTo(8);
        }
    }

    @Test
    void aFileOfTerabytesIsOpenedAndReadButNotLoaded() throws IOException {
        long rows = 2_000_000_000L;
        byte[] header = Samples.npy(1, Samples.header("<f2", "(" + rows + ", 768)"), new byte[0]);
        Path file = Samples.sparse(folder.resolve("rows.npy"), header, rows * 768 * 2); // 3 TB

        try (VectorReader reader = VectorFiles.open(file)) {
            float[] row = new float[768];
            assertThat(reader.count()).isEqualTo(rows);
            assertThat(reader.read(row)).isTrue();
            assertThat(row).containsOnly(0f);
        }
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> new VectorLoader(1L << 40).load(file, Format.NPY, Progress.NONE))
                .withMessageContaining("its vectors take 6144000000000 bytes of memory");
    }

    @Test
    void moreRowsThanAnIndexHoldsAreNotLoaded() throws IOException {
        long rows = 1L << 31;
        byte[] header = Samples.npy(1, Samples.header("<f2", "(" + rows + ", 1)"), new byte[0]);
        Path file = Samples.sparse(folder.resolve("rows.npy"), header, rows * 2);
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> VectorFiles.load(file, Progress.NONE))
                .withMessage(file + " has 2147483648 rows, expected at most 2147483647");
    }

    @Test
    void memoryOfNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VectorLoader(0))
                .withMessage("memoryBytes = 0, expected at least 1");
    }

    private static void changeFirstNumber(Path npy) throws IOException {
        try (var channel = FileChannel.open(npy, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(Samples.number("f4", ByteOrder.LITTLE_ENDIAN, 2.5)), 128);
        }
    }

    private static void assertHolds(Vectors vectors, float[][] rows) {
        assertThat(vectors.size()).isEqualTo(rows.length);
        assertThat(vectors.dimension()).isEqualTo(rows[0].length);
        for (int row = 0; row < rows.length; row++) {
            assertThat(vectors.row(row)).as("row %d, %s", row, RERUN).isEqualTo(rows[row]);
        }
    }
}
