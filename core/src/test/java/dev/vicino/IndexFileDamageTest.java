package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Files cut off, lengthened, or with bytes changed: always noticed, and never the end of the JVM. */
@ExtendWith(Seeds.class)
final class IndexFileDamageTest {
    @SuppressWarnings("unused") // by name
    private static final List<String> SPECS = ExactSearchTest.SPECS;

    private static final int D = 5;

    /** The bits of floats that bounds and sums could stumble over. */
    private static final int[] NUMBERS = {
        0x7fc00000, 0x7f800000, 0xff800000, 0x7f7fffff, 0xff7fffff, 0, 1, 0x80000001, 0x3f800000, -1
    };

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

    /** Large enough to have codes, which are compared before rows are: wrong ones may cost neighbours, never more. */
    @ParameterizedTest
    @EnumSource
    void damagedCodesAreFoundAndHarmless(Metric metric) throws IOException {
        Random random = Seeds.random();
        float[][] rows = Seeds.embeddings(random, 16_500, 64);
        Path file = folder.resolve("whole");
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).metric(metric).build()) {
            index.save(file);
        }
        IndexBytes bytes = IndexBytes.read(file);
        for (String name : bytes.sections()) {
            int entry = bytes.entry(name);
            int offset = (int) bytes.buffer.getLong(entry + IndexBytes.SECTION_OFFSET);
            int length = (int) bytes.buffer.getLong(entry + IndexBytes.SECTION_LENGTH);
            int wrong = NUMBERS[random.nextInt(NUMBERS.length)];
            byte[] original = Arrays.copyOfRange(bytes.array, offset, offset + length);
            for (int at = 0; at + 4 <= length; at += 4) {
                if (random.nextInt(1 + length / 4000) == 0) {
                    bytes.buffer.putInt(offset + at, wrong);
                }
            }
            boolean changed = !Arrays.equals(bytes.array, offset, offset + length, original, 0, length);
            Path damaged = bytes.write(folder.resolve("damaged"));
            if (changed) {
                assertThatThrownBy(() -> openAndVerify(damaged))
                        .as("%s with %08x", name, wrong)
                        .isInstanceOf(CorruptFileException.class);
            }
            openAndSearchBatch(damaged, rows);
            System.arraycopy(original, 0, bytes.array, offset, length);
        }
    }

    /** A batch that is large enough to be pruned, and one of its queries alone. */
    private static void openAndSearchBatch(Path file, float[][] rows) throws IOException {
        try (VectorIndex index = Vicino.open(file);
                Vectors batch = Vectors.of(Arrays.copyOf(rows, 64))) {
            List<Neighbors> answers = new ArrayList<>(index.searchAll(batch, 10, SearchOptions.DEFAULT));
            answers.add(index.search(rows[0], 10));
            for (Neighbors found : answers) {
                assertThat(LongStream.of(found.ids())).hasSizeLessThanOrEqualTo(10);
                assertThat(LongStream.of(found.ids())).allMatch(id -> id >= 0 && id < rows.length);
            }
        } catch (CorruptFileException e) {
            assertThat(e).hasMessageContaining(file.toString());
        }
    }
}
