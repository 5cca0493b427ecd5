package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.io.CorruptFileException;
import dev.vicino.io.Progress;
import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees in files: the same before and after; damage is noticed by whoever verifies, and harmless to all others. */
@ExtendWith(Seeds.class)
final class TreeFileTest {
    private static final int ROWS = 700;
    private static final int D = 4;
    private static final int FLIPS = 150;

    @RegisterExtension
    private final CheckedTrees trees = new CheckedTrees();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.vicino.TreeAnswersTest#kinds")
    void answersAreTheSameBeforeAndAfter(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        for (int n : new int[] {0, 1, 5, ROWS}) {
            float[][] rows = HardRows.MIXED_NORMS.rows(random, n, D);
            for (int r = 0; r < n; r += 2) {
                rows[r] = Seeds.reals(random, D);
            }
            TreeIndex index = trees.build(spec, metric, rows, D, Seeds.ids(random, n));
            index.update(77_777, new float[D]);
            Path file = folder.resolve("index");
            index.save(file);
            TreeIndex opened = trees.open(file);
            opened.verify(Progress.NONE);
            assertThat(opened.spec()).isEqualTo(index.spec());
            assertThat(opened.bytesDisk()).isEqualTo(Files.size(file));
            assertThat(opened.size()).isEqualTo(n + 1);
            for (float[] query : Seeds.realRows(random, 10, D)) {
                Oracle.assertSame(opened.search(query, n + 1), index.search(query, n + 1), "n = " + n);
                Oracle.assertSame(opened.search(query, 3), index.search(query, 3), "k = 3, n = " + n);
            }
            trees.close(index);
            trees.close(opened);
        }
    }

    private byte[] saved(String spec) throws IOException {
        float[][] rows = Seeds.realRows(Seeds.random(), ROWS, D);
        TreeIndex index = trees.build(spec, Metric.L2, rows, D);
        index.save(folder.resolve("whole"));
        trees.close(index);
        return Files.readAllBytes(folder.resolve("whole"));
    }

    /** Whatever is said of damage, or not, no search and no change ends in anything but an exception that explains itself. */
    private void assertHarmless(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        try (LiveIndex index = (LiveIndex) Vicino.open(file)) {
            IndexBytes.assertAnswersInRange(index);
            try {
                index.update(3, new float[D]);
                index.remove(4);
                index.reclaim();
            } catch (IllegalStateException e) {
                assertThat(e).as(what).hasMessageContaining("damaged");
            }
        } catch (CorruptFileException e) {
            assertThat(e).as(what).hasMessageContaining("expected");
        }
    }

    private void assertNoticed(byte[] bytes, String what) throws IOException {
        Path file = Files.write(folder.resolve("damaged"), bytes);
        assertThatThrownBy(() -> {
                    try (VectorIndex index = Vicino.open(file)) {
                        index.verify(Progress.NONE);
                    }
                })
                .as(what)
                .isInstanceOf(CorruptFileException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"KDTree", "BallTree(leaf=8)"})
    void aFileCutOffAnywhereIsRefused(String spec) throws IOException {
        byte[] whole = saved(spec);
        for (int length = 0; length < whole.length; length += 1 + whole.length / 40) {
            assertNoticed(Arrays.copyOf(whole, length), "cut off at " + length);
        }
    }

    /** Row numbers and shapes are turned into addresses and loops, whatever the checksums say. */
    @ParameterizedTest
    @ValueSource(strings = {"tree.nodes", "tree.order", "extremes", "norms", "rows"})
    void wrongNumbersInASectionAreHarmlessAndNoticed(String section) throws IOException {
        Random random = Seeds.random();
        byte[] whole = saved("KDTree(leaf=8)");
        IndexBytes index = new IndexBytes(whole);
        long from = index.buffer.getLong(index.entry(section) + IndexBytes.SECTION_OFFSET);
        long length = index.buffer.getLong(index.entry(section) + IndexBytes.SECTION_LENGTH);
        int[] wrong = {0, 1, -1, -16, -17, 16, 65, ROWS - 1, ROWS, Integer.MIN_VALUE, Integer.MAX_VALUE};
        for (int flip = 0; flip < FLIPS && length > 0; flip++) {
            IndexBytes damaged = new IndexBytes(whole.clone());
            int at = (int) (from + 4L * random.nextInt((int) (length / 4)));
            damaged.buffer.putInt(at, wrong[random.nextInt(wrong.length)]);
            if (!Arrays.equals(damaged.array, whole)) {
                assertHarmless(damaged.array, section + " at " + at);
                assertNoticed(damaged.array, section + " at " + at);
            }
        }
        IndexBytes shorter = new IndexBytes(whole.clone());
        shorter.buffer.putLong(index.entry(section) + IndexBytes.SECTION_LENGTH, Math.max(0, length - 4) + 8);
        assertHarmless(shorter.seal().array, section + " of another length");
    }
}
