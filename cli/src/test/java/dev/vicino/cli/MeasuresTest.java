package dev.vicino.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.Neighbors;
import dev.vicino.Vectors;
import dev.vicino.io.Progress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Latencies, recall, passes and how they are written. */
class MeasuresTest {
    @Test
    void percentilesAreTimesThatWereMeasured() {
        long[] nanos = LongStream.rangeClosed(1, 200).map(i -> (201 - i) * 1000).toArray();

        assertThat(Latencies.of(nanos)).isEqualTo(new Latencies(100.5, 100, 190, 198, 200));
        assertThat(Latencies.of(new long[] {1500})).isEqualTo(new Latencies(1.5, 1.5, 1.5, 1.5, 1.5));
        assertThatThrownBy(() -> Latencies.of(new long[0])).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recallComparesTheFirstKIds() {
        List<Neighbors> found = List.of(neighbors(1, 2, 3, 4, 5), neighbors(6, 7, 8, 9, 10));
        long[][] truth = {{5, 4, 3, 2, 0, 1}, {10, 11, 12, 13, 14, 6}};

        assertThat(Recall.of(found, truth, 5)).isEqualTo(new Recall((0.8 + 0.2) / 2, 0.5));
        assertThat(Recall.of(found, truth, 1)).isEqualTo(new Recall(1, 0));
        assertThat(Recall.of(List.of(neighbors()), new long[][] {{1}}, 0)).isEqualTo(new Recall(1, 0));
        assertThat(Recall.of(List.of(neighbors(7)), new long[][] {{7, -1, -1}}, 3))
                .isEqualTo(new Recall(1, 0));
    }

    private static Neighbors neighbors(long... ids) {
        return new Neighbors(ids, new float[ids.length], new Neighbors.Work("scan", 0, ids.length));
    }

    /** However long a busy machine makes the pauses: the calls look at the clock themselves. */
    @Test
    void theMedianPassIsTold() {
        int[] millis = {120, 1, 40};
        List<Long> paused = new ArrayList<>();
        Calls calls = new Calls(1, i -> {
            long start = System.nanoTime();
            pause(millis[paused.size()]);
            paused.add(System.nanoTime() - start);
            return List.of(neighbors());
        });
        List<Long> heard = new ArrayList<>();

        Pass median = Pass.median(calls, 3, (done, total) -> heard.add(10 * done + total));

        Collections.sort(paused);
        assertThat(median.nanos()).hasSize(1);
        assertThat(median.nanos()[0]).isGreaterThanOrEqualTo(paused.get(1)).isLessThan(paused.get(2));
        assertThat(heard).containsExactly(13L, 23L, 33L);
    }

    private static void pause(int millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }

    @Test
    void answersComeInTheOrderOfTheCalls() {
        Calls calls = new Calls(3, i -> List.of(neighbors(i), neighbors(10 + i)));

        assertThat(Pass.answers(calls, Progress.NONE))
                .extracting(neighbors -> neighbors.id(0))
                .containsExactly(0L, 10L, 1L, 11L, 2L, 12L);
    }

    @ParameterizedTest
    @CsvSource({"1, 5", "2, 3", "5, 1", "6, 1", "2147483647, 1"})
    void batchesHoldAllRowsOnce(int size, int count) {
        Vectors rows = Vectors.of(new float[] {0, 1, 2, 3, 4}, 1);

        List<Vectors> batches = Calls.batches(rows, size);

        assertThat(batches).hasSize(count);
        List<Float> values = new ArrayList<>();
        for (Vectors batch : batches) {
            for (int i = 0; i < batch.size(); i++) {
                values.add(batch.row(i)[0]);
            }
        }
        assertThat(values).containsExactly(0f, 1f, 2f, 3f, 4f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0          | 0.00 µs", "0.00000125 | 1.25 µs", "0.0009994 | 999 µs", "0.0009996 | 1.00 ms",
                "0.0123     | 12.3 ms", "0.9994     | 999 ms", "0.9996    | 1.00 s", "99.96     | 100 s",
                "4321       | 4,321 s"
            })
    void timesHaveThreeDigits(double seconds, String text) {
        assertThat(Summary.time(seconds)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1024, 1.0 KiB", "1572864, 1.5 MiB", "5368709120, 5.0 GiB"})
    void bytesHaveAUnit(long bytes, String text) {
        assertThat(Summary.bytes(bytes)).isEqualTo(text);
    }

    @Test
    void aSummaryIsAligned() {
        String text =
                new Summary().line("a", "%,d", 1000).line("long", "%s", "50 %").toString();

        assertThat(text.lines()).containsExactly("a     1,000", "long  50 %");
    }
}
