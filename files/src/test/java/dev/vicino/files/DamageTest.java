package dev.vicino.files;

import static dev.vicino.files.Samples.RERUN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A damaged file is read for what it says, or refused; it never ends in another exception, nor in a full memory. */
class DamageTest {
    private static final int ROUNDS = 400;
    private static final int ROWS = 9;
    private static final int COLUMNS = 5;

    private final Random random = Samples.random();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fvecs", "bvecs", "ivecs", "<f4.npy", ">f2.npy", "<f8.npy", "jsonl", "<i4.npy", ">i8.npy", "<u4.npy",
                "txt"
            })
    void flippedBitsAreReadOrRefused(String kind) throws IOException {
        byte[] sound = sound(kind);
        assertThatNoException().isThrownBy(() -> read(kind, sound));
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = sound.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += isRefused(kind, damaged) ? 1 : 0;
        }
        assertThat(refused).as(RERUN).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fvecs", "bvecs", "ivecs", "<f4.npy", ">f2.npy", "<f8.npy", "jsonl", "<i4.npy", ">i8.npy", "<u4.npy",
                "txt"
            })
    void randomBytesAreReadOrRefused(String kind) throws IOException {
        byte[] sound = sound(kind);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] damaged = sound.clone();
            int from = random.nextInt(damaged.length);
            byte[] noise = new byte[Math.min(1 + random.nextInt(12), damaged.length - from)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, damaged, from, noise.length);
            isRefused(kind, damaged);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f4.npy", ">f2.npy", "<f8.npy", "<i4.npy", ">i8.npy", "<u4.npy"})
    void everyTruncationOfAnNpyIsRefused(String kind) throws IOException {
        byte[] sound = sound(kind);
        for (int length = 0; length < sound.length; length++) {
            assertThat(isRefused(kind, Arrays.copyOf(sound, length)))
                    .as("cut to %d bytes", length)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fvecs", "bvecs", "ivecs"})
    void everyTruncationInsideARowIsRefused(String kind) throws IOException {
        byte[] sound = sound(kind);
        int rowBytes = sound.length / ROWS;
        for (int length = 0; length < sound.length; length++) {
            boolean whole = length > 0 && length % rowBytes == 0;
            assertThat(isRefused(kind, Arrays.copyOf(sound, length)))
                    .as("cut to %d bytes", length)
                    .isNotEqualTo(whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fvecs", "<f4.npy", "jsonl"})
    void whatIsAppendedIsRefused(String kind) throws IOException {
        byte[] sound = sound(kind);
        for (int more = 1; more < 20; more++) {
            byte[] longer = Arrays.copyOf(sound, sound.length + more);
            assertThat(isRefused(kind, longer)).as("%d bytes appended", more).isTrue();
        }
    }

    private byte[] sound(String kind) {
        float[][] rows = Samples.wholeRows(random, ROWS, COLUMNS);
        return switch (kind) {
            case "fvecs" -> Samples.vecs("f4", rows);
            case "bvecs" -> Samples.vecs("u1", rows);
            case "ivecs" -> Samples.vecs("i4", rows);
            case "jsonl" -> Samples.jsonLines(rows).getBytes(StandardCharsets.UTF_8);
            case "txt" -> "17\n-4\n\n9007199254740993\n0\n".getBytes(StandardCharsets.UTF_8);
            default -> {
                ByteOrder order = kind.startsWith("<") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
                byte[] data = Samples.numbers(kind.substring(1, 3), order, rows);
                yield Samples.npy(1, Samples.header(kind.substring(0, 3), "(" + ROWS + ", " + COLUMNS + ")"), data);
            }
        };
    }

    /** Reads the bytes; whatever is thrown but the one exception meant for it fails the test. */
    private boolean isRefused(String kind, byte[] bytes) throws IOException {
        try {
            read(kind, bytes);
            return false;
        } catch (CorruptFileException e) {
            assertThat(e).as(RERUN).hasMessageContaining(": at byte ").hasMessageContaining(", expected ");
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(RERUN + ": " + Arrays.toString(bytes), e);
        }
    }

    private void read(String kind, byte[] bytes) throws IOException {
        Path file = folder.resolve(kind.endsWith("npy") ? "it.npy" : "it." + kind);
        Files.deleteIfExists(file); // some file systems force a file to disk that is truncated and written again
        Files.write(file, bytes);
        if (kind.contains("i4.") || kind.contains("u4.") || kind.contains("i8.")) {
            IdFiles.table(file);
            IdFiles.list(file);
        } else if (kind.equals("txt")) {
            IdFiles.list(file);
        } else {
            Samples.readAll(file);
        }
    }
}
