package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vicino.io.Progress;
import dev.vicino.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes that are closed while they are searched: every answer is right or refused, and no freed memory is read. */
@ExtendWith(Seeds.class)
final class LifeCycleTest {
    private static final int ROUNDS = 200;
    private static final int SEARCHERS = 4;
    private static final int K = 5;

    /** Enough rows that a search on two threads wakes the second. */
    private static final int ROWS = 8500;

    private static final int D = 40;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    /** What one searcher asks, and what the answer has to be. */
    private record Question(
            VectorIndex index,
            float[][] queries,
            List<Neighbors> answers,
            SearchOptions options,
            CountDownLatch first) {
        /** Asks until the index is closed; returns how often it was answered. */
        int askUntilClosed() {
            int answered = 0;
            while (true) {
                int i = answered % queries.length;
                try {
                    Oracle.assertSame(ask(i, answered), answers.get(i), options + ", query " + i);
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("closed");
                    return answered;
                }
                answered++;
                first.countDown();
            }
        }

        private Neighbors ask(int i, int turn) {
            if (turn % 3 == 0) {
                try (Vectors batch = Vectors.of(queries)) {
                    return index.searchAll(batch, K, options).get(i);
                }
            }
            return index.search(queries[i], K, options);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void closingUnderLoadHarmsNobody(boolean mapped) throws Exception {
        Random random = Seeds.random();
        // The file has codes, which are being loaded while it is searched and closed.
        float[][] rows = Seeds.embeddings(random, ROWS, D);
        float[][] queries = Seeds.embeddings(random, 3, D);
        List<Neighbors> answers = new ArrayList<>();
        Path file = folder.resolve("index");
        try (VectorIndex index = Vicino.index(Vectors.of(rows)).build()) {
            index.save(file);
            for (float[] query : queries) {
                answers.add(index.search(query, K));
            }
        }
        int answered = 0;
        try (ExecutorService searchers = Executors.newFixedThreadPool(SEARCHERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                VectorIndex index = mapped
                        ? Vicino.open(file)
                        : Vicino.index(Vectors.of(rows))
                                .spec("Flat(prune=false)")
                                .build();
                CountDownLatch first = new CountDownLatch(1);
                List<Future<Integer>> counts = new ArrayList<>();
                for (int i = 0; i < SEARCHERS; i++) {
                    SearchOptions options = SearchOptions.DEFAULT.withThreads(1 + i % 2);
                    counts.add(searchers.submit(new Question(index, queries, answers, options, first)::askUntilClosed));
                }
                if (round % 2 == 0) {
                    await(first);
                } else {
                    LockSupport.parkNanos(random.nextInt(2_000_000));
                }
                index.close();
                index.close();
                for (Future<Integer> count : counts) {
                    answered += count.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
            }
        }
        assertThat(answered).as("searches answered").isGreaterThanOrEqualTo(ROUNDS / 2);
    }

    @Test
    void closingTwiceFromManyThreadsIsClosingOnce() throws Exception {
        try (ExecutorService closers = Executors.newFixedThreadPool(SEARCHERS)) {
            for (int round = 0; round < ROUNDS; round++) {
                VectorIndex index =
                        Vicino.index(Vectors.of(new float[][] {{1, 2}})).ids(5).build();
                CountDownLatch together = new CountDownLatch(SEARCHERS);
                List<Future<?>> closings = new ArrayList<>();
                for (int i = 0; i < SEARCHERS; i++) {
                    closings.add(closers.submit(() -> {
                        together.countDown();
                        together.await();
                        index.close();
                        return null;
                    }));
                }
                for (Future<?> closing : closings) {
                    closing.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
                assertThatIllegalStateException().isThrownBy(() -> index.search(new float[2], 1));
            }
        }
    }

    /** A save reads the index as a search does, and can be held up in the middle. */
    @Test
    void closingWaitsForWhoIsReading() throws Exception {
        VectorIndex index = Vicino.index(Vectors.of(new float[] {1, 2}, 2)).build();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Progress waiting = (done, total) -> {
            reading.countDown();
            await(goOn);
        };
        Path file = folder.resolve("index");
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> save = threads.submit(() -> {
                index.save(file, waiting);
                return null;
            });
            await(reading);
            Future<?> close = threads.submit(index::close);
            awaitRefusal(index);
            assertThat(close.isDone()).as("closed while it was read").isFalse();
            goOn.countDown();
            save.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            close.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        try (VectorIndex opened = Vicino.open(file)) {
            opened.verify(Progress.NONE);
            assertThat(opened.size()).isEqualTo(1);
        }
    }

    /** Searches until closing has begun. */
    private static void awaitRefusal(VectorIndex index) {
        assertThatIllegalStateException().isThrownBy(() -> {
            for (long i = 0; i < Long.MAX_VALUE; i++) {
                index.search(new float[2], 1);
            }
        });
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** An index owns its vectors; two of the same vectors end together. */
    @ParameterizedTest
    @ValueSource(strings = {"Flat", "HNSW4", "HNSW4,SQ8,Refine(Flat)"})
    void vectorsEndWithTheirIndex(String spec) {
        Vectors vectors = Vectors.of(new float[][] {{1, 2}});
        VectorIndex first = Vicino.index(vectors).spec(spec).build();
        VectorIndex second = Vicino.index(vectors).metric(Metric.L2).spec(spec).build();
        first.close();
        assertThatIllegalStateException().isThrownBy(() -> vectors.row(0));
        assertThatIllegalStateException().isThrownBy(() -> second.search(new float[2], 1));
        second.close();
        vectors.close();
    }
}
