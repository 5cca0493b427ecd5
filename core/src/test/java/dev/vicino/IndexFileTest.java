package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That an index opened from a file answers as the one that was saved. */
@ExtendWith(Seeds.class)
final class IndexFileTest {
    private static final int D = 17;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void answersAsBeforeBitForBit(Metric metric) throws IOException {
        Random random = Seeds.random();
        for (int n : new int[] {0, 1, 2, 255, 256, 257, 1000}) {
            float[][] rows = withExtremes(Seeds.realRows(random, n, D));
            for (String spec : ExactSearchTest.SPECS) {
                try (VectorIndex index = builder(rows, metric, spec).build()) {
                    assertRoundTrip(index, random);
                }
                try (VectorIndex index =
                        builder(rows, metric, spec).ids(Seeds.ids(random, n)).build()) {
                    assertRoundTrip(index, random);
                }
            }
        }
    }

    private static Vicino.Builder builder(float[][] rows, Metric metric, String spec) {
        return Vicino.index(ExactSearchTest.vectors(rows, D)).metric(metric).spec(spec);
    }

    private static float[][] withExtremes(float[][] rows) {
        for (int r = 0; r < rows.length; r += 100) {
            rows[r] = rows[r].clone();
            for (int i = 0; i < D; i++) {
                rows[r][i] *= r % 200 == 0 ? 1e-30f : 1e30f;
            }
        }
        return rows;
    }

    private void assertRoundTrip(VectorIndex index, Random random) throws IOException {
        Path file = folder.resolve("index");
        index.save(file);
        try (VectorIndex opened = Vicino.open(file)) {
            opened.verify((done, total) -> assertThat(done).isBetween(0L, total));
            assertThat(opened.spec()).isEqualTo(index.spec());
            assertThat(opened.metric()).isEqualTo(index.metric());
            assertThat(opened.dimension()).isEqualTo(D);
            assertThat(opened.size()).isEqualTo(index.size());
            assertThat(opened.bytesDisk()).isEqualTo(Files.size(file));
            assertSameAnswers(opened, index, random);
            // An opened index can be saved again, to the same bytes.
            Path again = folder.resolve("again");
            opened.save(again);
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    static void assertSameAnswers(VectorIndex actual, VectorIndex expected, Random random) {
        for (float[] query : Seeds.realRows(random, 3, expected.dimension())) {
            Neighbors all = expected.search(query, expected.size() + 5);
            String what = expected.spec() + ", " + expected.metric() + ", n = " + expected.size();
            Oracle.assertSame(actual.search(query, expected.size() + 5), all, what);
            Oracle.assertSame(actual.search(query, 3), expected.search(query, 3), what + ", k = 3");
            if (all.size() > 0) {
                float radius = all.score(all.size() / 2);
                Oracle.assertSame(
                        actual.searchWithin(query, radius, SearchOptions.DEFAULT),
                        expected.searchWithin(query, radius, SearchOptions.DEFAULT),
                        what + " within " + radius);
            }
        }
    }

    @Test
    void tellsWhatItTakes() throws IOException {
        Path file = folder.resolve("index");
        try (VectorIndex index = builder(Seeds.realRows(Seeds.random(), 100, D), Metric.DOT, "Flat(prune=false)")
                .ids(Seeds.ids(Seeds.random(), 100))
                .build()) {
            assertThat(index.bytesDisk()).isZero();
            assertThat(index.bytesMemory()).isEqualTo(100L * D * Float.BYTES + 100 * Float.BYTES + 100 * Long.BYTES);
            index.verify((done, total) -> {
                throw new AssertionError("nothing to verify in memory");
            });
            index.save(file);
        }
        try (VectorIndex empty = builder(new float[0][], Metric.DOT, "Flat(prune=false)")
                        .ids()
                        .build();
                VectorIndex opened = Vicino.open(file)) {
            assertThat(empty.bytesMemory()).isZero();
            assertThat(opened.bytesMemory()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theThreadsOfABuildLeaveNoTrace(Metric metric) throws IOException {
        float[][] rows = Seeds.embeddings(Seeds.random(), 9000, 40); // with codes
        Path first = folder.resolve("threads-1");
        for (int threads : new int[] {1, 2, 5}) {
            Path file = folder.resolve("threads-" + threads);
            try (VectorIndex index = Vicino.index(Vectors.of(rows))
                    .metric(metric)
                    .threads(threads)
                    .build()) {
                index.save(file);
            }
            assertThat(file).hasSameBinaryContentAs(first);
        }
    }

    @Test
    void progressRisesToTheWhole() throws IOException {
        float[][] rows = Seeds.embeddings(Seeds.random(), 20_000, 40); // with codes
        long[] last = new long[2];
        Progress rising = (done, total) -> {
            assertThat(done).isBetween(last[0], total);
            last[0] = done;
            last[1] = total;
        };
        Path file = folder.resolve("index");
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).progress(rising).build()) {
            assertThat(last[0]).isEqualTo(last[1]).isPositive();
            last[0] = 0;
            index.save(file, rising);
            assertThat(last).containsExactly(Files.size(file), Files.size(file));
        }
        last[0] = 0;
        try (VectorIndex opened = Vicino.open(file)) {
            opened.verify(rising);
            assertThat(last).containsExactly(Files.size(file), Files.size(file));
        }
    }
}
