package dev.vicino.store.view;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of work that nobody waits for: half of the processors, so that searches keep the others. */
public final class Background implements AutoCloseable {
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    private final AtomicInteger started = new AtomicInteger();
    private final ExecutorService executor = Executors.newFixedThreadPool(
            THREADS,
            work -> Thread.ofPlatform()
                    .daemon()
                    .name("vicino-store-" + started.incrementAndGet())
                    .unstarted(work));

    void run(Runnable work) {
        executor.execute(work);
    }

    /** Waits for what has begun; everything that gives work is closed. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(1, TimeUnit.HOURS)) {
                throw new IllegalStateException("background work did not end within an hour");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
