package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is done to an index in whatever order, it holds what a plain map holds to which the same was done. */
@ExtendWith(Seeds.class)
final class GraphModelTest {
    private static final int BLOCKS = 20;
    private static final int STEPS = 150;
    private static final int IDS = 400;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HNSW4(efConstruction=20)                                                   | COSINE | 9",
                "HNSW2(efConstruction=10)                                                   | L2     | 3",
                "HNSW8(efConstruction=30)                                                   | L1     | 20",
                "HNSW8(efConstruction=30,extendCandidates=true,keepPrunedConnections=true)  | DOT    | 20",
                "HNSW8(efConstruction=30),SQ8,Refine(Flat)                                  | DOT    | 70",
                "HNSW8(efConstruction=30),RaBitQ,Refine(Flat)                               | L2     | 33",
                "HNSW8(efConstruction=30),RaBitQ2,Refine(Flat)                              | COSINE | 100",
                "HNSW8(efConstruction=30),RaBitQ4,Refine(Flat)                              | DOT    | 17",
                "IVF8                                                                       | COSINE | 9",
                "IVF20                                                                      | L1     | 3",
                "IVF16,SQ8,Refine(Flat)                                                     | DOT    | 70",
                "IVF16,RaBitQ,Refine(Flat)                                                  | L2     | 33",
                "IVF4,RaBitQ4,Refine(Flat)                                                  | COSINE | 100",
            })
    void holdsWhatAMapHolds(String spec, Metric metric, int d) throws IOException {
        Random random = Seeds.random();
        Map<Long, float[]> model = new TreeMap<>();
        int first = random.nextInt(3) * random.nextInt(100);
        float[][] rows = Seeds.realRows(random, first, d);
        for (int i = 0; i < first; i++) {
            model.put((long) i, rows[i]);
        }
        ChangingIndex index = graphs.build(spec, metric, rows, d);
        for (int block = 0; block < BLOCKS; block++) {
            String what = spec + ", " + metric + ", block " + block;
            // Grows, shrinks and stays in turns, now and then to nothing.
            int adds = 1 + random.nextInt(8);
            for (int step = 0; step < STEPS; step++) {
                change(random, index, model, adds, d);
            }
            switch (random.nextInt(8)) {
                case 0 -> index.reclaim();
                case 1 -> index.learnAnew();
                case 2 -> {
                    Path file = folder.resolve("index");
                    index.save(file);
                    graphs.close(index);
                    index = graphs.open(file);
                }
                case 3 -> {
                    for (long id : List.copyOf(model.keySet())) {
                        assertThat(index.remove(id)).isTrue();
                        model.remove(id);
                    }
                }
                default -> {}
            }
            index.check();
            assertHolds(index, model, random, d, what);
        }
    }

    private static void change(Random random, ChangingIndex index, Map<Long, float[]> model, int adds, int d) {
        long id = random.nextInt(IDS) * (random.nextInt(50) == 0 ? Long.MIN_VALUE / IDS : 1);
        List<float[]> known = new ArrayList<>(model.values());
        boolean twin = !known.isEmpty() && random.nextInt(8) == 0;
        float[] vector = twin ? known.get(random.nextInt(known.size())) : Seeds.realRows(random, 1, d)[0];
        int kind = random.nextInt(12);
        if (kind < adds) {
            boolean isNew = !model.containsKey(id);
            try {
                index.add(id, vector);
                assertThat(isNew).as("id %s was new", id).isTrue();
                model.put(id, vector);
            } catch (IllegalArgumentException e) {
                assertThat(isNew).as("id %s was new, %s", id, e.getMessage()).isFalse();
            }
        } else if (kind < 10) {
            assertThat(index.remove(id)).isEqualTo(model.remove(id) != null);
        } else {
            index.update(id, vector);
            model.put(id, vector);
        }
        assertThat(index.size()).isEqualTo(model.size());
        assertThat(index.contains(id)).isEqualTo(model.containsKey(id));
    }

    private static void assertHolds(ChangingIndex index, Map<Long, float[]> model, Random random, int d, String what) {
        float[][] rows = model.values().toArray(float[][]::new);
        long[] ids = model.keySet().stream().mapToLong(Long::longValue).toArray();
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, d, ids)) {
            float[] query = Seeds.reals(random, d);
            Oracle.assertSame(index.search(query, ids.length + 1), exact.search(query, ids.length + 1), what);
            SearchOptions thorough = GraphContractTest.thorough(Math.max(1, ids.length));
            Oracle.assertSame(index.search(query, 5, thorough), exact.search(query, 5), what + ", k = 5");
            Oracle.assertSame(
                    index.search(query, 5, SearchOptions.DEFAULT.withExact(true)),
                    exact.search(query, 5),
                    what + ", exactly");
            IdSet some = IdSet.of(random.longs(50, 0, IDS).toArray());
            SearchOptions filtered = SearchOptions.DEFAULT.withFilter(some);
            Oracle.assertSame(
                    index.search(query, IDS, filtered), exact.search(query, IDS, filtered), what + ", filtered");
        }
    }
}
