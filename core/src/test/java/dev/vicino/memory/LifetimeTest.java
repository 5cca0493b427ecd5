package dev.vicino.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Readers and the one who closes. */
final class LifetimeTest {
    private final Lifetime lifetime = new Lifetime("thing");

    @Test
    void letsReadersInUntilItIsClosed() {
        lifetime.enter();
        lifetime.enter();
        lifetime.exit();
        lifetime.exit();
        assertThat(lifetime.isClosed()).isFalse();
        assertThat(lifetime.close()).isTrue();
        assertThat(lifetime.isClosed()).isTrue();
        assertThatThrownBy(lifetime::enter)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("thing is closed");
    }

    @Test
    void whatIsRunIfOpenIsAReaderAndIsNotRunOnceItIsClosed() throws Exception {
        List<String> done = new CopyOnWriteArrayList<>();
        Thread closer = new Thread(() -> {
            lifetime.close();
            done.add("closed");
        });
        lifetime.runIfOpen(() -> {
            closer.start();
            while (!lifetime.isClosed()) {
                Thread.onSpinWait();
            }
            done.add("read");
        });
        closer.join();
        lifetime.runIfOpen(() -> done.add("read again"));
        assertThat(done).containsExactly("read", "closed");
    }

    @Test
    void tellsTheFirstCloserFromTheOthers() {
        assertThat(lifetime.close()).isTrue();
        assertThat(lifetime.close()).isFalse();
    }

    @Test
    void closingWaitsForReadersAndLetsNoneIn() throws Exception {
        lifetime.enter();
        try (ExecutorService closer = Executors.newSingleThreadExecutor()) {
            Future<Boolean> closing = closer.submit(lifetime::close);
            awaitClosing();
            assertThatThrownBy(lifetime::enter).isInstanceOf(IllegalStateException.class);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(closing.isDone()).as("closed while read").isFalse();
            lifetime.exit();
            assertThat(closing.get(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void everyCloserWaitsForReadersAndOneIsTheFirst() throws Exception {
        lifetime.enter();
        try (ExecutorService closers = Executors.newFixedThreadPool(3)) {
            List<Future<Boolean>> closing = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                closing.add(closers.submit(lifetime::close));
            }
            awaitClosing();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            assertThat(closing).noneMatch(Future::isDone);
            lifetime.exit();
            int first = 0;
            for (Future<Boolean> one : closing) {
                first += one.get(30, TimeUnit.SECONDS) ? 1 : 0;
            }
            assertThat(first).isEqualTo(1);
        }
    }

    @Test
    void anInterruptDoesNotCutTheWaitShortAndIsKept() throws Exception {
        lifetime.enter();
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread closer = new Thread(() -> {
            lifetime.close();
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        closer.start();
        awaitClosing();
        closer.interrupt();
        closer.join(5);
        assertThat(closer.isAlive()).as("still waits").isTrue();
        lifetime.exit();
        closer.join();
        assertThat(interrupted).isTrue();
    }

    @Test
    void nobodyReadsWhatIsClosed() throws Exception {
        for (int round = 0; round < 200; round++) {
            Lifetime shared = new Lifetime("thing");
            AtomicBoolean freed = new AtomicBoolean();
            AtomicInteger readOfFreed = new AtomicInteger();
            Runnable reader = () -> {
                while (true) {
                    try {
                        shared.enter();
                    } catch (IllegalStateException e) {
                        return;
                    }
                    readOfFreed.addAndGet(freed.get() ? 1 : 0);
                    Thread.onSpinWait();
                    readOfFreed.addAndGet(freed.get() ? 1 : 0);
                    shared.exit();
                }
            };
            Thread[] readers = {new Thread(reader), new Thread(reader), new Thread(reader)};
            for (Thread thread : readers) {
                thread.start();
            }
            shared.close();
            freed.set(true);
            for (Thread thread : readers) {
                thread.join();
            }
            assertThat(readOfFreed.get())
                    .as("reads after close in round %s", round)
                    .isZero();
        }
    }

    private void awaitClosing() {
        while (!lifetime.isClosed()) {
            Thread.onSpinWait();
        }
    }
}
