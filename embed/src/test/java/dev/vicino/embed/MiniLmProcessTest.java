package dev.vicino.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model in a Java of its own. */
class MiniLmProcessTest {
    @TempDir
    private Path folder;

    @Test
    void theModelWritesNothingToStandardOutputOrError() throws Exception {
        assertThat(result("-Dany=thing")).isEqualTo("384 values");
    }

    @Test
    void aPlatformWithoutTheModelIsToldInOneSentence() throws Exception {
        assertThat(result("-Dos.arch=sparc"))
                .startsWith("The text model cannot run on ")
                .contains(", sparc: ", "It needs Linux on x86-64")
                .doesNotContain("ExceptionInInitializerError");
    }

    /** What the program found, after its process ended well and silently. */
    private String result(String option) throws Exception {
        Path output = folder.resolve("output");
        Path result = folder.resolve("result");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        option,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Program.class.getName(),
                        result.toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor()).as(() -> read(output)).isZero();
        assertThat(output).isEmptyFile();
        return read(result);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Loads the model, embeds, and writes to a file how that went. */
    static final class Program {
        private Program() {}

        public static void main(String[] args) throws IOException {
            String result;
            try (TextEmbedder embedder = MiniLm.load()) {
                result = embedder.embed("A text.").length + " values";
            } catch (ModelUnavailableException e) {
                result = e.getMessage();
            }
            Files.writeString(Path.of(args[0]), result);
        }
    }
}
