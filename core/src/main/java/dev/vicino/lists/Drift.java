package dev.vicino.lists;

/**
 * How far vectors that are added lie from the centroids of their lists, to tell when lists no longer fit them. Safe for use by any number
 * of threads.
 */
final class Drift {
    /** Additions that a mean is of, roughly. */
    private static final double WINDOW = 256;

    /** Times the distance of the vectors that centroids were learnt from. */
    private static final double FARTHER = 1.5;

    /** Of the vectors that are there, so many are added between two learnings at least. */
    private static final double SHARE = 0.125;

    private double mean;
    private long added;

    /** Begins anew, with lists that were learnt now. */
    synchronized void begin(Learnt learnt) {
        mean = learnt.loss();
        added = 0;
    }

    synchronized void added(float distance) {
        mean += (Math.min(distance, Float.MAX_VALUE) - mean) / WINDOW;
        added++;
    }

    /** Whether what was added lately lies so far from the centroids that learning them anew is worth it. */
    synchronized boolean isTooFar(Learnt learnt, int size) {
        return added >= WINDOW && added >= SHARE * size && mean > FARTHER * learnt.loss();
    }
}
