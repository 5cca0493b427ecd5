package dev.vicino.scan;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

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
        Runnable worker = () -> {
            try {
                for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                    work.accept(i);
                }
            } catch (Throwable e) {
                next.set(count);
                throw e;
            }
        };
        List<ForkJoinTask<?>> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            helpers.add(ForkJoinPool.commonPool().submit(worker));
        }
        try {
            worker.run();
        } finally {
            // A helper that the pool never came to has nothing left to do; invoking it here ends it at once.
            helpers.forEach(ForkJoinTask::quietlyInvoke);
        }
        helpers.forEach(ForkJoinTask::join);
    }
}
