package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adding, updating and removing, one after the other. */
@ExtendWith(Seeds.class)
final class GraphChangeTest {
    @SuppressWarnings("unused") // by name
    private static final String[] SPECS = {
        "HNSW4(efConstruction=30)",
        "HNSW16",
        "HNSW8(efConstruction=40,extendCandidates=true,keepPrunedConnections=true)",
        "HNSW8(efConstruction=40),SQ8,Refine(Flat)",
        "HNSW8(efConstruction=40),RaBitQ2,Refine(Flat)",
        "IVF8",
        "IVF16,SQ8,Refine(Flat)",
        "IVF4,RaBitQ2,Refine(Flat)",
    };

    private static final int ROWS = 300;
    private static final int D = 24;

    /** What room is taken in at a time, rows and blocks together. */
    private static final long CHUNK_BYTES = 12 << 20;

    @RegisterExtension
    private final CheckedIndexes graphs = new CheckedIndexes();

    private static void assertHolds(VectorIndex index, float[][] rows, long... ids) {
        assertThat(index.size()).isEqualTo(ids.length);
        try (VectorIndex exact = CheckedIndexes.exact(index.metric(), rows, D, ids)) {
            Random random = Seeds.random();
            for (int i = 0; i < 5; i++) {
                float[] query = Seeds.reals(random, D);
                Oracle.assertSame(
                        index.search(query, ids.length + 3), exact.search(query, ids.length + 3), "query " + i);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void anIndexThatBeganEmptyIsAnIndexLikeAnyOther(String spec) {
        Random random = Seeds.random();
        float[][] rows = Seeds.realRows(random, ROWS, D);
        long[] ids = Seeds.ids(random, ROWS);
        for (Metric metric : new Metric[] {Metric.COSINE, Metric.DOT, Metric.L2}) {
            ChangingIndex index = graphs.build(spec, metric, new float[0][], D);
            for (int r = 0; r < ROWS; r++) {
                index.add(ids[r], rows[r]);
                assertThat(index.size()).isEqualTo(r + 1);
            }
            assertHolds(index, rows, ids);
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void whoeverIsRemovedIsGoneWhateverTheOrder(String spec) {
        Random random = Seeds.random();
        float[][] rows = Points.clustered(random, ROWS, D, 8);
        for (int order = 0; order < 3; order++) {
            ChangingIndex index = graphs.build(spec, Metric.L2, rows, D);
            int[] left = IntStream.range(0, ROWS).toArray();
            while (left.length > 0) {
                int some = Math.min(left.length, 1 + random.nextInt(40));
                int[] gone = switch (order) {
                    case 0 -> Arrays.copyOf(left, some);
                    case 1 -> Arrays.copyOfRange(left, left.length - some, left.length);
                    default -> some(random, left, some);
                };
                for (int id : gone) {
                    assertThat(index.remove(id)).isTrue();
                    assertThat(index.contains(id)).isFalse();
                    assertThat(index.remove(id)).as("a second time").isFalse();
                }
                left = Arrays.stream(left).filter(id -> index.contains(id)).toArray();
                index.check();
                long[] found = index.search(rows[gone[0]], ROWS).ids();
                Arrays.sort(found);
                assertThat(found).isEqualTo(Arrays.stream(left).asLongStream().toArray());
            }
            assertThat(index.search(rows[0], 5).size()).isZero();
            graphs.close(index);
        }
    }

    private static int[] some(Random random, int[] of, int count) {
        return random.ints(count, 0, of.length).distinct().map(i -> of[i]).toArray();
    }

    /** The entry is a node of the highest layer. Whichever is removed, what is left is searched from another. */
    @Test
    void theEntryMayBeRemovedAgainAndAgain() {
        Random random = Seeds.random();
        float[][] rows = Points.gaussian(random, 300, D);
        ChangingIndex index = graphs.build("HNSW2(efConstruction=20)", Metric.L2, rows, D);
        for (int layer = 8; layer >= 0; layer--) {
            for (int id = 0; id < rows.length; id++) {
                // With M = 2 every second node is on a layer above 0, and half of these above 1 …
                boolean isHigh = layerOf(id, 2) >= layer;
                if (isHigh && index.remove(id)) {
                    index.check();
                    assertThat(index.search(rows[id], 400).size()).isEqualTo(index.size());
                }
            }
        }
        assertThat(index.size()).isZero();
    }

    private static int layerOf(int slot, int m) {
        long mixed = 0x9E3779B97F4A7C15L + slot; // seed 1
        mixed = (mixed ^ mixed >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        mixed ^= mixed >>> 31;
        return (int) (-Math.log(((mixed >>> 11) + 1) * 0x1p-53) / Math.log(m));
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void anEmptiedIndexIsFilledAgain(String spec) {
        Random random = Seeds.random();
        ChangingIndex index = graphs.build(spec, Metric.COSINE, Points.gaussian(random, ROWS, D), D);
        for (int round = 0; round < 3; round++) {
            LongStream.of(index.search(new float[D], ROWS).ids()).forEach(index::remove);
            assertThat(index.size()).isZero();
            index.check();
            if (round == 1) {
                index.reclaim();
            }
            float[][] rows = Points.gaussian(random, ROWS, D);
            long[] ids = Seeds.ids(random, ROWS);
            index.addAll(ids, Vectors.of(rows), 1 + round);
            assertHolds(index, rows, ids);
            index.check();
        }
    }

    @ParameterizedTest
    @FieldSource("SPECS")
    void anUpdateReplacesAndAddsWhereNothingWas(String spec) {
        Random random = Seeds.random();
        float[][] rows = Points.gaussian(random, ROWS, D);
        ChangingIndex index = graphs.build(spec, Metric.L2, rows, D);
        for (int i = 0; i < 2 * ROWS; i++) {
            int r = random.nextInt(ROWS);
            rows[r] = random.nextInt(4) == 0 ? rows[random.nextInt(ROWS)] : Seeds.reals(random, D);
            index.update(r, rows[r]);
        }
        assertHolds(index, rows, CheckedIndexes.rowNumbers(rows));
        float[][] more = Arrays.copyOf(rows, ROWS + 1);
        more[ROWS] = Seeds.reals(random, D);
        index.update(ROWS, more[ROWS]);
        assertHolds(index, more, CheckedIndexes.rowNumbers(more));
    }

    @Test
    void anIdThatIsThereIsRefusedAndNothingIsChanged() {
        float[][] rows = Points.gaussian(Seeds.random(), 50, D);
        ChangingIndex index = graphs.build("HNSW8", Metric.L2, rows, D);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.add(7, new float[D]))
                .withMessageContaining("id 7")
                .withMessageContaining("there already");
        assertHolds(index, rows, CheckedIndexes.rowNumbers(rows));
    }

    @Test
    void anyNumberIsAnId() {
        Random random = Seeds.random();
        long[] ids = {
            Long.MIN_VALUE, Long.MAX_VALUE, -1, 0, 1L << 32, -(1L << 32), Long.MIN_VALUE + 1, 0x5555_0000_0000L
        };
        float[][] rows = Points.gaussian(random, ids.length, D);
        ChangingIndex built = graphs.build("HNSW8", Metric.DOT, rows, D, ids, 1);
        assertHolds(built, rows, ids);
        ChangingIndex filled = graphs.build("HNSW8", Metric.DOT, new float[0][], D);
        filled.addAll(ids, Vectors.of(rows), 2);
        assertHolds(filled, rows, ids);
        for (long id : ids) {
            assertThat(filled.contains(id)).isTrue();
            assertThat(filled.remove(id)).isTrue();
            assertThat(filled.contains(id)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void allAreAddedOrNone(int threads) {
        Random random = Seeds.random();
        float[][] rows = Points.gaussian(random, 200, D);
        ChangingIndex index = graphs.build("HNSW8(efConstruction=40)", Metric.L2, rows, D);
        float[][] added = Points.gaussian(random, 100, D);
        long[] ids = LongStream.range(1000, 1100).toArray();

        float[][] notFinite = added.clone();
        notFinite[60] = added[60].clone();
        notFinite[60][3] = Float.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.addAll(ids, Vectors.of(notFinite), threads))
                .withMessageContaining("row 60")
                .withMessageContaining("NaN");
        long[] twice = ids.clone();
        twice[70] = twice[20];
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.addAll(twice, Vectors.of(added), threads))
                .withMessageContaining("1020");
        long[] known = ids.clone();
        known[99] = 5;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.addAll(known, Vectors.of(added), threads))
                .withMessageContaining("id 5")
                .withMessageContaining("there already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.addAll(Arrays.copyOf(ids, 99), Vectors.of(added), threads))
                .withMessageContaining("99")
                .withMessageContaining("100");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.addAll(ids, Vectors.of(new float[100 * 3], 3), threads))
                .withMessageContaining("dimension 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> index.addAll(ids, Vectors.of(added), 0))
                .withMessageContaining("threads = 0");
        assertHolds(index, rows, CheckedIndexes.rowNumbers(rows));

        Vectors vectors = Vectors.of(added);
        index.addAll(ids, vectors, threads);
        assertThat(vectors.row(0)).as("still the caller's").isEqualTo(added[0]);
        vectors.close();
        float[][] all = Arrays.copyOf(rows, 300);
        System.arraycopy(added, 0, all, 200, 100);
        assertHolds(
                index,
                all,
                LongStream.concat(LongStream.range(0, 200), LongStream.of(ids)).toArray());
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void whatIsNotAVectorOfThisIndexIsRefused(float value) {
        float[][] rows = Points.gaussian(Seeds.random(), 50, D);
        ChangingIndex index = graphs.build("HNSW8", Metric.COSINE, rows, D);
        float[] bad = new float[D];
        bad[5] = value;
        for (Runnable change : new Runnable[] {() -> index.add(99, bad), () -> index.update(3, bad)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(change::run)
                    .withMessageContaining("column 5")
                    .withMessageContaining("finite");
        }
        for (Runnable change :
                new Runnable[] {() -> index.add(99, new float[D + 1]), () -> index.update(3, new float[1])}) {
            assertThatIllegalArgumentException().isThrownBy(change::run).withMessageContaining("expected " + D);
        }
        assertHolds(index, rows, CheckedIndexes.rowNumbers(rows));
    }

    @Test
    void aVectorMayBeChangedAfterItWasAdded() {
        float[] vector = {1, 2, 3};
        ChangingIndex index = graphs.build("HNSW8", Metric.L2, new float[0][], 3);
        index.add(1, vector);
        Arrays.fill(vector, 100);
        assertThat(index.search(new float[] {1, 2, 3}, 1).score(0)).isZero();
    }

    @Test
    void nothingIsChangedAfterClosing() {
        float[] vector = new float[D];
        LiveIndex index = Vicino.index(Vectors.of(Points.gaussian(Seeds.random(), 10, D)))
                .spec("HNSW8")
                .buildLive();
        index.close();
        index.close();
        for (Runnable call : new Runnable[] {
            () -> index.add(11, vector),
            () -> index.update(1, vector),
            () -> index.remove(1),
            () -> index.contains(1),
            () -> index.addAll(new long[] {12}, Vectors.of(vector, D), 1),
            index::reclaim,
            () -> index.search(vector, 1)
        }) {
            assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("closed");
        }
    }

    /** Replacing everything ten times over takes the room of what is there, of what is being replaced, and of a chunk. */
    @ParameterizedTest
    @ValueSource(strings = {"HNSW8(efConstruction=20)", "HNSW8(efConstruction=20),RaBitQ2,Refine(Flat)"})
    void roomIsUsedAgain(String spec) {
        Random random = Seeds.random();
        int n = 1000;
        int d = 1024;
        ChangingIndex index = graphs.build(spec, Metric.L2, Points.gaussian(random, n, d), d);
        long once = index.bytesMemory();
        long most = 0;
        for (int round = 0; round < 10; round++) {
            for (int id = 0; id < n; id++) {
                if (round % 2 == 0) {
                    index.update(id, Seeds.reals(random, d));
                } else {
                    index.remove(id);
                    index.add(id, Seeds.reals(random, d));
                }
                if (id % 250 == 249) {
                    index.reclaim();
                }
            }
            most = Math.max(most, index.bytesMemory());
        }
        assertThat(index.size()).isEqualTo(n);
        assertThat(most).as("bytes, beside %s at the beginning", once).isLessThan(2 * once + CHUNK_BYTES);
    }
}
