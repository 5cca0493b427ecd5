package dev.vicino.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Advice is about time alone: what is read afterwards is what is there. */
final class PageAdviceTest {
    @TempDir
    private Path folder;

    @Test
    void whatWasAskedForIsRead() throws IOException {
        byte[] written = new byte[70_000];
        new Random(3).nextBytes(written);
        Path file = Files.write(folder.resolve("pages"), written);
        try (Memory mapped = Memory.map(file, 64, written.length - 64)) {
            PageAdvice.random(mapped);
            for (long at : new long[] {0, 1, 4095, 4096, 60_000}) {
                PageAdvice.willNeed(mapped.start() + at, 2000);
            }
            PageAdvice.willNeed(mapped.start(), 0);
            byte[] read = new byte[written.length - 64];
            mapped.get(0, read);
            assertThat(read).isEqualTo(Arrays.copyOfRange(written, 64, written.length));
        }
    }

    /** Memory that is not there is the system's to refuse. */
    @Test
    void nonsenseIsRefusedInSilence() {
        assertThatCode(() -> PageAdvice.willNeed(64, 4096)).doesNotThrowAnyException();
    }
}
