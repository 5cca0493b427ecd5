package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Work in pieces on several threads. */
final class ParallelTest {
    private static final long PIECE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    @ParameterizedTest
    @CsvSource({"0,1", "0,4", "1,1", "1,4", "2,4", "3,2", "1000,1", "1000,2", "1000,4", "5,1000"})
    void runsEveryPieceOnce(int count, int threads) {
        for (int round = 0; round < 50; round++) {
            AtomicIntegerArray runs = new AtomicIntegerArray(count);
            Parallel.run(count, threads, runs::incrementAndGet);
            for (int i = 0; i < count; i++) {
                assertThat(runs.get(i))
                        .as("runs of piece %s in round %s", i, round)
                        .isEqualTo(1);
            }
        }
    }

    @Test
    void returnsOnlyWhenAllPiecesAreDone() {
        for (int round = 0; round < 50; round++) {
            AtomicInteger done = new AtomicInteger();
            Thread caller = Thread.currentThread();
            Parallel.run(4, 4, i -> {
                // The caller is quick, so that it is done while others still work.
                if (!Thread.currentThread().equals(caller)) {
                    LockSupport.parkNanos(PIECE_NANOS);
                }
                done.incrementAndGet();
            });
            assertThat(done.get()).as("pieces done in round %s", round).isEqualTo(4);
        }
    }

    @Test
    void keepsToTheNumberOfThreads() {
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Parallel.run(50, 2, i -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            LockSupport.parkNanos(PIECE_NANOS / 10);
            working.decrementAndGet();
        });
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void oneThreadIsTheCallers() {
        Thread caller = Thread.currentThread();
        Parallel.run(10, 1, i -> assertThat(Thread.currentThread()).isSameAs(caller));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "4"})
    void throwsWhatAPieceThrows(int threads) {
        assertThatThrownBy(() -> Parallel.run(100, threads, i -> {
                    if (i == 17) {
                        throw new IllegalArgumentException("piece 17");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("piece 17");
    }

    @Test
    void throwsWhatAPieceOfAnotherThreadThrows() {
        Thread caller = Thread.currentThread();
        CountDownLatch thrown = new CountDownLatch(1);
        assertThatThrownBy(() -> Parallel.run(2, 2, i -> {
                    if (!Thread.currentThread().equals(caller)) {
                        thrown.countDown();
                        throw new IllegalArgumentException("another thread");
                    }
                    await(thrown);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("another thread");
    }

    /** A failure while others work: the caller may free what they read as soon as it hears of it. */
    @Test
    void throwsOnlyWhenNobodyWorksAnyMore() {
        Thread caller = Thread.currentThread();
        CountDownLatch both = new CountDownLatch(2);
        AtomicInteger working = new AtomicInteger();
        assertThatThrownBy(() -> Parallel.run(2, 2, i -> {
                    boolean own = Thread.currentThread().equals(caller);
                    working.addAndGet(own ? 0 : 1);
                    both.countDown();
                    await(both); // or one of them might do both pieces
                    if (own) {
                        throw new IllegalStateException("the caller's own");
                    }
                    LockSupport.parkNanos(20 * PIECE_NANOS);
                    working.decrementAndGet();
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the caller's own");
        assertThat(working.get()).isZero();
    }

    @Test
    void beginsNothingAfterAFailure() {
        AtomicInteger begun = new AtomicInteger();
        assertThatThrownBy(() -> Parallel.run(1_000_000, 2, i -> {
                    begun.incrementAndGet();
                    throw new IllegalStateException("at once");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(begun.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void nestsWithoutWaitingForEver() {
        AtomicInteger done = new AtomicInteger();
        Parallel.run(8, 4, i -> Parallel.run(8, 4, j -> done.incrementAndGet()));
        assertThat(done.get()).isEqualTo(64);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).as("a helper came").isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
