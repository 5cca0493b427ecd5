package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Searches of a large index that may find some ids only: the nearest of those, however many there are. */
@ExtendWith(Seeds.class)
final class PrunedFiltersTest {
    /** Enough for two threads, and for a batch to be pruned. */
    private static final int ROWS = 16_500;

    private static final int D = 64;

    /** Enough for two threads to prune a batch; some are extreme, the rest still are. */
    private static final int QUERIES = 56;

    /** Of these, so many are searched alone too. */
    private static final int SINGLES = 6;

    private static final int[] KS = {1, 10, 100};

    @ParameterizedTest
    @EnumSource
    void theNearestOfThoseAllowedAreFound(Metric metric) {
        Random random = Seeds.random();
        float[][] rows = HardRows.DECAYING.rows(random, ROWS, D);
        long[] ids = Seeds.ids(random, ROWS);
        float[][] queries = HardRows.queries(random, rows, QUERIES);
        queries[1][0] = 1e30f;
        Vectors vectors = Vectors.of(rows);
        Vicino.Builder builder = Vicino.index(vectors).metric(metric).ids(ids);
        Set<String> plans = new HashSet<>();
        try (VectorIndex scanned = builder.spec("Flat(prune=false)").build();
                VectorIndex pruned = builder.spec("Flat").build()) {
            List<Neighbors> all = Arrays.stream(queries)
                    .map(query -> scanned.search(query, ROWS))
                    .toList();
            for (long[] some : filters(random, ids)) {
                SearchOptions options = SearchOptions.DEFAULT.withFilter(IdSet.of(some));
                Set<Long> allowed = LongStream.of(some).boxed().collect(Collectors.toSet());
                List<Neighbors> expected =
                        all.stream().map(found -> only(found, allowed)).toList();
                assertFinds(scanned, queries, expected, options, new HashSet<>());
                assertFinds(pruned, queries, expected, options, plans);
            }
        }
        // A share is scanned with codes where it is large, row by row where it is small.
        assertThat(plans).contains("scan").anyMatch(plan -> plan.startsWith("pruned by"));
        if (metric != Metric.L1) {
            assertThat(plans).contains("pruned batch");
        }
    }

    /** From all ids to none, a single one, and ids that nobody has. */
    private static List<long[]> filters(Random random, long[] ids) {
        long one = ids[random.nextInt(ROWS)];
        return List.of(
                ids,
                share(random, ids, 0.5),
                share(random, ids, 0.05),
                share(random, ids, 0.01),
                new long[] {one, Long.MIN_VALUE, 1L << 50},
                new long[] {Long.MAX_VALUE},
                new long[0]);
    }

    private static long[] share(Random random, long[] ids, double share) {
        return LongStream.of(ids).filter(id -> random.nextDouble() < share).toArray();
    }

    private static Neighbors only(Neighbors all, Set<Long> allowed) {
        long[] ids = new long[all.size()];
        float[] scores = new float[all.size()];
        int kept = 0;
        for (int i = 0; i < all.size(); i++) {
            if (allowed.contains(all.id(i))) {
                ids[kept] = all.id(i);
                scores[kept++] = all.score(i);
            }
        }
        return new Neighbors(Arrays.copyOf(ids, kept), Arrays.copyOf(scores, kept), all.work());
    }

    /** Alone and in a batch; within a radius too, which is the score of a neighbour or so large that all are within. */
    private static void assertFinds(
            VectorIndex index, float[][] queries, List<Neighbors> expected, SearchOptions options, Set<String> plans) {
        boolean similarity = index.metric().isSimilarity();
        Neighbors first = expected.getFirst();
        float radius = first.size() < 20 ? Radius.everything(similarity) : first.score(19);
        try (Vectors batch = Vectors.of(queries)) {
            for (int k : KS) {
                List<Neighbors> found = index.searchAll(batch, k, options.withThreads(k == 10 ? 1 : 2));
                for (int i = 0; i < queries.length; i++) {
                    assertSame(found.get(i), Oracle.first(expected.get(i), k), index, k + " nearest", i);
                    plans.add(found.get(i).work().plan());
                }
                for (int i = 0; i < SINGLES; i++) {
                    Neighbors alone = index.search(queries[i], k, options.withThreads(1 + i % 2));
                    assertSame(alone, Oracle.first(expected.get(i), k), index, k + " nearest alone", i);
                    plans.add(alone.work().plan());
                }
            }
            List<Neighbors> within = index.searchAllWithin(batch, radius, options);
            for (int i = 0; i < queries.length; i++) {
                Neighbors near = Oracle.first(expected.get(i), Radius.count(expected.get(i), similarity, radius));
                assertSame(within.get(i), near, index, "within", i);
                if (i < SINGLES) {
                    assertSame(index.searchWithin(queries[i], radius, options), near, index, "within alone", i);
                }
            }
        }
    }

    private static void assertSame(Neighbors found, Neighbors expected, VectorIndex index, String what, int query) {
        Oracle.assertSame(found, expected, index.spec() + ", query " + query + ", " + what);
    }
}
