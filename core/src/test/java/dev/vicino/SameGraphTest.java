package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same graph again on one thread, one as good on several. The data is the same in every run. */
final class SameGraphTest {
    private static final int ROWS = 4000;
    private static final int D = 32;
    private static final int K = 10;
    private static final SearchOptions OPTIONS = SearchOptions.DEFAULT.withEffort(100);
    private static final float[][] DATA = Points.gaussian(new Random(11), ROWS, D);
    private static final float[][] QUERIES = Points.gaussian(new Random(12), 300, D);

    /** What building with several threads may cost. */
    private static final double TOLERANCE = 0.01;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"HNSW16", "HNSW16,RaBitQ2,Refine(Flat)"})
    void severalThreadsBuildAGraphThatIsAsGood(String spec) {
        long[] ids = CheckedIndexes.rowNumbers(DATA);
        double alone = recall(graphs.build(spec, Metric.COSINE, DATA, D, ids, 1));
        for (int threads : new int[] {2, 4, 8}) {
            assertThat(recall(graphs.build(spec, Metric.COSINE, DATA, D, ids, threads)))
                    .as("%s threads", threads)
                    .isGreaterThanOrEqualTo(alone - TOLERANCE);
        }
    }

    private double recall(ChangingIndex index) {
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), DATA, D)) {
            return Recall.at(K, index, exact, QUERIES, OPTIONS);
        } finally {
            graphs.close(index);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HNSW16", "HNSW8(efConstruction=40,seed=7)", "HNSW16,SQ8,Refine(Flat)", "HNSW16,RaBitQ2"})
    void theSameSeedOnOneThreadGivesTheSameGraph(String spec) throws IOException {
        byte[] first = bytes(spec);
        assertThat(Arrays.equals(bytes(spec), first)).isTrue();
        String other = IndexSpec.parse(spec).withSeed(99).toString();
        assertThat(Arrays.equals(bytes(other), first)).as("another seed").isFalse();
    }

    private byte[] bytes(String spec) throws IOException {
        Path file = folder.resolve("index");
        ChangingIndex index = graphs.build(spec, Metric.DOT, Arrays.copyOf(DATA, 1500), D);
        index.save(file);
        graphs.close(index);
        return Files.readAllBytes(file);
    }
}
