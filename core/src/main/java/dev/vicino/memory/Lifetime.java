package dev.vicino.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Counts the readers of something that can be closed, so that it is closed only when nobody reads it.
 *
 * <pre>{@code
 * lifetime.enter();
 * try {
 *     read();
 * } finally {
 *     lifetime.exit();
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads. A reader that closes what it is reading waits for itself, for ever.
 */
public final class Lifetime {
    /** Set in {@link #state} once closing has begun; the lower bits count the readers. */
    private static final long CLOSED = Long.MIN_VALUE;

    /** How often a closer looks whether the readers are gone: waking it would cost every search more than this costs the closer. */
    private static final long WAIT_NANOS = 50_000;

    private final String name;
    private final AtomicLong state = new AtomicLong();

    /**
     * Of something that is open.
     *
     * @param name what it is, as the error names it: "index"
     */
    public Lifetime(String name) {
        this.name = name;
    }

    /**
     * Begins to read.
     *
     * @throws IllegalStateException when closing has begun
     */
    public void enter() {
        long readers;
        do {
            readers = state.get();
            if (readers < 0) {
                throw new IllegalStateException(name + " is closed");
            }
        } while (!state.compareAndSet(readers, readers + 1));
    }

    /** Ends what a successful {@link #enter} began. */
    public void exit() {
        state.decrementAndGet();
    }

    /** Does something that reads, unless closing has begun. */
    public void runIfOpen(Runnable work) {
        try {
            enter();
        } catch (IllegalStateException e) {
            return;
        }
        try {
            work.run();
        } finally {
            exit();
        }
    }

    /** Waits until a thread has ended, uninterruptibly; null is none. */
    public static void join(@Nullable Thread thread) {
        boolean interrupted = false;
        while (thread != null && thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether closing has begun. */
    public boolean isClosed() {
        return state.get() < 0;
    }

    /**
     * Lets no new reader in and waits for those inside, uninterruptibly: they finish in the time of a search.
     *
     * @return whether this call was the first, the one that is to free what was read
     */
    public boolean close() {
        boolean first = state.getAndUpdate(readers -> readers | CLOSED) >= 0;
        boolean interrupted = false;
        while (state.get() != CLOSED) {
            LockSupport.parkNanos(this, WAIT_NANOS);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return first;
    }
}
