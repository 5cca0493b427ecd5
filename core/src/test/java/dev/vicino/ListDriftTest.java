package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists follow vectors that move away from the centroids: what was added is found as if the lists had been made of it. */
final class ListDriftTest {
    private static final int ROWS = 1500;
    private static final int QUERIES = 100;
    private static final int D = 16;
    private static final int K = 10;
    private static final double TOLERANCE = 0.03;
    private static final SearchOptions OPTIONS = SearchOptions.DEFAULT.withEffort(6);

    @RegisterExtension
    private final CheckedIndexes indexes = new CheckedIndexes();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IVF64                      | L2     | 20",
                "IVF64                      | L1     | 20",
                "IVF64,RaBitQ4,Refine(Flat) | L2     | 20",
                "IVF64,SQ8,Refine(Flat)     | COSINE | 3",
            })
    void vectorsThatCameFromElsewhereAreFoundAsWell(String spec, Metric metric, float way) {
        Random random = new Random(41);
        float[][] there = Points.clustered(random, ROWS + QUERIES, D, 30);
        for (int i = 0; i < there.length; i++) {
            there[i] = Points.moved(there[i], way);
        }
        float[][] added = Arrays.copyOf(there, ROWS);
        float[][] queries = Arrays.copyOfRange(there, ROWS, there.length);
        ChangingIndex moved = indexes.build(spec, metric, Points.gaussian(random, ROWS, D), D);
        for (int i = 0; i < ROWS; i++) {
            moved.remove(i);
            moved.add(ROWS + i, added[i]);
        }
        long[] ids = Arrays.stream(CheckedIndexes.rowNumbers(added))
                .map(id -> ROWS + id)
                .toArray();
        ChangingIndex fresh = indexes.build(spec, metric, added, D, ids, 1);
        try (VectorIndex exact = CheckedIndexes.exact(metric, added, D, ids)) {
            double expected = Recall.at(K, fresh, exact, queries, OPTIONS);
            assertThat(Recall.at(K, moved, exact, queries, OPTIONS)).isGreaterThanOrEqualTo(expected - TOLERANCE);
        }
    }

    /** An index that begins with nothing is as good as one that begins with all. */
    @ParameterizedTest
    @CsvSource({"IVF64,L2", "IVF32,COSINE"})
    void whatGrewFromNothingIsAsGood(String spec, Metric metric) {
        float[][] all = Points.clustered(new Random(42), ROWS + QUERIES, D, 30);
        float[][] rows = Arrays.copyOf(all, ROWS);
        float[][] queries = Arrays.copyOfRange(all, ROWS, all.length);
        ChangingIndex grown = indexes.build(spec, metric, new float[0][], D);
        for (int i = 0; i < ROWS; i++) {
            grown.add(i, rows[i]);
        }
        ChangingIndex built = indexes.build(spec, metric, rows, D);
        try (VectorIndex exact = CheckedIndexes.exact(metric, rows, D)) {
            double expected = Recall.at(K, built, exact, queries, OPTIONS);
            assertThat(Recall.at(K, grown, exact, queries, OPTIONS)).isGreaterThanOrEqualTo(expected - TOLERANCE);
            long scanned = grown.search(queries[0], K, OPTIONS).work().exact();
            assertThat(scanned).isLessThan(ROWS / 2);
        }
    }
}
