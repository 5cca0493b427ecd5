package dev.vicino.advise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vicino.IdSet;
import dev.vicino.LiveIndex;
import dev.vicino.Metric;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.testing.Points;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard whose checks are made at once and whose time is counted. */
final class RecallGuardTest {
    private static final int K = 10;
    private static final int D = 24;
    private static final double FLOOR = 0.9;
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final GuardOptions ALL =
            GuardOptions.keeping(FLOOR).withShare(1).withCpu(1).withWindow(300, 100);

    /** Does what it is given before it returns. */
    private static final class AtOnce extends AbstractExecutorService {
        private boolean shut;

        @Override
        public void execute(Runnable work) {
            work.run();
        }

        @Override
        public void shutdown() {
            shut = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            shut = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return shut;
        }

        @Override
        public boolean isTerminated() {
            return shut;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return shut;
        }
    }

    private static LiveIndex graph(float[][] rows, int efSearch) {
        return Vicino.index(Vectors.of(rows))
                .metric(Metric.L2)
                .spec("HNSW8(efConstruction=40,efSearch=" + efSearch + ")")
                .threads(1)
                .buildLive();
    }

    private static RecallGuard guard(VectorIndex index, GuardOptions options, LongSupplier nanos) {
        return new RecallGuard(index, new RecallWatch(options, index.defaultEffort(), new AtOnce(), () -> NOW, nanos));
    }

    /** Time that stands still, so that checks cost nothing. */
    private static RecallGuard guard(VectorIndex index) {
        return guard(index, ALL, () -> 0);
    }

    private static double recall(VectorIndex index, float[][] queries) {
        double sum = 0;
        for (float[] query : queries) {
            sum += Questions.recall(
                    index.search(query, K),
                    index.search(query, K, SearchOptions.DEFAULT.withExact(true)),
                    index.metric(),
                    true);
        }
        return sum / queries.length;
    }

    @Test
    void theFloorHoldsWhileTheDataDrifts() {
        Random random = new Random(4);
        float[][] easy = Points.clustered(random, 2000, D, 200);
        LiveIndex index = graph(easy, 16);
        try (RecallGuard guard = guard(index)) {
            for (float[] query : Points.clustered(new Random(4), 300, D, 200)) {
                guard.search(query, K);
            }
            int before = guard.effort(Selectivity.ALL);

            float[][] hard = Points.gaussian(random, 3000, D);
            index.addAll(LongStream.range(10_000, 13_000).toArray(), Vectors.of(hard), 1);
            float[][] fresh = Points.gaussian(random, 300, D);
            double drifted = recall(index.withDefaultEffort(before), fresh);
            assertThat(drifted).as("without a guard").isLessThan(FLOOR);

            for (float[] query : Points.gaussian(random, 3000, D)) {
                guard.search(query, K);
            }
            assertThat(guard.effort(Selectivity.ALL)).isGreaterThan(before);
            assertThat(recall(guard, fresh)).as("with one").isGreaterThanOrEqualTo(FLOOR);
            assertThat(guard.changes()).isNotEmpty().allSatisfy(change -> {
                assertThat(change.recall().low()).isLessThan(FLOOR);
                assertThat(change.to()).isGreaterThan(change.from());
                assertThat(change.at()).isEqualTo(NOW);
                assertThat(change.sentence()).contains("raised from " + change.from() + " to " + change.to());
            });
        }
    }

    @Test
    void whatIsFilteredIsWatchedByItself() {
        LiveIndex index = graph(Points.gaussian(new Random(6), 2000, D), 12);
        try (RecallGuard guard = guard(index)) {
            IdSet half = IdSet.of(LongStream.range(0, 1000).toArray());
            IdSet few = IdSet.of(LongStream.range(0, 10).toArray());
            for (float[] query : Points.gaussian(new Random(7), 200, D)) {
                guard.search(query, K, SearchOptions.DEFAULT.withFilter(half));
                guard.search(query, K, SearchOptions.DEFAULT.withFilter(few));
            }
            assertThat(guard.watched())
                    .extracting(Watched::selectivity)
                    .contains(Selectivity.MANY, Selectivity.FEW)
                    .doesNotContain(Selectivity.ALL);
            assertThat(guard.effort(Selectivity.MANY)).isGreaterThan(12);
            assertThat(guard.effort(Selectivity.ALL)).isEqualTo(12);
            assertThat(RecallMetrics.text(guard))
                    .contains("vicino_effort{selectivity=\"all\"} 12\n")
                    .contains("selectivity=\"many\",of=\"low\"")
                    .contains("vicino_effort_raised_total " + guard.changes().size() + "\n");
        }
    }

    @Test
    void whoNamesAnEffortIsLeftAlone() {
        LiveIndex index = graph(Points.gaussian(new Random(6), 1000, D), 12);
        try (RecallGuard guard = guard(index)) {
            for (float[] query : Points.gaussian(new Random(7), 200, D)) {
                guard.search(query, K, SearchOptions.DEFAULT.withEffort(1));
                guard.search(query, K, SearchOptions.DEFAULT.withExact(true));
            }
            assertThat(guard.watched()).isEmpty();
            assertThat(guard.effort(Selectivity.ALL)).isEqualTo(12);
        }
    }

    @Test
    void batchesAreWatchedToo() {
        LiveIndex index = graph(Points.gaussian(new Random(6), 1000, D), 12);
        try (RecallGuard guard = guard(index);
                Vectors queries = Vectors.of(Points.gaussian(new Random(7), 150, D))) {
            assertThat(guard.searchAll(queries, K, SearchOptions.DEFAULT)).hasSize(150);
            assertThat(guard.watched()).hasSize(1);
            assertThat(guard.watched().getFirst().recall().queries()).isEqualTo(150);
        }
    }

    /** The clock ticks a hundred times while a check goes on and once for every search. */
    @Test
    void checksTakeNoMoreOfTheTimeThanAllowed() {
        AtomicLong ticks = new AtomicLong();
        LiveIndex index = graph(Points.gaussian(new Random(6), 500, D), 12);
        try (RecallGuard guard = guard(index, ALL.withCpu(0.1), () -> ticks.addAndGet(100))) {
            for (float[] query : Points.gaussian(new Random(7), 1000, D)) {
                guard.search(query, K);
            }
            assertThat(guard.skipped()).isBetween(500L, 950L);
        }
    }

    @Test
    void aShareIsLookedAt() {
        LiveIndex index = graph(Points.gaussian(new Random(6), 500, D), 200);
        try (RecallGuard guard = guard(index, ALL.withShare(0.1).withWindow(2000, 2000), () -> 0)) {
            for (float[] query : Points.gaussian(new Random(7), 2000, D)) {
                guard.search(query, K);
            }
            assertThat(guard.watched().getFirst().recall().queries()).isBetween(140, 260);
        }
    }

    @Test
    void theFileHasTheEffortItHasComeTo(@TempDir Path folder) throws Exception {
        LiveIndex index = graph(Points.gaussian(new Random(6), 2000, D), 12);
        try (RecallGuard guard = guard(index)) {
            for (float[] query : Points.gaussian(new Random(7), 400, D)) {
                guard.search(query, K);
            }
            guard.save(folder.resolve("index"));
            try (VectorIndex opened = Vicino.open(folder.resolve("index"))) {
                assertThat(opened.defaultEffort())
                        .isEqualTo(guard.defaultEffort())
                        .isGreaterThan(12);
            }
        }
    }

    /** With a thread of its own: closing waits for the check under way and forgets the others. */
    @Test
    void closesWhileItWatches() throws InterruptedException {
        RecallGuard guard = RecallGuard.watch(graph(Points.gaussian(new Random(6), 500, D), 12), ALL);
        float[][] queries = Points.gaussian(new Random(7), 300, D);
        for (float[] query : queries) {
            guard.search(query, K);
        }
        while (guard.watched().isEmpty()) {
            guard.search(queries[0], K);
            Thread.sleep(1);
        }
        guard.close();
        assertThat(guard.watched()).isNotEmpty();
    }

    @Test
    void exactSearchNeedsNoGuard() {
        try (VectorIndex exact = Vicino.index(Vectors.of(new float[20], 2)).build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RecallGuard.watch(exact, ALL))
                    .withMessageContaining("spec = Flat");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GuardOptions.keeping(1))
                .withMessageContaining("floor = 1.0");
        assertThatIllegalArgumentException().isThrownBy(() -> ALL.withShare(0)).withMessageContaining("share = 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ALL.withWindow(100, 101))
                .withMessageContaining("least = 101");
    }
}
