package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The neighbours of every vector among the others in large indexes: k-NN graphs and near-duplicates. */
@ExtendWith(Seeds.class)
final class PrunedSelfJoinTest {
    /** More than are joined at once, and enough for them to be pruned in batches. */
    private static final int ROWS = 16_400;

    private static final int D = 64;

    /** Of these rows the answer is compared with that of a scan. */
    private static final int CHECKED = 150;

    /** As many equal rows as a search for three others cannot hold. */
    private static final int TWINS = 20;

    @ParameterizedTest
    @EnumSource
    void theGraphHasWhatASearchForEveryRowFinds(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = HardRows.DECAYING.rows(random, ROWS, D);
        int[] twins = random.ints(0, ROWS).distinct().limit(TWINS).toArray();
        for (int twin : twins) {
            rows[twin] = rows[twins[0]];
        }
        Set<Integer> checked = new HashSet<>();
        IntStream.of(twins).forEach(checked::add);
        random.ints(CHECKED, 0, ROWS).forEach(checked::add);
        checked.addAll(Set.of(0, 8191, 8192, ROWS - 1));
        long[] ids = Seeds.ids(random, ROWS);
        Set<String> plans = new HashSet<>();
        Vicino.Builder builder = Vicino.index(Vectors.of(rows)).metric(metric).ids(ids);
        try (VectorIndex scanned = builder.spec("Flat(prune=false)").build();
                VectorIndex pruned = builder.spec("Flat").build()) {
            List<Long> heard = new ArrayList<>();
            pruned.searchSelf(3, SearchOptions.DEFAULT.withThreads(2), (id, found) -> {
                int row = heard.size();
                heard.add(id);
                plans.add(found.work().plan());
                if (checked.contains(row)) {
                    Neighbors all = scanned.search(rows[row], TWINS + 3);
                    Oracle.assertSame(found, others(all, id, 3), metric + ", row " + row);
                }
                assertThat(found.size()).isEqualTo(3);
            });
            assertThat(heard).isEqualTo(LongStream.of(ids).boxed().toList());
        }
        assertThat(plans).contains(metric == Metric.L1 ? "batch" : "pruned batch");
    }

    private static Neighbors others(Neighbors all, long id, int k) {
        int[] others = IntStream.range(0, all.size())
                .filter(i -> all.id(i) != id)
                .limit(k)
                .toArray();
        float[] scores = new float[others.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = all.score(others[i]);
        }
        return new Neighbors(Arrays.stream(others).mapToLong(all::id).toArray(), scores, all.work());
    }

    /** Copies of some rows with a little noise are found from both sides, and nothing else is. */
    @ParameterizedTest
    @EnumSource(names = "DOT", mode = EnumSource.Mode.EXCLUDE)
    void plantedNearDuplicatesAreFound(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = HardRows.ISOTROPIC.rows(random, 4200, D);
        Map<Integer, Integer> planted = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            int copy = 4199 - i;
            rows[copy] = rows[i].clone();
            rows[copy][random.nextInt(D)] += 0.01f;
            planted.put(i, copy);
            planted.put(copy, i);
        }
        float radius = metric == Metric.COSINE ? 0.9999f : 0.02f;
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).metric(metric).build()) {
            List<Long> heard = new ArrayList<>();
            index.searchSelfWithin(radius, SearchOptions.DEFAULT.withThreads(2), (id, found) -> {
                assertThat(id).isEqualTo(heard.size());
                heard.add(id);
                Integer duplicate = planted.get((int) id);
                assertThat(found.ids())
                        .as("near-duplicates of %s", id)
                        .isEqualTo(duplicate == null ? new long[0] : new long[] {duplicate});
            });
            assertThat(heard).hasSize(rows.length);
        }
    }

    /** To the last bit, or there would be a radius within which it is a pair from one side alone. */
    @ParameterizedTest
    @EnumSource
    void aPairHasTheSameScoreFromBothSides(Metric metric) {
        float[][] rows = HardRows.DECAYING.rows(Seeds.random(), 4200, D);
        Map<List<Long>, Float> scores = new HashMap<>();
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).metric(metric).build()) {
            index.searchSelf(10, SearchOptions.DEFAULT, (id, found) -> {
                for (int i = 0; i < found.size(); i++) {
                    scores.put(List.of(id, found.id(i)), found.score(i));
                }
            });
        }
        List<List<Long>> mutual = scores.keySet().stream()
                .filter(pair -> scores.containsKey(pair.reversed()))
                .toList();
        assertThat(mutual.size()).as("pairs heard from both sides").isGreaterThan(100);
        long different = mutual.stream()
                .filter(pair -> !scores.get(pair).equals(scores.get(pair.reversed())))
                .count();
        assertThat(different).as("pairs of two scores, of %s", mutual.size()).isZero();
    }
}
