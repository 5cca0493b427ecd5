package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The compiled kernels are those of the sources, and fit what Java passes to them. Tests run in the folder of the module. */
final class PtxTest {
    private static final Path SOURCES = Path.of("src/main/cuda");
    private static final Path COMPILED = Path.of("src/main/resources/dev/vicino/gpu");

    @Test
    void comesFromTheSourcesThatAreHere() throws IOException {
        List<String> recorded = Files.readAllLines(COMPILED.resolve("sources.sha256"));
        try (Stream<Path> sources = Files.list(SOURCES)) {
            String[] actual = sources.map(PtxTest::sum).sorted().toArray(String[]::new);
            assertThat(recorded.stream().sorted())
                    .as("a kernel has changed, expected gpu/build-ptx to have been run since")
                    .containsExactly(actual);
        }
    }

    private static String sum(Path source) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(source));
            return HexFormat.of().formatHex(sum) + "  " + source.getFileName();
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** The structs of C and of Java are as long, and nothing else is passed. */
    @ParameterizedTest
    @CsvSource({
        "half.ptx,halve,40",
        "half.ptx,products_half_16,128",
        "half.ptx,products_half_128,128",
        "single.ptx,products_single,128",
        "select.ptx,shrink,128",
        "select.ptx,pack,32"
    })
    void takesWhatJavaPasses(String text, String kernel, int bytes) {
        Pattern entry = Pattern.compile(
                "\\.visible \\.entry " + kernel + "\\(\\s*\\.param \\.align 8 \\.b8 \\w+\\[" + bytes + "\\]\\s*\\)");
        assertThat(Kernels.text(text)).containsPattern(entry);
    }

    @Test
    void isForCardsAndDriversThatAreNotNew() {
        for (String text : Kernels.TEXTS) {
            assertThat(Kernels.text(text)).contains(".version 7.0\n", ".target sm_80\n");
        }
        assertThat(Kernels.text("half.ptx"))
                .contains("mma.sync.aligned.m16n8k16.row.col.f32.f16.f16.f32", "cp.async.cg", "ldmatrix.sync");
    }

    /** The constants that both sides have. */
    @Test
    void agreesWithJavaOnTheSizes() throws IOException {
        assertThat(Files.readString(SOURCES.resolve("search.cuh"))).contains("CAPACITY = " + Kernels.CAPACITY + ";");
        assertThat(Files.readString(SOURCES.resolve("half.cu")))
                .contains("ROWS = " + Kernels.TILE_ROWS + ";", "THREADS = " + Driver.THREADS + ";")
                .contains("STEP = " + Kernels.width(1) + ";")
                .contains("products<" + Kernels.FEW_QUERIES + ",", "products<" + Kernels.HALF_QUERIES + ",");
        assertThat(Files.readString(SOURCES.resolve("single.cu")))
                .contains("ROWS = " + Kernels.TILE_ROWS + ";", "THREADS = " + Driver.THREADS + ";")
                .contains("QUERIES = " + Kernels.SINGLE_QUERIES + ";");
        assertThat(Files.readString(SOURCES.resolve("select.cu"))).contains("THREADS = " + Driver.THREADS + ";");
    }

    /** The text itself changes with the version of nvcc; what it is assembled to must exist for every card. */
    @Test
    void assemblesForEveryGeneration(@TempDir Path folder) throws IOException, InterruptedException {
        requireProgram("ptxas");
        for (String card : List.of("sm_80", "sm_86", "sm_89", "sm_90")) {
            for (String text : Kernels.TEXTS) {
                run(
                        "ptxas",
                        "-arch=" + card,
                        "-o",
                        folder + "/cubin",
                        COMPILED.resolve(text).toString());
            }
        }
    }

    @Test
    void isWhatTheCompilerMakes(@TempDir Path folder) throws IOException, InterruptedException {
        requireProgram("nvcc");
        run("./build-ptx", folder.toString());
        for (String text : Kernels.TEXTS) {
            assertThat(entries(Files.readString(folder.resolve(text)))).isEqualTo(entries(Kernels.text(text)));
        }
    }

    /** Names and parameters of kernels: what does not depend on the version of the compiler. */
    private static List<String> entries(String ptx) {
        return Pattern.compile("\\.entry [^)]*\\)")
                .matcher(ptx)
                .results()
                .map(found -> found.group())
                .toList();
    }

    private static void requireProgram(String program) {
        if (Arrays.stream(System.getenv("PATH").split(":"))
                .noneMatch(folder -> Files.isExecutable(Path.of(folder, program)))) {
            System.out.println("PtxTest is skipped in part: " + program + " is not installed");
            abort();
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), said)
                .isZero();
    }
}
