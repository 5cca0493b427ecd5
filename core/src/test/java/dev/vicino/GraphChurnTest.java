package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A graph of which most was replaced is as good as one that was built of what is there. The data is the same in every run. */
final class GraphChurnTest {
    private static final int ROWS = 1500;
    private static final int D = 32;
    private static final int K = 10;
    private static final int QUERIES = 1000;
    private static final int ROUNDS = 10;
    private static final double SHARE = 0.3;
    private static final double TOLERANCE = 0.01;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    /** How well and at what cost. */
    private record Quality(double recall, double hops, double compared) {
        static Quality of(VectorIndex index, float[][] rows, long[] ids, float[][] queries, int effort) {
            try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D, ids)) {
                List<Neighbors> answers = Recall.answers(index, queries, K, SearchOptions.DEFAULT.withEffort(effort));
                return new Quality(
                        Recall.of(answers, Recall.answers(exact, queries, K, SearchOptions.DEFAULT)),
                        answers.stream()
                                .mapToLong(found -> found.work().hops())
                                .average()
                                .orElse(0),
                        answers.stream()
                                .mapToLong(found ->
                                        found.work().compared() + found.work().exact())
                                .average()
                                .orElse(0));
            }
        }
    }

    /** What an index holds. */
    private static final class Content {
        final List<Long> ids = new ArrayList<>();
        final List<float[]> rows = new ArrayList<>();

        long[] ids() {
            return ids.stream().mapToLong(Long::longValue).toArray();
        }

        float[][] rows() {
            return rows.toArray(float[][]::new);
        }
    }

    /** Ten rounds, of each of which three tenths are removed and as many added, updated where {@code update} says so. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW16(efConstruction=80)                 | L2     | 12 | false | true",
                "HNSW16(efConstruction=80)                 | COSINE | 40 | true  | false",
                "HNSW16(efConstruction=80)                 | DOT    | 40 | false | false",
                "HNSW16(efConstruction=80),RaBitQ2,RFlat   | COSINE | 12 | false | true",
                "HNSW16(efConstruction=80),SQ8,RFlat       | L2     | 40 | true  | false",
            })
    void tenRoundsOfChangeCostNothing(String spec, Metric metric, int effort, boolean update, boolean isClustered) {
        Random random = new Random(21);
        int all = ROWS + (int) (ROUNDS * SHARE * ROWS) + QUERIES;
        float[][] data = isClustered ? Points.clustered(random, all, D, 40) : Points.gaussian(random, all, D);
        float[][] queries = Arrays.copyOfRange(data, all - QUERIES, all);
        ChangingIndex index = graphs.build(spec, metric, Arrays.copyOf(data, ROWS), D);
        Content content = new Content();
        for (int r = 0; r < ROWS; r++) {
            content.ids.add((long) r);
            content.rows.add(data[r]);
        }
        int next = ROWS;
        for (int round = 0; round < ROUNDS; round++) {
            int changes = (int) (SHARE * ROWS);
            Collections.shuffle(content.ids, new Random(round));
            Collections.shuffle(content.rows, new Random(round));
            for (int i = 0; i < changes; i++) {
                if (update) {
                    index.update(content.ids.get(i), data[next]);
                } else {
                    assertThat(index.remove(content.ids.get(i))).isTrue();
                    content.ids.set(i, (long) next);
                    index.add(next, data[next]);
                }
                content.rows.set(i, data[next++]);
            }
            if (round == 0 || round == ROUNDS - 1) {
                index.check();
                index.reclaim(); // as the background does in time
                assertAsGoodAsNew(index, content, queries, effort, "after round " + round);
            }
        }
    }

    private void assertAsGoodAsNew(ChangingIndex index, Content content, float[][] queries, int effort, String when) {
        ChangingIndex fresh =
                graphs.build(index.spec().toString(), index.metric(), content.rows(), D, content.ids(), 1);
        Quality expected = Quality.of(fresh, content.rows(), content.ids(), queries, effort);
        Quality actual = Quality.of(index, content.rows(), content.ids(), queries, effort);
        graphs.close(fresh);
        String what = actual + " beside " + expected + ", " + when;
        assertThat(actual.recall).as(what).isGreaterThanOrEqualTo(expected.recall - TOLERANCE);
        assertThat(actual.hops).as(what).isLessThanOrEqualTo(1.1 * expected.hops);
        assertThat(actual.compared).as(what).isLessThanOrEqualTo(1.1 * expected.compared);
    }
}
