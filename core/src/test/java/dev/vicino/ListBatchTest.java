package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many queries at once over lists: the answers of one at a time, while rows that were removed or moved are still there. */
@ExtendWith(Seeds.class)
final class ListBatchTest {
    private static final int N = 3000;
    private static final int D = 24;
    private static final int QUERIES = 1500;

    @RegisterExtension
    private final CheckedIndexes indexes = new CheckedIndexes();

    private final Random random = Seeds.random();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "IVF64           | COSINE | 10  | 8",
                "IVF64           | DOT    | 10  | 8",
                "IVF64           | L2     | 300 | 2",
                "IVF64           | L1     | 1   | 8",
                "IVF64           | L2     | 5   | 1000",
                "IVF300          | L2     | 10  | 1",
                "L2norm,IVF64    | L2     | 10  | 8",
                "IVF64_HNSW4     | COSINE | 10  | 4",
                "IVF64,SQ8,RFlat | L2     | 10  | 8",
            })
    void answersAreThoseOfOneAtATime(String spec, Metric metric, int k, int nprobe) {
        float[][] rows = Points.clustered(random, N, D, 20);
        ChangingIndex index = indexes.build(spec, metric, rows, D);
        for (int i = 0; i < N; i += 3) {
            index.remove(i);
        }
        for (int i = 1; i < N; i += 3) {
            index.update(i, rows[(i + 7) % N]);
        }
        SearchOptions options = SearchOptions.DEFAULT.withEffort(nprobe);
        try (Vectors queries = Vectors.of(Points.clustered(random, QUERIES, D, 20))) {
            for (int threads = 1; threads < 3; threads++) {
                List<Neighbors> all = index.searchAll(queries, k, options.withThreads(threads));
                for (int i = 0; i < QUERIES; i++) {
                    Neighbors one = index.search(queries.row(i), k, options);
                    assertThat(all.get(i).ids()).as("query %s", i).isEqualTo(one.ids());
                    assertThat(all.get(i).scores()).isEqualTo(one.scores());
                    assertThat(all.get(i).work().hops()).isEqualTo(one.work().hops());
                }
            }
        }
    }

    @Test
    void ofNothingIsNothing() {
        ChangingIndex empty = indexes.build("IVF8", Metric.L2, new float[0][], D);
        try (Vectors queries = Vectors.of(Points.gaussian(random, QUERIES, D));
                Vectors none = Vectors.of(new float[0], D)) {
            assertThat(empty.searchAll(queries, 3, SearchOptions.DEFAULT))
                    .hasSize(QUERIES)
                    .allSatisfy(found -> assertThat(found.size()).isZero());
            assertThat(empty.searchAll(none, 3, SearchOptions.DEFAULT)).isEmpty();
        }
    }

    @Test
    void endsWhenItIsCancelled() {
        ChangingIndex index = indexes.build("IVF16", Metric.L2, Points.gaussian(random, N, D), D);
        AtomicInteger asked = new AtomicInteger();
        SearchOptions options = SearchOptions.DEFAULT.withCancelled(() -> asked.incrementAndGet() > 50);
        try (Vectors queries = Vectors.of(Points.gaussian(random, QUERIES, D))) {
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> index.searchAll(queries, 3, options));
        }
        assertThat(index.search(new float[D], 3).size()).isEqualTo(3);
    }
}
