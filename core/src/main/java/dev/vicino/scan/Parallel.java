package dev.vicino.scan;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Divides numbered pieces of work between the caller's thread and the common pool. */
public final class Parallel {
    private Parallel() {}

    /**
     * Runs {@code work} once for each of 0 … count−1, at most {@code threads} at a time, and returns when all are done. Pieces are
     * handed out in order, to whoever is free. An exception of one piece is thrown once the others that had begun are done; no
     * further ones begin then.
     */
    public static void run(int count, int threads, IntConsumer work) {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Phaser underWay = new Phaser(1); // the caller
        Runnable worker = () -> {
            underWay.register();
            try {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    work.accept(i);
                }
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
                next.set(count);
            } finally {
                underWay.arriveAndDeregister();
            }
        };
        for (int i = 1; i < Math.min(threads, count); i++) {
            ForkJoinPool.commonPool().execute(worker);
        }
        worker.run();
        // A helper that the pool comes to only later finds no piece left, so nobody waits for it.
        underWay.arriveAndAwaitAdvance();
        switch (failure.get()) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case null, default -> {} // pieces throw nothing else
        }
    }
}
