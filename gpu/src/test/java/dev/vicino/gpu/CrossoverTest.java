package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.Goals;
import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.advise.Advisor;
import dev.vicino.advise.Crossover;
import dev.vicino.advise.Latency;
import dev.vicino.advise.Meter;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From which batch on the advisor finds a card faster, by a clock that takes as long as the test says. */
@ExtendWith(Seeds.class)
final class CrossoverTest {
    private static final double CARD_SECONDS = 0.001;

    private final Random random = Seeds.random();
    private final FakeDriver driver = new FakeDriver(FakeDriver.CAPACITY, random);

    /** A card takes as long for any batch; the processor takes a hundred times as long for each that it is asked for. */
    private final class FakeClock implements Meter {
        private final double first;
        private int calls;

        FakeClock(double first) {
            this.first = first;
        }

        @Override
        public double seconds(Runnable work) {
            int launches = driver.launches();
            work.run();
            if (driver.launches() > launches) {
                return CARD_SECONDS;
            }
            int batches = calls++ / 3;
            return first * Math.pow(100, batches);
        }

        @Override
        public Latency latency(VectorIndex index, float[][] queries, int k, int effort) {
            throw new UnsupportedOperationException("one query alone is a batch too");
        }
    }

    private Crossover crossover(double first) {
        FakeProvider.has(new FakeCard(driver, true));
        try (Vectors vectors = Vectors.of(Seeds.rows(random, 2500, 4))) {
            return new Advisor(vectors, Metric.COSINE, Goals.recall(0.9, 10))
                    .meter(new FakeClock(first))
                    .crossover()
                    .orElseThrow();
        } finally {
            assertThat(driver.hasNothing()).isTrue();
        }
    }

    @Test
    void isWhereTheCardBecomesFaster() {
        Crossover found = crossover(0.02);
        assertThat(found.from()).hasValue(1);
        found = crossover(0.0002);
        assertThat(found.from()).hasValue(10);
        assertThat(found.remark())
                .startsWith(
                        "Fake 0: from 10 queries a call on Flat(device=gpu) is faster than Flat, over 2,500 vectors, k = 10 (")
                .contains("1: 1.0 ms instead of 200 µs, 10: 1.0 ms instead of 20.0 ms");
    }

    /** A hundred queries are not asked where ten take a second. */
    @Test
    void endsWhereCallsTakeLong() {
        assertThat(crossover(0.02).times()).hasSize(2);
    }

    @Test
    void mayBeNowhere() {
        Crossover slow = new Crossover("Fake 0", 2500, 10, List.of(new Crossover.Times(1, 0.001, 0.002)));
        assertThat(slow.from()).isEmpty();
        assertThat(slow.remark()).startsWith("Fake 0: Flat(device=gpu) is not faster than Flat");
    }

    @Test
    void isNotMeasuredWhereThereIsNothingToCompare() {
        FakeProvider.has(new FakeCard(driver, true));
        try (Vectors few = Vectors.of(Seeds.rows(random, 100, 4));
                Vectors vectors = Vectors.of(Seeds.rows(random, 2500, 4))) {
            assertThat(new Advisor(few, Metric.DOT, Goals.recall(0.9, 10)).crossover())
                    .isEmpty();
            assertThat(new Advisor(vectors, Metric.L1, Goals.recall(0.9, 10)).crossover())
                    .isEmpty();
        }
        assertThat(driver.launches()).isZero();
    }
}
