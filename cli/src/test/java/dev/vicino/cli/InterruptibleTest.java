package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** In a process of its own, which is ended as Ctrl-C ends it. */
class InterruptibleTest {
    private static final long TIMEOUT_NANOS = Duration.ofSeconds(60).toNanos();

    @TempDir
    private Path folder;

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC}) // elsewhere, ending a process does not let it tidy up
    void aConversionThatIsInterruptedLeavesNothing() throws Exception {
        Path out = Files.writeString(folder.resolve("out.npy"), "older");
        Path errors = folder.resolve("err.txt");
        Process process = start(errors, "convert", "/dev/stdin", "--format", "jsonl", "--out", out.toString());
        try {
            feedUntilItEnds(process, out);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        String said = Files.readString(errors, StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isEqualTo(128 + 15);
        assertThat(Files.readString(out, StandardCharsets.ISO_8859_1)).isEqualTo("older");
        assertThat(Samples.names(folder)).containsExactly("err.txt", "out.npy");
        assertThat(said).doesNotContain("vicino:");
    }

    /** Writes rows without end; asks the process to end once it has written the first of them. */
    private void feedUntilItEnds(Process process, Path out) throws IOException {
        byte[] row = ("[1" + ", 0.5".repeat(999) + "]\n").getBytes(StandardCharsets.US_ASCII);
        OutputStream rows = process.getOutputStream();
        boolean asked = false;
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (process.isAlive() && System.nanoTime() < deadline) {
            writeUnlessGone(rows, row);
            if (!asked && writtenBytes(out) > 0) {
                process.toHandle().destroy(); // Process.destroy would end the input too
                asked = true;
            }
        }
    }

    private static Process start(Path errors, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(errors.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void writeUnlessGone(OutputStream rows, byte[] row) {
        try {
            rows.write(row);
            rows.flush();
        } catch (IOException e) {
            // the process has closed its end: it is about to end
        }
    }

    /** Bytes of the temporary file, once the first block of it is on disk. */
    private long writtenBytes(Path out) throws IOException {
        for (String name : Samples.names(folder)) {
            if (name.startsWith("." + out.getFileName())) {
                return sizeOrNone(folder.resolve(name));
            }
        }
        return 0;
    }

    private static long sizeOrNone(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
