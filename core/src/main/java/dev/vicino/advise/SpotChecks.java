package dev.vicino.advise;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Asks a share of the questions once more, exactly, and takes down how much of the truth the usual way finds. Both are asked one right
 * after the other, so that what changes between the search and its check does not count. Safe for use by any number of threads.
 */
final class SpotChecks {
    private final VectorIndex index;
    private final GuardOptions options;
    private final RecallLedger ledger;
    private final Executor executor;
    private final LongSupplier nanos;
    private final long begin;
    private final AtomicLong spent = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();
    private final Lock lock = new ReentrantLock();
    private final Random random;

    /**
     * Of an index.
     *
     * @param executor that checks are handed to
     * @param nanos the time, as {@link System#nanoTime} tells it
     */
    SpotChecks(VectorIndex index, GuardOptions options, RecallLedger ledger, Executor executor, LongSupplier nanos) {
        this.index = index;
        this.options = options;
        this.ledger = ledger;
        this.executor = executor;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.random = new Random(options.seed());
    }

    /** Hears of a search at the effort of the ledger, and looks at it perhaps. */
    void heard(float[] query, int k, SearchOptions asked) {
        if (!isDrawn()) {
            return;
        }
        if (spent.get() > options.cpu() * (nanos.getAsLong() - begin)) {
            skipped.incrementAndGet();
            return;
        }
        float[] copy = query.clone();
        SearchOptions usual = asked.withThreads(1).withTimeLimit(null).withCancelled(() -> false);
        executor.execute(() -> check(copy, k, usual));
    }

    private boolean isDrawn() {
        lock.lock();
        try {
            return random.nextDouble() < options.share();
        } finally {
            lock.unlock();
        }
    }

    private void check(float[] query, int k, SearchOptions usual) {
        long start = nanos.getAsLong();
        int size = index.size();
        Selectivity selectivity = Selectivity.of(usual, size);
        int effort = ledger.effort(selectivity);
        Neighbors found = index.search(query, k, usual.withEffort(effort));
        Neighbors truth = index.search(query, k, usual.withExact(true));
        boolean ties = Questions.hasTrueScores(index.spec());
        double recall = Questions.recall(found, truth, index.metric(), ties);
        ledger.add(found.work().plan(), selectivity, effort, recall, k, Math.min(size, SearchOptions.MAX_EFFORT));
        spent.addAndGet(nanos.getAsLong() - start);
    }

    /** Searches that were drawn and not looked at, since the time for it was used up. */
    long skipped() {
        return skipped.get();
    }
}
