package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches of a graph that may find some ids only: nobody else, always as many as there are to be found, and the right ones. */
@ExtendWith(Seeds.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GraphFilterTest {
    private static final int ROWS = 12_000;
    private static final int CLUSTERS = 24;
    private static final int D = 24;
    private static final int K = 10;
    private static final double TOLERANCE = 0.005;

    /** Far less than the share of a scan at every effort, and more. */
    private static final int[] EFFORTS = {10, 40};

    private static final String SPEC = "HNSW16(efConstruction=80)";
    private static final String LISTS = "IVF128";

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    private float[][] rows;
    private float[][] queries;
    private VectorIndex exact;
    private VectorIndex plain;
    private VectorIndex coded;
    private VectorIndex lists;
    private VectorIndex codedLists;

    /** The same data and graphs in every run, which several threads would not build: recall has floors here. */
    @BeforeAll
    void build() {
        float[][] all = Points.clustered(new Random(31), ROWS + 60, D, CLUSTERS);
        rows = Arrays.copyOf(all, ROWS);
        queries = Arrays.copyOfRange(all, ROWS, all.length);
        exact = CheckedIndexes.exact(Metric.L2, rows, D);
        plain = index(SPEC);
        coded = index(SPEC + ",RaBitQ2,Refine(Flat)");
        lists = index(LISTS);
        codedLists = index(LISTS + ",RaBitQ2,Refine(Flat)");
    }

    private VectorIndex index(String spec) {
        return Vicino.index(Vectors.of(rows))
                .metric(Metric.L2)
                .spec(spec)
                .threads(1)
                .build();
    }

    @AfterAll
    void close() {
        for (VectorIndex index : new VectorIndex[] {plain, coded, lists, codedLists}) {
            ((ChangingIndex) index).check();
            index.close();
        }
        exact.close();
    }

    /** Which ids each query may find. */
    private interface Allowing {
        IdSet forQuery(float[] query);
    }

    private void assertAsGoodAsWithout(Allowing allowing, String what) {
        assertAsGoodAsWithout(List.of(plain, coded, lists, codedLists), allowing, TOLERANCE, what);
    }

    private void assertAsGoodAsWithout(List<VectorIndex> indexes, Allowing allowing, double tolerance, String what) {
        for (VectorIndex index : indexes) {
            for (int effort : EFFORTS) {
                SearchOptions options = SearchOptions.DEFAULT.withEffort(effort);
                List<Neighbors> found = new ArrayList<>();
                List<Neighbors> expected = new ArrayList<>();
                for (float[] query : queries) {
                    IdSet allowed = allowing.forQuery(query);
                    Neighbors answer = index.search(query, K, options.withFilter(allowed));
                    assertThat(answer.size()).as(what).isEqualTo(Math.min(K, allowed.size()));
                    assertThat(answer.ids()).as(what).doesNotHaveDuplicates();
                    assertThat(LongStream.of(answer.ids())).as(what).allMatch(allowed::contains);
                    assertThat(answer.work().plan()).isIn("filtered graph", "filtered lists", "scan of the allowed");
                    found.add(answer);
                    expected.add(exact.search(query, K, SearchOptions.DEFAULT.withFilter(allowed)));
                }
                double without = Recall.at(K, index, exact, queries, options);
                assertThat(Recall.of(found, expected))
                        .as("recall, %s, effort %s, %s", what, effort, index.spec())
                        .isGreaterThanOrEqualTo(without - tolerance);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 0.5, 0.1, 0.01, 0.001, 0.0001})
    void anyThatAreAllowed(double share) {
        Random random = new Random(32);
        int count = Math.max(1, (int) (share * ROWS));
        IdSet allowed = IdSet.of(
                random.ints(0, ROWS).distinct().limit(count).asLongStream().toArray());
        assertAsGoodAsWithout(query -> allowed, "share " + share);
    }

    /** The allowed are those that a query has least to do with. */
    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.1, 0.01, 0.001})
    void theFarthestAlone(double share) {
        assertAsGoodAsWithout(List.of(plain, coded), farthest(share), TOLERANCE, "the farthest " + share);
    }

    /** Which of the far lists has the nearest of the far rows cannot be seen from their centroids. */
    @ParameterizedTest
    @CsvSource({"0.5, 0.2", "0.1, 0.1", "0.01, 0.005"})
    void theFarthestAloneInLists(double share, double tolerance) {
        assertAsGoodAsWithout(List.of(lists, codedLists), farthest(share), tolerance, "the farthest " + share);
    }

    private Allowing farthest(double share) {
        int count = (int) (share * ROWS);
        return query -> {
            long[] ids = exact.search(query, ROWS).ids();
            return IdSet.of(Arrays.copyOfRange(ids, ROWS - count, ROWS));
        };
    }

    /** All of one place, where the walk does not come by. */
    @Test
    void oneFarClusterAlone() {
        IdSet cluster = IdSet.of(exact.search(rows[17], ROWS / CLUSTERS).ids());
        assertAsGoodAsWithout(query -> cluster, "one cluster");
    }

    @Test
    void thePlanIsTold() {
        IdSet most = IdSet.of(LongStream.range(0, ROWS - 5).toArray());
        IdSet few = IdSet.of(LongStream.range(0, 50).toArray());
        assertThat(plain.search(queries[0], K).work().plan()).isEqualTo("graph");
        SearchOptions options = SearchOptions.DEFAULT;
        assertThat(plain.search(queries[0], K, options.withFilter(most)).work().plan())
                .isEqualTo("filtered graph");
        Neighbors.Work scan =
                plain.search(queries[0], K, options.withFilter(few)).work();
        assertThat(scan.plan()).isEqualTo("scan of the allowed");
        assertThat(scan.hops()).isZero();
        assertThat(scan.exact()).isBetween(50L, 60L);
    }

    @Test
    void noneAndUnknownIdsFindNothing() {
        long[] unknown = {-1, ROWS, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32};
        for (IdSet nobody : new IdSet[] {IdSet.of(), IdSet.of(unknown)}) {
            SearchOptions options = SearchOptions.DEFAULT.withFilter(nobody);
            assertThat(plain.search(queries[0], K, options).size()).isZero();
            assertThat(plain.searchWithin(queries[0], 1e9f, options).size()).isZero();
            assertThat(plain.search(queries[0], K, options.withExact(true)).size())
                    .isZero();
        }
        long[] one = Arrays.copyOf(unknown, unknown.length + 1);
        one[unknown.length] = 77;
        assertThat(plain.search(queries[0], K, SearchOptions.DEFAULT.withFilter(IdSet.of(one)))
                        .ids())
                .containsExactly(77);
    }

    @Test
    void aRadiusAndAFilterGoTogether() {
        IdSet third =
                IdSet.of(LongStream.range(0, ROWS).filter(id -> id % 3 == 0).toArray());
        SearchOptions options = SearchOptions.DEFAULT.withFilter(third);
        List<Neighbors> found = new ArrayList<>();
        List<Neighbors> expected = new ArrayList<>();
        for (float[] query : queries) {
            float radius = exact.search(query, 40).score(39);
            found.add(plain.searchWithin(query, radius, options));
            expected.add(exact.searchWithin(query, radius, options));
            assertThat(LongStream.of(found.getLast().ids())).allMatch(third::contains);
        }
        assertThat(Recall.of(found, expected)).isGreaterThan(0.98);
    }

    /** A set is translated once; whatever changes in between, it is never out of date. */
    @Test
    void aFilterOutlivesChanges() {
        Random random = Seeds.random();
        float[][] few = Points.gaussian(random, 500, D);
        ChangingIndex index = graphs.build("HNSW8(efConstruction=40)", Metric.L2, few, D);
        IdSet even =
                IdSet.of(LongStream.range(0, 1000).filter(id -> id % 2 == 0).toArray());
        for (int effort : new int[] {1, 64}) { // a walk and a scan
            SearchOptions options = SearchOptions.DEFAULT.withFilter(even).withEffort(effort);
            for (int i = 0; i < 600; i++) {
                float[] vector = Seeds.reals(random, D);
                long id = random.nextInt(1000);
                switch (random.nextInt(3)) {
                    case 0 -> index.remove(id);
                    case 1 -> index.update(id, vector);
                    default -> index.update(2 * (id / 2), vector);
                }
                if (i % 100 == 50) {
                    index.reclaim();
                }
                Neighbors found = index.search(vector, 1, options);
                assertThat(found.size()).isEqualTo(1);
                assertThat(found.id(0) % 2).isZero();
                assertThat(index.contains(found.id(0))).isTrue();
                if (index.contains(id) && id % 2 == 0 && found.id(0) == id) {
                    assertThat(found.score(0)).isZero();
                }
            }
        }
        long[] expected = LongStream.range(0, 1000)
                .filter(id -> id % 2 == 0 && index.contains(id))
                .toArray();
        long[] found = index.search(new float[D], 1000, SearchOptions.DEFAULT.withFilter(even))
                .ids();
        Arrays.sort(found);
        assertThat(found).isEqualTo(expected);
    }

    /**
     * Whenever a search asks whether it is cancelled, vectors move and slots change hands: between two queries of a batch, and between
     * the moment that nodes are compared and the moment that they are told of.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 64})
    void changesInTheMiddleOfABatchAreToldOnce(int effort) {
        Random random = Seeds.random();
        int all = 600;
        ChangingIndex index =
                graphs.build("HNSW8(efConstruction=40)", Metric.L2, Points.gaussian(random, all / 2, D), D);
        IdSet even = IdSet.of(LongStream.range(0, all).filter(id -> id % 2 == 0).toArray());
        Set<Long> touched = new HashSet<>();
        BooleanSupplier changing = () -> {
            for (int i = 0; i < 2; i++) {
                long id = random.nextInt(all);
                touched.add(id);
                if (random.nextInt(3) > 0 || !index.remove(id)) {
                    index.update(id, Seeds.reals(random, D));
                }
            }
            if (random.nextInt(5) == 0) {
                index.reclaim();
            }
            return false;
        };
        SearchOptions options =
                SearchOptions.DEFAULT.withFilter(even).withEffort(effort).withCancelled(changing);
        for (int round = 0; round < 20; round++) {
            long[] there = LongStream.range(0, all)
                    .filter(id -> id % 2 == 0 && index.contains(id))
                    .toArray();
            touched.clear();
            try (Vectors batch = Vectors.of(Points.gaussian(random, 30, D))) {
                for (Neighbors found : index.searchAll(batch, effort == 1 ? 2 : all, options)) {
                    assertThat(found.ids()).doesNotHaveDuplicates();
                    assertThat(LongStream.of(found.ids())).allMatch(even::contains);
                    if (effort > 1) {
                        IdSet ids = IdSet.of(found.ids());
                        assertThat(LongStream.of(there).filter(id -> !touched.contains(id)))
                                .allMatch(ids::contains);
                    }
                }
            }
        }
    }
}
