package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are no index of this version, and headers, checksum and all, that ask for the impossible. */
final class IndexFileRefusalsTest {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void save() throws IOException {
        file = folder.resolve("index");
        try (VectorIndex index = Vicino.index(Vectors.of(new float[][] {{1e-30f, 1}, {1e-30f, 0}, {1e30f, 1}}))
                .ids(4, 5, 6)
                .build()) {
            index.save(file);
        }
    }

    /** Expects the file with a change to be refused, in words that tell what is wrong. */
    private void assertRefused(Consumer<ByteBuffer> change, String... words) throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        change.accept(bytes.buffer);
        assertRefused(bytes, words);
    }

    private void assertRefused(IndexBytes bytes, String... words) throws IOException {
        Path changed = bytes.write(folder.resolve("changed"));
        assertThatThrownBy(() -> Vicino.open(changed))
                .isInstanceOf(CorruptFileException.class)
                .message()
                .contains(changed.toString())
                .satisfies(message -> assertThat(words).allMatch(message::contains));
    }

    /** Likewise, with a checksum that fits. */
    private void assertHeaderRefused(Consumer<ByteBuffer> change, String... words) throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        change.accept(bytes.buffer);
        assertRefused(bytes.seal(), words);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3, -1, 256})
    void anotherVersionIsNamed(int version) throws IOException {
        // A later version may have any checksum anywhere: its number alone must be enough.
        assertRefused(bytes -> bytes.putInt(IndexBytes.VERSION, version), "version", " " + version, "expected 1");
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.VERSION, version), "version", " " + version);
    }

    @Test
    void somethingElseIsNoIndex() throws IOException {
        byte[] noise = new byte[1000];
        new Random(1).nextBytes(noise);
        for (byte[] content : new byte[][] {
            {},
            {1},
            "Once upon a time".getBytes(StandardCharsets.UTF_8),
            "x".repeat(500).getBytes(StandardCharsets.UTF_8),
            new byte[64],
            new byte[4096],
            noise
        }) {
            Path other = Files.write(folder.resolve("other"), content);
            assertThatThrownBy(() -> Vicino.open(other))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(other.toString());
        }
        assertThatThrownBy(() -> Vicino.open(folder.resolve("missing")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> Vicino.open(folder))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 3, 65_537, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aDimensionThatCannotBe(int dimension) throws IOException {
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.DIMENSION, dimension));
    }

    @Test
    void aDimensionOutOfRangeIsNamed() throws IOException {
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.DIMENSION, 0), "dimension is 0", "1..65536");
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.DIMENSION, 65_537), "dimension is 65537", "1..65536");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 4, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aNumberOfRowsThatCannotBe(int size) throws IOException {
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.SIZE, size));
    }

    /** 2⁴⁹ bytes, if they were asked for. */
    @Test
    void theLargestOfAllIndexesInATinyFile() throws IOException {
        assertHeaderRefused(
                bytes -> bytes.putInt(IndexBytes.SIZE, Vectors.MAX_SIZE).putInt(IndexBytes.DIMENSION, 65_536), "rows");
        assertHeaderRefused(
                bytes -> bytes.putInt(IndexBytes.SIZE, Vectors.MAX_SIZE + 1), "size", "" + Vectors.MAX_SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 4097, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aSpecOfAnotherLength(int length) throws IOException {
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.SPEC_LENGTH, length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1, 257, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void anotherNumberOfSections(int count) throws IOException {
        assertHeaderRefused(bytes -> bytes.putInt(IndexBytes.SECTION_COUNT, count));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -64, 64, 1 << 30, Integer.MAX_VALUE, Integer.MIN_VALUE})
    void aHeaderOfAnotherLength(int length) throws IOException {
        assertRefused(bytes -> bytes.putInt(IndexBytes.HEADER_LENGTH, length), "header length");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE})
    void aFileOfAnotherLength(long length) throws IOException {
        assertHeaderRefused(bytes -> bytes.putLong(IndexBytes.FILE_LENGTH, length), "file length");
    }

    @Test
    void aSpecOrMetricThatThisVersionDoesNotKnow() throws IOException {
        assertHeaderRefused(bytes -> bytes.put(IndexBytes.SPEC, (byte) 'G'), "spec is Glat");
        assertHeaderRefused(bytes -> bytes.put(IndexBytes.METRIC, (byte) 'k'), "metric is kosine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows", "norms", "extremes", "ids"})
    void aSectionThatCannotBe(String name) throws IOException {
        int entry = IndexBytes.read(file).entry(name);
        int offset = entry + IndexBytes.SECTION_OFFSET;
        int length = entry + IndexBytes.SECTION_LENGTH;
        String named = "'" + name + "'";
        for (long wrong : new long[] {-64, 1, 1 << 20, 1L << 40, Long.MAX_VALUE & -64, Long.MIN_VALUE}) {
            assertHeaderRefused(bytes -> bytes.putLong(offset, wrong), named);
        }
        for (long wrong : new long[] {-1, 1, 1 << 20, 1L << 40, Long.MAX_VALUE, Long.MAX_VALUE - 63, Long.MIN_VALUE}) {
            assertHeaderRefused(bytes -> bytes.putLong(length, wrong), named);
        }
        assertHeaderRefused(
                bytes -> bytes.putLong(offset, Long.MAX_VALUE & -64).putLong(length, Long.MAX_VALUE), named);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rows", "norms", "extremes"})
    void aSectionThatIsMissing(String name) throws IOException {
        int entry = IndexBytes.read(file).entry(name);
        assertHeaderRefused(bytes -> bytes.put(entry, (byte) 'X'), "'" + name + "'", "missing");
    }

    /** They are used as row numbers, so they are checked without a checksum. */
    @Test
    void extremesThatAreNoRisingRowNumbers() throws IOException {
        IndexBytes bytes = IndexBytes.read(file);
        int entry = bytes.entry("extremes");
        assertThat(bytes.buffer.getLong(entry + IndexBytes.SECTION_LENGTH)).isEqualTo(8);
        int at = (int) bytes.buffer.getLong(entry + IndexBytes.SECTION_OFFSET);
        int[][] wrongs = {{-1, 2}, {1, 3}, {2, 1}, {1, 1}, {1, Integer.MAX_VALUE}, {Integer.MIN_VALUE, 0}};
        for (int[] wrong : wrongs) {
            assertRefused(damaged -> damaged.putInt(at, wrong[0]).putInt(at + 4, wrong[1]), "'extremes'");
        }
    }

    /** More than an int array holds, and more than there are rows; the file has holes and takes next to nothing on disk. */
    @Test
    void moreExtremesThanRows() throws IOException {
        for (long length : new long[] {16, 1L << 33, (1L << 34) + 4}) {
            IndexBytes bytes = IndexBytes.read(file);
            long begin = bytes.array.length;
            long end = begin + ((length + 63) & -64);
            int entry = bytes.entry("extremes");
            bytes.buffer
                    .putLong(entry + IndexBytes.SECTION_OFFSET, begin)
                    .putLong(entry + IndexBytes.SECTION_LENGTH, length)
                    .putLong(IndexBytes.FILE_LENGTH, end);
            Path large = bytes.seal().write(folder.resolve("large"));
            try (RandomAccessFile access = new RandomAccessFile(large.toFile(), "rw")) {
                access.setLength(end);
            }
            assertThatThrownBy(() -> Vicino.open(large))
                    .as("extremes of %s bytes", length)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("'extremes'");
        }
    }
}
