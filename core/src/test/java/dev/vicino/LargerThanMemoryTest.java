package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Vectors in a mapped file, several times as large as the heap of the JVM that searches them. */
final class LargerThanMemoryTest {
    private static final int ROWS = 60_000;
    private static final int D = 384;
    private static final int K = 5;
    private static final int MOST_BYTES_A_VECTOR = 100;
    private static final int SEED = 17;
    private static final SearchOptions OPTIONS = SearchOptions.DEFAULT.withEffort(8);

    @TempDir
    private Path folder;

    /** Searches a file and prints what it found and what it takes; the JVM that runs it has a small heap. */
    static final class Child {
        private Child() {}

        public static void main(String[] arguments) throws IOException {
            try (VectorIndex index = Vicino.open(Path.of(arguments[0]))) {
                index.awaitLoaded();
                System.out.println(index.bytesMemory() / index.size());
                for (float[] query : queries()) {
                    System.out.println(text(index.search(query, K, OPTIONS).ids()));
                }
            }
        }
    }

    private static float[][] queries() {
        return Points.clustered(new Random(SEED), 20, D, 100);
    }

    private static String text(long[] ids) {
        return LongStream.of(ids).mapToObj(String::valueOf).collect(Collectors.joining(" "));
    }

    @Test
    void codesInMemoryAndRowsOnTheDiskGiveTheSameAnswers() throws Exception {
        Path file = folder.resolve("index");
        String[] expected;
        try (VectorIndex index = Vicino.index(Vectors.of(Points.clustered(new Random(SEED), ROWS, D, 100)))
                .spec("IVF128(iterations=3),RaBitQ,Refine(Flat)")
                .build()) {
            expected = Arrays.stream(queries())
                    .map(query -> text(index.search(query, K, OPTIONS).ids()))
                    .toArray(String[]::new);
            index.save(file);
        }
        long heap = 24L << 20;
        assertThat(4L * ROWS * D).isGreaterThan(3 * heap);
        Process child = new ProcessBuilder(command(file, heap))
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).as(output).isZero();
        List<String> lines =
                output.lines().filter(line -> !line.startsWith("WARNING")).toList();
        assertThat(Long.parseLong(lines.getFirst())).isLessThan(MOST_BYTES_A_VECTOR);
        assertThat(lines.subList(1, lines.size())).containsExactly(expected);
    }

    private static List<String> command(Path file, long heap) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap,
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", ""),
                Child.class.getName(),
                file.toString());
    }
}
