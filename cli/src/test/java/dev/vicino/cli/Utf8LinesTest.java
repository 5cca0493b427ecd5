package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf8LinesTest {
    @TempDir
    private Path folder;

    private List<String> lines(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), content);
        List<String> texts = new ArrayList<>();
        try (Utf8Lines lines = Utf8Lines.open(file)) {
            while (lines.next()) {
                texts.add(lines.text());
            }
        }
        return texts;
    }

    @Test
    void linesComeWithoutTheirEnds() throws IOException {
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("a\r\n\n b \nné\r")).containsExactly("a", "", " b ", "né");
        assertThat(lines("\uFEFFa\n\uFEFFb\n")).containsExactly("a", "\uFEFFb");
    }

    @Test
    void aLineWithoutEndIsRefusedBeforeItFillsTheMemory() throws IOException {
        byte[] long17 = new byte[17 << 20];
        Arrays.fill(long17, (byte) 'x');
        long17[1] = '\n';
        Path file = Files.write(folder.resolve("a.txt"), long17);

        try (Utf8Lines lines = Utf8Lines.open(file)) {
            assertThat(lines.next()).isTrue();
            assertThatThrownBy(lines::next)
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("at byte 2, line 2 is over 16777216 bytes long");
        }
    }
}
