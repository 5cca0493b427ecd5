package dev.vicino.advise;

import dev.vicino.Goals;
import dev.vicino.Metric;
import dev.vicino.Vectors;
import dev.vicino.io.Progress;
import org.jspecify.annotations.Nullable;

/**
 * What an advisor was asked, all of it.
 *
 * @param queries that were given; null where vectors are to be held out
 * @param ids of the rows; null where they are the row numbers
 */
record Request(
        Vectors vectors,
        Metric metric,
        Goals goals,
        @Nullable Vectors queries,
        long @Nullable [] ids,
        int threads,
        long seed,
        Meter meter,
        Progress progress) {
    /** The ids of some rows. */
    long[] idsOf(int[] rows) {
        long[] of = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            of[i] = ids == null ? rows[i] : ids[rows[i]];
        }
        return of;
    }
}
