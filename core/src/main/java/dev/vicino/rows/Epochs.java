package dev.vicino.rows;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Tells when nobody can hold a slot any more that was taken out of an index (epoch-based reclamation, Fraser 2004): an epoch passes only
 * when all readers of the one before have left, so what was taken out in epoch e is held by nobody in epoch e + 2.
 *
 * <p>Safe for use by any number of threads; {@link #tryPass} by one at a time.
 */
public final class Epochs {
    private final AtomicLong epoch = new AtomicLong(2);
    private final AtomicLong even = new AtomicLong();
    private final AtomicLong odd = new AtomicLong();

    private AtomicLong readers(long of) {
        return (of & 1) == 0 ? even : odd;
    }

    /** Begins to read; gives the epoch that {@link #exit} is to be told. */
    public long enter() {
        while (true) {
            long now = epoch.get();
            readers(now).incrementAndGet();
            if (epoch.get() == now) {
                return now;
            }
            readers(now).decrementAndGet(); // it passed meanwhile, perhaps before we were counted
        }
    }

    public void exit(long entered) {
        readers(entered).decrementAndGet();
    }

    /** Reads. */
    public <T> T reading(Supplier<T> work) {
        long entered = enter();
        try {
            return work.get();
        } finally {
            exit(entered);
        }
    }

    public long now() {
        return epoch.get();
    }

    /** Passes to the next epoch if no reader is left of the one before. */
    public void tryPass() {
        long now = epoch.get();
        if (readers(now - 1).get() == 0) {
            epoch.set(now + 1);
        }
    }
}
