package dev.vicino;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Files cut off, lengthened, or with bytes changed: always noticed, and never the end of the JVM. */
@ExtendWith(Seeds.class)
final class IndexFileDamageTest {
    @SuppressWarnings("unused") // by name
    private static final List<String> SPECS = ExactSearchTest.SPECS;

    private static final int D = 5;
    private static final int FUZZ_ROUNDS = 1500;

    @TempDir
    private Path folder;

    /** An index file without ids of its own, some of whose rows are extreme. */
    private byte[] save(String spec, int n) throws IOException {
        float[][] rows = Seeds.realRows(Seeds.random(), n, D);
        rows[n / 2] = new float[] {1e-30f, 0, 0, 0, 0};
        rows[n - 1] = new float[] {0, 1e30f, 0, 0, 0};
        Path file = folder.resolve("whole");
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).spec(spec).build()) {
            index.save(file);
        }
        return Files.readAllBytes(file);
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged"), bytes);
    }

    private static void openAndVerify(Path file) throws IOException {
        try (VectorIndex index = Vicino.open(file)) {
            index.verify(Progress.NONE);
        }
    }

    private static void openAndSearch(Path file) throws IOException {
        VectorIndex index;
        try {
            index = Vicino.open(file);
        } catch (CorruptFileException e) {
            return; // noticed at once
        }
        try (index) {
            IndexBytes.assertAnswersInRange(index);
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void aFileCutOffAnywhereIsRefused(String spec) throws IOException {
        byte[] whole = save(spec, 20);
        for (int length = 0; length < whole.length; length++) {
            Path file = write(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> Vicino.open(file))
                    .as("first %s of %s bytes", length, whole.length)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void aFileWithMoreAtItsEndIsRefused(String spec) throws IOException {
        byte[] whole = save(spec, 20);
        for (int more : new int[] {1, 64, 4096}) {
            Path file = write(Arrays.copyOf(whole, whole.length + more));
            assertThatThrownBy(() -> Vicino.open(file))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("file length");
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void everyByteIsCoveredByAChecksum(String spec) throws IOException {
        Random random = Seeds.random();
        byte[] bytes = save(spec, 20);
        for (int at = 0; at < bytes.length; at++) {
            int mask = 1 << random.nextInt(8);
            bytes[at] ^= (byte) mask;
            Path file = write(bytes);
            assertThatThrownBy(() -> openAndVerify(file))
                    .as("byte %s changed by %s", at, mask)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(file.toString());
            openAndSearch(file);
            bytes[at] ^= (byte) mask;
        }
        openAndVerify(write(bytes));
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void damageAnywhereInALargerFileIsFound(String spec) throws IOException {
        Random random = Seeds.random();
        byte[] whole = save(spec, 3000);
        for (int round = 0; round < 200; round++) {
            byte[] bytes = whole.clone();
            int from = random.nextInt(bytes.length);
            int to = Math.min(bytes.length, from + 1 + random.nextInt(100));
            for (int i = from; i < to; i++) {
                bytes[i] ^= (byte) (1 + random.nextInt(255));
            }
            Path file = write(bytes);
            assertThatThrownBy(() -> openAndVerify(file))
                    .as("bytes %s to %s", from, to)
                    .isInstanceOf(CorruptFileException.class);
            openAndSearch(file);
        }
    }

    /** The header says anything at all, and its checksum is right: as somebody would write it who means harm. */
    @ParameterizedTest
    @FieldSource("SPECS")
    void aHeaderThatLiesIsRefusedOrHarmless(String spec) throws IOException {
        Random random = Seeds.random();
        byte[] whole = save(spec, 20);
        for (int round = 0; round < FUZZ_ROUNDS; round++) {
            IndexBytes bytes = new IndexBytes(whole.clone());
            int headerLength = bytes.buffer.getInt(IndexBytes.HEADER_LENGTH);
            for (int change = random.nextInt(3); change >= 0; change--) {
                int at = IndexBytes.FILE_LENGTH + random.nextInt(headerLength - IndexBytes.FILE_LENGTH);
                bytes.array[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : 64 * random.nextInt(4));
            }
            openAndSearch(bytes.seal().write(folder.resolve("lying")));
        }
    }
}
