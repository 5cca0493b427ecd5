package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThatCode;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That touching slots reads nothing behind the last: there lies a part of a mapped file that was cut off, and reading it is an error. */
@Tag("kernel")
@EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere a mapped file cannot be cut, or not by pages of this size")
final class PrefetchTest {
    /** A whole number of pages on every machine. */
    private static final int HALF = 64 << 10;

    /** As often as the JIT needs to compile. */
    private static final int ROUNDS = 300;

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64, 100, 128, 1000, 4096})
    void nothingIsReadBehindTheLastSlot(int bytes, @TempDir Path folder) throws IOException {
        Path file = folder.resolve("slots");
        Files.write(file, new byte[2 * HALF]);
        try (Memory memory = Memory.map(file, 0, 2 * HALF)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(HALF);
            }
            int count = HALF / bytes;
            int used = count * bytes;
            Slots slots = Slots.empty(bytes, 3).with(memory.slice(HALF - used, used));
            int[] last = IntStream.range(0, count).skip(Math.max(0, count - 20)).toArray();
            long[] addresses = IntStream.of(last).mapToLong(slots::at).toArray();
            assertThatCode(() -> {
                        for (int round = 0; round < ROUNDS; round++) {
                            Prefetch.touch(slots, last, 0, last.length, bytes);
                            Prefetch.touch(slots, last, last.length, last.length, bytes);
                            if (bytes >= Prefetch.LINE) {
                                Prefetch.touch(addresses, addresses.length, bytes / (int) Prefetch.LINE);
                            }
                        }
                    })
                    .doesNotThrowAnyException();
        }
    }
}
