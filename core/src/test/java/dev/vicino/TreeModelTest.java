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
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is done to a tree in whatever order, it answers what exact search of a plain map answers to which the same was done. */
@ExtendWith(Seeds.class)
final class TreeModelTest {
    private static final int BLOCKS = 15;
    private static final int STEPS = 200;
    private static final int IDS = 600;

    @RegisterExtension
    private final CheckedTrees trees = new CheckedTrees();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("dev.vicino.TreeAnswersTest#kinds")
    void holdsWhatAMapHolds(String spec, Metric metric) throws IOException {
        Random random = Seeds.random();
        int d = 1 + random.nextInt(20);
        Map<Long, float[]> model = new TreeMap<>();
        float[][] rows = Seeds.realRows(random, random.nextInt(3) * random.nextInt(300), d);
        for (int i = 0; i < rows.length; i++) {
            model.put((long) i, rows[i]);
        }
        TreeIndex index = trees.build(spec, metric, rows, d);
        for (int block = 0; block < BLOCKS; block++) {
            int adds = 1 + random.nextInt(8);
            for (int step = 0; step < STEPS; step++) {
                change(random, index, model, adds, d);
            }
            switch (random.nextInt(6)) {
                case 0 -> index.reclaim();
                case 1 -> {
                    Path file = folder.resolve("index");
                    index.save(file);
                    trees.close(index);
                    index = trees.open(file);
                }
                case 2 -> {
                    for (long id : List.copyOf(model.keySet())) {
                        assertThat(index.remove(id)).isTrue();
                        model.remove(id);
                    }
                }
                case 3 -> addMany(random, index, model, d);
                default -> {}
            }
            index.check();
            assertHolds(index, model, random, d, spec + ", " + metric + ", d = " + d + ", block " + block);
        }
    }

    private static void change(Random random, TreeIndex index, Map<Long, float[]> model, int adds, int d) {
        long id = random.nextInt(IDS) * (random.nextInt(50) == 0 ? Long.MIN_VALUE / IDS : 1);
        float[] vector = vector(random, model, d);
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

    /** Twins and extreme vectors among them. */
    private static float[] vector(Random random, Map<Long, float[]> model, int d) {
        List<float[]> known = new ArrayList<>(model.values());
        if (!known.isEmpty() && random.nextInt(8) == 0) {
            return known.get(random.nextInt(known.size()));
        }
        float[] vector = Seeds.realRows(random, 1, d)[0];
        float factor = random.nextInt(30) == 0 ? 1e25f : 1;
        for (int i = 0; i < d; i++) {
            vector[i] *= factor;
        }
        return vector;
    }

    private static void addMany(Random random, TreeIndex index, Map<Long, float[]> model, int d) {
        long[] ids = LongStream.range(0, 1 + random.nextInt(1500))
                .map(i -> 10_000 + i)
                .toArray();
        float[][] rows = Seeds.realRows(random, ids.length, d);
        rows[0] = vector(random, model, d);
        boolean isNew = !model.containsKey(ids[0]);
        try (Vectors added = Vectors.of(rows)) {
            index.addAll(ids, added, 2);
            assertThat(isNew).isTrue();
            for (int i = 0; i < ids.length; i++) {
                model.put(ids[i], rows[i]);
            }
        } catch (IllegalArgumentException e) {
            assertThat(isNew).as(e.getMessage()).isFalse();
        }
    }

    private static void assertHolds(TreeIndex index, Map<Long, float[]> model, Random random, int d, String what) {
        float[][] rows = model.values().toArray(float[][]::new);
        long[] ids = model.keySet().stream().mapToLong(Long::longValue).toArray();
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, d, ids)) {
            IdSet some = IdSet.of(random.longs(50, 0, IDS).toArray());
            SearchOptions filtered = SearchOptions.DEFAULT.withFilter(some);
            for (int i = 0; i < 5; i++) {
                float[] query = Seeds.reals(random, d);
                Oracle.assertSame(index.search(query, IDS), exact.search(query, IDS), what);
                Oracle.assertSame(index.search(query, 5), exact.search(query, 5), what + ", k = 5");
                Oracle.assertSame(
                        index.search(query, IDS, filtered), exact.search(query, IDS, filtered), what + ", filtered");
            }
        }
    }
}
