package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.VectorStore.Match;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Stores that are added to, searched and closed by several threads at once. */
@ExtendWith(Seeds.class)
final class VectorStoreLifeCycleTest {
    private static final int ROUNDS = 200;
    private static final long PATIENCE_SECONDS = 60;

    /** Vectors on a circle: the value that is added tells the vector, so every match can be checked. */
    private static float[] vector(int value) {
        return new float[] {(float) Math.cos(value), (float) Math.sin(value)};
    }

    private static int addUntilClosed(VectorStore<Integer> store, Random random) {
        int added = 0;
        while (true) {
            int value = random.nextInt(1_000_000);
            try {
                if (random.nextInt(4) == 0) {
                    store.addAll(List.of(vector(value), vector(value + 1)), List.of(value, value + 1));
                    added += 2;
                } else {
                    store.add(vector(value), value);
                    added++;
                }
            } catch (IllegalStateException e) {
                assertThat(e).hasMessageContaining("closed");
                return added;
            }
        }
    }

    /** Every search sees at least what was there before it, and only what was added. */
    private static int searchUntilClosed(VectorStore<Integer> store) {
        int searches = 0;
        try {
            while (true) {
                int before = store.size();
                float[] query = vector(searches);
                List<Match<Integer>> matches = store.search(query, 50);
                assertThat(matches).hasSizeBetween(Math.min(50, before), 50);
                for (Match<Integer> match : matches) {
                    double score = Oracle.score(Metric.COSINE, vector(match.metadata()), query);
                    assertThat((double) match.score()).isBetween(score - 1e-6, score + 1e-6);
                }
                searches++;
            }
        } catch (IllegalStateException e) {
            assertThat(e).hasMessageContaining("closed");
            return searches;
        }
    }

    @Test
    void closingUnderLoadHarmsNobody() throws Exception {
        Random random = Seeds.random();
        int done = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            for (int round = 0; round < ROUNDS; round++) {
                VectorStore<Integer> store = new VectorStore<>(2, Metric.COSINE);
                long seed = random.nextLong();
                List<Callable<Integer>> work = List.of(
                        () -> addUntilClosed(store, new Random(seed)),
                        () -> addUntilClosed(store, new Random(seed + 1)),
                        () -> searchUntilClosed(store),
                        () -> searchUntilClosed(store));
                List<Future<Integer>> counts = new ArrayList<>();
                for (Callable<Integer> one : work) {
                    counts.add(threads.submit(one));
                }
                LockSupport.parkNanos(random.nextInt(2_000_000));
                store.close();
                store.close();
                for (Future<Integer> count : counts) {
                    done += count.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
            }
        }
        assertThat(done).as("adds and searches").isPositive();
    }

    @Test
    void addsOfSeveralThreadsAllArriveUnderTheirIds() throws Exception {
        int threads = 4;
        int each = 700;
        AtomicInteger wrong = new AtomicInteger();
        try (VectorStore<Integer> store = new VectorStore<>(1, Metric.L1);
                ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            long[] ids = new long[threads * each];
            List<Future<?>> adding = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int from = thread * each;
                adding.add(executor.submit(() -> {
                    for (int value = from; value < from + each; value++) {
                        ids[value] = store.add(new float[] {value}, value);
                        Match<Integer> match =
                                store.search(new float[] {value}, 1).getFirst();
                        wrong.addAndGet(match.id() == ids[value] && match.score() == 0 ? 0 : 1);
                    }
                }));
            }
            for (Future<?> one : adding) {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            assertThat(wrong.get()).as("adds that were not seen at once").isZero();
            assertThat(store.size()).isEqualTo(threads * each);
            assertThat(ids).doesNotHaveDuplicates();
            for (Match<Integer> match : store.search(new float[] {0}, threads * each)) {
                assertThat(match.id()).isEqualTo(ids[match.metadata()]);
                assertThat(match.score()).isEqualTo((float) match.metadata());
            }
        }
    }
}
