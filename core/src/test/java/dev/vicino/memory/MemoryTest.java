package dev.vicino.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks off the heap. */
final class MemoryTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 63, 64, 4096, (2 << 20) - 1, 2 << 20, (4 << 20) + 3})
    void allocatesThatManyZeroedAlignedBytes(long bytes) {
        try (Memory memory = Memory.allocate(bytes)) {
            assertThat(memory.bytes()).isEqualTo(bytes);
            assertThat(memory.segment().byteSize()).isEqualTo(bytes);
            assertThat(memory.segment().address() % 64).isZero();
            assertThat(memory.segment().mismatch(MemorySegment.ofArray(new byte[(int) bytes])))
                    .isEqualTo(-1);
        }
    }

    @Test
    void closingTwiceDoesNothing() {
        Memory memory = Memory.allocate(10);
        memory.close();
        memory.close();
        assertThat(memory.segment().scope().isAlive()).isFalse();
    }

    @Test
    void closingASliceLeavesTheWhole() {
        try (Memory memory = Memory.allocate(16)) {
            memory.segment().set(Memory.INT, 8, 42);
            Memory slice = memory.slice(8, 8);
            slice.close();
            assertThat(slice.bytes()).isEqualTo(8);
            assertThat(slice.segment().get(Memory.INT, 0)).isEqualTo(42);
        }
    }

    @Test
    void mapsAPartOfAFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[] {0, 1, 2, 3, 4, 5, 6, 7});
        try (Memory memory = Memory.map(file, 3, 4)) {
            assertThat(memory.bytes()).isEqualTo(4);
            assertThat(memory.segment().get(Memory.INT, 0)).isEqualTo(0x06_05_04_03);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 8, 9, 1L << 40, Long.MAX_VALUE - 7, Long.MAX_VALUE})
    void refusesToMapBeyondTheEnd(long offset, @TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[8]);
        assertThatThrownBy(() -> Memory.map(file, offset, 8))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("8 bytes");
    }

    /** A page ends behind byte 4096 of a file at the latest, and what follows it may belong to nobody. */
    @Test
    void knowsWhatMayBeReadBehindIt(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[8192]);
        try (Memory page = Memory.map(file, 0, 4096);
                Memory almost = Memory.map(file, 0, 4096 - 64);
                Memory more = Memory.map(file, 0, 4096 - 63);
                Memory shifted = Memory.map(file, 100, 4096 - 100);
                Memory allocated = Memory.allocate(4096)) {
            assertThat(page.hasSlack()).isFalse();
            assertThat(almost.hasSlack()).isTrue();
            assertThat(more.hasSlack()).isFalse();
            assertThat(shifted.hasSlack()).isFalse();
            assertThat(allocated.hasSlack()).isTrue();
        }
    }

    @Test
    void refusesToMapAFileThatIsNotThere(@TempDir Path folder) {
        assertThatThrownBy(() -> Memory.map(folder.resolve("missing"), 0, 0)).isInstanceOf(NoSuchFileException.class);
    }
}
