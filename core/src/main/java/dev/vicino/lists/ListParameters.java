package dev.vicino.lists;

import dev.vicino.code.CodeKind;

/**
 * How lists are made and searched, under the names of {@code dev.vicino.IndexSpec.Ivf}.
 *
 * @param nlist lists, where there are rows enough
 * @param iterations of k-means
 * @param seed of k-means
 * @param links of a centroid in a graph of them; 0 for a graph where there are many lists alone
 * @param kind of the code that is compared
 * @param refine whether what is found by code is compared again exactly
 */
public record ListParameters(int nlist, int iterations, long seed, int links, CodeKind kind, boolean refine) {
    /** A list of fewer rows would cost more to choose than to scan. */
    private static final int LEAST_ROWS = 8;

    /** Rows a list from which centroids are learnt that hold. */
    private static final int ENOUGH_ROWS = 32;

    /** Lists of so many rows. */
    int lists(int rows) {
        return Math.clamp(rows / LEAST_ROWS, 1, nlist);
    }

    /** Rows from which all is learnt that there is to learn. */
    long enough() {
        return (long) nlist * ENOUGH_ROWS;
    }
}
