package dev.vicino.advise;

import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Spot checks of searches that may miss neighbours: a share of them is asked once more, exactly, in the background, and the effort that
 * follows from what was seen. {@link RecallGuard} does this for an index; whoever searches something else tells of every search:
 *
 * <pre>{@code
 * int effort = watch.effort(Selectivity.ALL);
 * answer = search(query, effort);
 * if (watch.isDue()) {
 *     watch.check(() -> compare(search(query, effort), exactly(query)));
 * }
 * }</pre>
 *
 * <p>Safe for use by any number of threads. One daemon thread checks, for no more than its share of the time.
 */
public final class RecallWatch implements AutoCloseable {
    /** Checks that wait; more are dropped. */
    private static final int WAITING = 64;

    private final GuardOptions options;
    private final RecallLedger ledger;
    private final ExecutorService executor;
    private final LongSupplier nanos;
    private final long begin;
    private final AtomicLong spent = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final Lock lock = new ReentrantLock();
    private final Random random;
    private volatile boolean closed;

    /**
     * What a search found of the truth.
     *
     * @param plan the way it went
     * @param effort at which it was made, by {@link #effort}
     * @param recall 0 … 1
     * @param k neighbours looked for
     * @param size vectors there are; a higher effort makes no sense
     */
    public record Seen(String plan, Selectivity selectivity, int effort, double recall, int k, int size) {}

    /** Asks both ways, one right after the other, so that what changes between a search and its check does not count. */
    @FunctionalInterface
    public interface Check {
        /**
         * Compares.
         *
         * @throws Exception when it cannot; the search then counts for nothing
         */
        Seen run() throws Exception;
    }

    /**
     * Watches.
     *
     * @param effort to begin with
     */
    public RecallWatch(GuardOptions options, int effort) {
        this(options, effort, background(), InstantSource.system(), System::nanoTime);
    }

    /**
     * For tests.
     *
     * @param executor that checks are handed to
     * @param nanos the time, as {@link System#nanoTime} tells it
     */
    RecallWatch(GuardOptions options, int effort, ExecutorService executor, InstantSource clock, LongSupplier nanos) {
        this.options = options;
        this.ledger = new RecallLedger(options, effort, clock);
        this.executor = executor;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.random = new Random(options.seed());
    }

    private static ExecutorService background() {
        return new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().daemon().name("vicino-guard").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Whether a search that was just made is to be checked. */
    public boolean isDue() {
        if (!isDrawn()) {
            return false;
        }
        if (spent.get() > options.cpu() * (nanos.getAsLong() - begin)) {
            skipped.incrementAndGet();
            return false;
        }
        return true;
    }

    private boolean isDrawn() {
        lock.lock();
        try {
            return random.nextDouble() < options.share();
        } finally {
            lock.unlock();
        }
    }

    /** Checks a search that is due, in the background. */
    public void check(Check check) {
        executor.execute(() -> run(check));
    }

    private void run(Check check) {
        if (closed) {
            return;
        }
        long start = nanos.getAsLong();
        try {
            ledger.add(check.run());
        } catch (Exception e) {
            ledger.failed(e);
        } finally {
            spent.addAndGet(nanos.getAsLong() - start);
        }
    }

    /** The effort now of searches that name none. */
    public int effort(Selectivity selectivity) {
        return ledger.effort(selectivity);
    }

    /** Recall over the window, by plan and selectivity; empty until searches were looked at. */
    public List<Watched> watched() {
        return ledger.watched();
    }

    /** Every change of the effort so far, in their order. */
    public List<EffortChange> changes() {
        return ledger.changes();
    }

    /** Searches that were drawn and not looked at, since the time for it was used up. */
    public long skipped() {
        return skipped.get();
    }

    /** Forgets checks that wait, and waits for the one under way. */
    @Override
    public void close() {
        closed = true;
        executor.close();
    }
}
