package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The heap against a sort. */
@ExtendWith(Seeds.class)
final class TopKTest {
    private static final Hits.Work WORK = new Hits.Work("test", 1, 2);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 99, 100, 101})
    void keepsTheSmallestPairsInOrder(int k) {
        Random random = Seeds.random();
        for (int round = 0; round < 100; round++) {
            float[] distances = new float[100];
            int different = round % 2 == 0 ? 5 : 1 << 20;
            for (int i = 0; i < distances.length; i++) {
                distances[i] = random.nextInt(different) - 2;
            }
            long[] ids = Seeds.ids(random, distances.length);
            assertKeepsSmallest(distances, ids, k);
        }
    }

    private static void assertKeepsSmallest(float[] distances, long[] ids, int k) {
        int[] expected = IntStream.range(0, distances.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> distances[i]).thenComparingLong(i -> ids[i]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        try (Memory memory = memory(ids)) {
            TopK whole = new TopK(k, Ids.of(memory));
            TopK left = new TopK(k, Ids.of(memory));
            TopK right = new TopK(k, Ids.of(memory));
            for (int i = 0; i < distances.length; i++) {
                whole.add(distances[i], i);
                (i < 37 ? left : right).add(distances[i], i);
            }
            Hits other = right.drain(WORK);
            for (int i = 0; i < other.ordinals().length; i++) {
                left.add(other.distances()[i], other.ordinals()[i]);
            }
            Hits hits = whole.drain(WORK);
            assertThat(hits.ordinals()).isEqualTo(expected);
            for (int i = 0; i < expected.length; i++) {
                assertThat(hits.distances()[i]).isEqualTo(distances[expected[i]]);
            }
            assertThat(left.drain(WORK).ordinals()).as("in two parts").isEqualTo(expected);
        }
    }

    private static Memory memory(long[] ids) {
        Memory memory = Memory.allocate(8L * ids.length);
        for (int i = 0; i < ids.length; i++) {
            memory.segment().set(Memory.LONG, 8L * i, ids[i]);
        }
        return memory;
    }

    @Test
    void thresholdLetsInWhateverMayBelong() {
        TopK nearest = new TopK(2, Ids.ORDINALS);
        assertThat(nearest.threshold()).isEqualTo(Float.POSITIVE_INFINITY);
        nearest.add(5, 7);
        assertThat(nearest.threshold()).isEqualTo(Float.POSITIVE_INFINITY);
        nearest.add(3, 8);
        assertThat(nearest.threshold()).as("a tie may have a smaller id").isEqualTo(5);
        nearest.add(5, 6);
        nearest.add(5, 9);
        assertThat(nearest.threshold()).isEqualTo(5);
        assertThat(nearest.drain(WORK).ordinals()).containsExactly(8, 6);
    }

    @Test
    void ofNoneKeepsNothing() {
        TopK none = new TopK(0, Ids.ORDINALS);
        none.add(1, 1);
        assertThat(none.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
        assertThat(none.drain(WORK).ordinals()).isEmpty();
    }

    @Test
    void drainEmptiesAndHandsOnTheWork() {
        TopK nearest = new TopK(3, Ids.ORDINALS);
        nearest.add(1, 4);
        assertThat(nearest.drain(WORK).work()).isEqualTo(WORK);
        assertThat(nearest.drain(WORK).ordinals()).isEmpty();
    }
}
