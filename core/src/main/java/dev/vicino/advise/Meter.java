package dev.vicino.advise;

import dev.vicino.VectorIndex;

/** What tells the advisor how long things take: a clock, or in a test a count of the work. */
public interface Meter {
    /** Does a piece of work and tells its time in seconds. */
    double seconds(Runnable work);

    /**
     * The time of searches, one query a call, on the caller's thread.
     *
     * @param queries at least one
     * @param effort 0 for the index's own choice
     */
    Latency latency(VectorIndex index, float[][] queries, int k, int effort);

    /** By the clock of the system. */
    static Meter clock() {
        return new ClockMeter();
    }
}
