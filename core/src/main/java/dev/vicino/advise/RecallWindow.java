package dev.vicino.advise;

import java.util.Arrays;
import java.util.Optional;

/** The recalls of the last so many searches that were looked at. Not safe for use by several threads. */
final class RecallWindow {
    private final double[] recalls;
    private int count;
    private int next;
    private int k = Integer.MAX_VALUE;

    RecallWindow(int size) {
        recalls = new double[size];
    }

    /** @param k neighbours that the search looked for; the fewest count, since they say least */
    void add(double recall, int k) {
        recalls[next] = recall;
        next = (next + 1) % recalls.length;
        count = Math.min(count + 1, recalls.length);
        this.k = Math.min(this.k, k);
    }

    int count() {
        return count;
    }

    /** What they say together; nothing as long as there are none. */
    Optional<Interval> interval() {
        return count == 0 ? Optional.empty() : Optional.of(Interval.of(Arrays.copyOf(recalls, count), k));
    }

    /** Forgets all. */
    void clear() {
        count = 0;
        next = 0;
    }
}
