package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits for work in the background. */
final class Waiting {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private Waiting() {}

    /** What is asked again and again. */
    interface Sign {
        boolean isGiven() throws IOException;
    }

    /** Waits until all vectors of a collection are in its graph. */
    static void forGraph(Collection collection) throws IOException {
        until("graph", () -> collection.status().vectors().values().stream().allMatch(view -> view.waiting() == 0));
    }

    static void until(String what, Sign sign) throws IOException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (!sign.isGiven()) {
            assertThat(System.nanoTime()).as("end of waiting for " + what).isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
