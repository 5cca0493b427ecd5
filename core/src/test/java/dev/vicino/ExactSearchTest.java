package dev.vicino;

import dev.vicino.testing.Seeds;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One query at a time against the {@link Oracle}, at sizes around the edges of a block and under every metric. */
@ExtendWith(Seeds.class)
final class ExactSearchTest {
    static final List<String> SPECS = List.of("Flat", "Flat(prune=false)");
    private static final int QUERIES = 3;

    static Stream<Arguments> cases() {
        return IntStream.of(0, 1, 2, 255, 256, 257, 1000, 10_000)
                .boxed()
                .flatMap(n -> Stream.of(Metric.values()).map(metric -> Arguments.of(n, metric)));
    }

    static Vectors vectors(float[][] rows, int dimension) {
        Vectors.Builder builder = Vectors.builder(dimension);
        for (float[] row : rows) {
            builder.add(row);
        }
        return builder.build();
    }

    private static int[] ks(int n) {
        return IntStream.of(1, 2, 10, n, n + 5).filter(k -> k > 0).distinct().toArray();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsTheNearestOfOrdinaryRows(int n, Metric metric) {
        Random random = Seeds.random();
        int d = 1 + random.nextInt(40);
        float[][] rows = Seeds.realRows(random, n, d);
        for (String spec : SPECS) {
            try (VectorIndex index =
                    Vicino.index(vectors(rows, d)).metric(metric).spec(spec).build()) {
                for (float[] query : Seeds.realRows(random, QUERIES, d)) {
                    for (int k : ks(n)) {
                        Neighbors found = index.search(query, k);
                        Oracle.assertNearest(found, metric, rows, query, k, spec + ", k = " + k + ", d = " + d);
                    }
                }
            }
        }
    }

    /** Ties and duplicates all over: the order of ids decides. */
    @ParameterizedTest
    @MethodSource("cases")
    void ordersTiesByTheSmallerId(int n, Metric metric) {
        Random random = Seeds.random();
        int d = 16 + random.nextInt(10);
        float[][] rows = Seeds.signRows(random, n, d);
        long[] ids = Seeds.ids(random, n);
        long[] rowNumbers = LongStream.range(0, n).toArray();
        for (String spec : SPECS) {
            try (VectorIndex plain = Vicino.index(vectors(rows, d))
                            .metric(metric)
                            .spec(spec)
                            .build();
                    VectorIndex named = Vicino.index(vectors(rows, d))
                            .metric(metric)
                            .spec(spec)
                            .ids(ids)
                            .build()) {
                for (float[] query : Seeds.signRows(random, QUERIES, d)) {
                    Neighbors byRow = Oracle.search(metric, rows, rowNumbers, query, n + 5);
                    Neighbors byId = Oracle.search(metric, rows, ids, query, n + 5);
                    for (int k : ks(n)) {
                        String what = spec + ", k = " + k + ", d = " + d;
                        Oracle.assertSame(plain.search(query, k), Oracle.first(byRow, k), what);
                        Oracle.assertSame(named.search(query, k), Oracle.first(byId, k), what + ", own ids");
                    }
                }
            }
        }
    }
}
