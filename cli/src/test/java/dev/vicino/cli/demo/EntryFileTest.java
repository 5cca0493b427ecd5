package dev.vicino.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryFileTest {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());
    private static final List<Entry> ENTRIES = List.of(
            new Entry("java.util.List#size()", "List.size: Returns the number of elements."),
            new Entry("naïve", "Σ(aᵢ−bᵢ)² with a\u00a0hard space and 🦊"));

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("texts.tsv");
    }

    @Test
    void readsWhatWasWritten() throws IOException {
        EntryFile.write(file, ENTRIES);

        assertThat(EntryFile.read(file)).isEqualTo(ENTRIES);
        assertThat(Files.readString(file)).startsWith("vicino texts 1 ").contains("\nnaïve\tΣ");
    }

    @Test
    void readsAFileOfNoEntries() throws IOException {
        EntryFile.write(file, List.of());

        assertThat(EntryFile.read(file)).isEmpty();
    }

    @Test
    void leavesNothingBesideTheFile() throws IOException {
        EntryFile.write(file, ENTRIES);
        EntryFile.write(file, ENTRIES.subList(0, 1));

        assertThat(EntryFile.read(file)).hasSize(1);
        assertThat(folder).isDirectoryContaining(path -> path.equals(file)).satisfies(f -> {
            try (var files = Files.list(f)) {
                assertThat(files).hasSize(1);
            }
        });
    }

    @Test
    void noticesAnyBitThatWasFlipped() throws IOException {
        EntryFile.write(file, ENTRIES);
        byte[] whole = Files.readAllBytes(file);
        var random = new Random(SEED);

        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(whole.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            assertThatThrownBy(() -> EntryFile.read(file))
                    .as("byte %d, rerun with -Dvicino.seed=%d", at, SEED)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void noticesAnyTruncation() throws IOException {
        EntryFile.write(file, ENTRIES);
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> EntryFile.read(file))
                    .as("%d bytes", length)
                    .isInstanceOf(CorruptFileException.class);
        }
    }

    @Test
    void saysWhichFieldAnEntryLacks() {
        assertThatThrownBy(() -> Entry.fromLine("no tabulator"))
                .hasMessage("line = \"no tabulator\", expected source, tabulator, text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two\nlines", "a\ttabulator"})
    void refusesAnEntryThatWouldNotBeOneLine(String text) {
        assertThatThrownBy(() -> new Entry("source", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("text = \"");
    }
}
