package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an index refuses, in which words, and that it is none the worse for it. */
final class RefusalsTest {
    private static final float[][] ROWS = {{1, 0, 0}, {0, 2, 0}, {0, 0, 3}, {1, 1, 1}};

    private VectorIndex index;

    @BeforeEach
    void build() {
        index = Vicino.index(Vectors.of(ROWS)).metric(Metric.L2).build();
    }

    @AfterEach
    void stillWorks() {
        if (index.size() == ROWS.length) {
            assertThat(index.search(new float[] {0, 1.5f, 0}, 2).ids()).containsExactly(1, 3);
        }
        index.close();
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aRowThatIsNotFinite(float value) {
        for (Metric metric : Metric.values()) {
            float[][] rows = new float[300][3];
            rows[257][1] = value;
            for (Vectors vectors : new Vectors[] {Vectors.of(rows), heap(rows)}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Vicino.index(vectors).metric(metric).build())
                        .withMessageContaining("row 257")
                        .withMessageContaining("column 1")
                        .withMessageContaining(Float.toString(value))
                        .withMessageContaining("finite");
                assertThat(vectors.row(256)).as("the vectors stay the caller's").isEqualTo(new float[3]);
                vectors.close();
            }
        }
    }

    private static Vectors heap(float[][] rows) {
        float[] values = new float[rows.length * 3];
        for (int r = 0; r < rows.length; r++) {
            System.arraycopy(rows[r], 0, values, 3 * r, 3);
        }
        return Vectors.of(values, 3);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aQueryThatIsNotFinite(float value) {
        float[] query = {1, 2, value};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(query, 1))
                .withMessageContaining("query, column 2 is " + value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.searchWithin(query, 1, SearchOptions.DEFAULT))
                .withMessageContaining("query, column 2 is " + value);
        for (int threads = 1; threads <= 4; threads++) {
            SearchOptions options = SearchOptions.DEFAULT.withThreads(threads);
            float[][] queries = new float[40][3];
            queries[35] = query;
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.searchAll(Vectors.of(queries), 1, options))
                    .withMessageContaining("row 35")
                    .withMessageContaining("column 2 is " + value);
        }
    }

    @Test
    void anotherDimension() {
        for (float[] query : new float[][] {{}, {1, 2}, {1, 2, 3, 4}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.search(query, 1))
                    .withMessageContaining("dimension " + query.length)
                    .withMessageContaining("expected 3");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> index.searchWithin(query, 1, SearchOptions.DEFAULT))
                    .withMessageContaining("dimension " + query.length)
                    .withMessageContaining("expected 3");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.searchAll(Vectors.of(new float[8], 4), 1, SearchOptions.DEFAULT))
                .withMessageContaining("dimension 4")
                .withMessageContaining("expected 3");
        try (VectorIndex empty = Vicino.index(Vectors.of(new float[0], 3)).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> empty.search(new float[2], 1))
                    .withMessageContaining("expected 3");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void aKBelowOne(int k) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.search(ROWS[0], k))
                .withMessageContaining("k = " + k)
                .withMessageContaining("at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.searchAll(Vectors.of(ROWS), k, SearchOptions.DEFAULT))
                .withMessageContaining("k = " + k);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void lessThanOneThread(int threads) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SearchOptions.DEFAULT.withThreads(threads))
                .withMessageContaining("threads = " + threads)
                .withMessageContaining("at least 1");
        try (Vectors vectors = Vectors.of(ROWS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Vicino.index(vectors).threads(threads))
                    .withMessageContaining("threads = " + threads)
                    .withMessageContaining("at least 1");
        }
    }

    @Test
    void anotherNumberOfIds() {
        for (long[] ids : new long[][] {{}, {1, 2, 3}, {1, 2, 3, 4, 5}}) {
            try (Vectors vectors = Vectors.of(ROWS)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> Vicino.index(vectors).ids(ids))
                        .withMessageContaining("ids.length = " + ids.length)
                        .withMessageContaining("4");
            }
        }
    }

    @Test
    void anIdThatIsThereTwice() {
        try (Vectors vectors = Vectors.of(ROWS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Vicino.index(vectors).ids(7, -42, 9, -42))
                    .withMessageContaining("id -42")
                    .withMessageContaining("twice");
        }
    }

    @Test
    void aSpecOrMetricThatIsNotKnown() {
        try (Vectors vectors = Vectors.of(ROWS)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Vicino.index(vectors).spec("Flop"))
                    .withMessageContaining("Flop");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Metric.parse("Cosine"))
                .withMessageContaining("Cosine")
                .withMessageContaining("cosine, dot, l2, l1");
    }

    @Test
    void anythingOnceItIsClosed(@TempDir Path folder) {
        index.close();
        index.close();
        assertThatIllegalStateException().isThrownBy(() -> index.search(ROWS[0], 1));
        assertThatIllegalStateException().isThrownBy(() -> index.searchWithin(ROWS[0], 1, SearchOptions.DEFAULT));
        assertThatIllegalStateException()
                .isThrownBy(() -> index.searchAll(Vectors.of(ROWS), 1, SearchOptions.DEFAULT))
                .withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(() -> index.save(folder.resolve("index")));
        assertThat(folder).isEmptyDirectory();
        index = Vicino.index(Vectors.of(new float[0], 3)).build();
    }

    @Test
    void closedVectors() {
        for (Vectors vectors : new Vectors[] {Vectors.of(ROWS), heap(ROWS)}) {
            vectors.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> Vicino.index(vectors).build());
            assertThatIllegalStateException().isThrownBy(() -> index.searchAll(vectors, 1, SearchOptions.DEFAULT));
        }
    }

    @Test
    void neighborsWhoseIdsAndScoresDifferInNumber() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Neighbors(new long[2], new float[3], new Neighbors.Work("scan", 0, 0)))
                .withMessageContaining("scores.length = 3")
                .withMessageContaining("2");
    }
}
