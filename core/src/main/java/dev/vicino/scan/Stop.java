package dev.vicino.scan;

import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * When a search has to end before it has come to its end.
 *
 * @param deadlineNanos of {@link System#nanoTime}, or {@link #NO_DEADLINE}
 * @param cancelled whether nobody wants the answer any more
 */
public record Stop(long deadlineNanos, BooleanSupplier cancelled) {
    public static final long NO_DEADLINE = Long.MAX_VALUE;
    public static final Stop NEVER = new Stop(NO_DEADLINE, () -> false);

    /**
     * Whether time is over.
     *
     * @throws CancellationException once cancelled
     */
    public boolean isNow() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("the search was cancelled");
        }
        return deadlineNanos != NO_DEADLINE && System.nanoTime() - deadlineNanos >= 0;
    }
}
