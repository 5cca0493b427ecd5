package dev.vicino.scan;

import org.jspecify.annotations.Nullable;

/**
 * A query made ready by {@link Distances#prepare}, with the scratch arrays of one search. Not safe for use by several threads.
 */
public final class Query {
    /** Rows compared in one call of a kernel: enough to make the call cheap, few enough that its results stay in the L1 cache. */
    static final int BLOCK = 256;

    final float[] values;
    /** ‖q‖ in double precision. */
    final double norm;
    /** Whether single precision would overflow or lose the query; see {@link Distances}. */
    final boolean extreme;

    /** The rows that may be found; null for all. */
    final @Nullable Bitmap allowed;

    private @Nullable Scratch scratch;

    /** When the scan has to end. */
    final Stop stop;

    /** Whether it has come to its end in time. */
    boolean complete = true;

    Query(float[] values, double norm, boolean extreme, @Nullable Bitmap allowed, Stop stop) {
        this.values = values;
        this.norm = norm;
        this.extreme = extreme;
        this.allowed = allowed;
        this.stop = stop;
    }

    /** The values, which must not be changed. */
    public float[] values() {
        return values;
    }

    /** Arrays for a block of rows. */
    static final class Scratch {
        final float[] distances = new float[BLOCK];
        final float[] factors = new float[BLOCK];
        final int[] positions = new int[BLOCK];
    }

    /** Made when first asked for: to clear its arrays takes as long as to compare dozens of codes, and not every search scans. */
    Scratch scratch() {
        if (scratch == null) {
            scratch = new Scratch();
        }
        return scratch;
    }

    /** ‖q‖ in double precision. */
    public double norm() {
        return norm;
    }

    /** Whether time is over; then the scan is not complete. */
    boolean isOver() {
        if (stop.isNow()) {
            complete = false;
        }
        return !complete;
    }
}
