package dev.vicino.cluster;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * k-means by Lloyd's iteration. The clusters depend on the rows, these fields and the kernels, not on the number of threads.
 *
 * @param count of clusters, k
 * @param iterations each of which assigns all rows and moves all centroids
 * @param start how the first centroids are chosen
 * @param spherical whether centroids have length 1 and the nearest is that of the largest product; for rows of length 1
 * @param seed of all that is drawn
 */
public record KMeans(int count, int iterations, Start start, boolean spherical, long seed) {
    /** How the first centroids are chosen. */
    public enum Start {
        /** Rows drawn at random. */
        SAMPLE,
        /** Rows drawn one after the other, each by its squared distance from those before (Arthur and Vassilvitskii, 2007). */
        PLUS_PLUS
    }

    /**
     * Checks the fields.
     *
     * @throws IllegalArgumentException naming the field, its value and what was expected
     */
    public KMeans {
        if (count < 1) {
            throw new IllegalArgumentException("count = " + count + ", expected at least 1");
        }
        if (iterations < 0) {
            throw new IllegalArgumentException("iterations = " + iterations + ", expected at least 0");
        }
    }

    /**
     * Finds clusters of rows.
     *
     * @param rows at least as many as clusters, of finite values
     * @param progress hears of rows assigned
     * @param cancelled asked often, by any of the threads
     * @throws IllegalArgumentException for fewer rows than clusters
     * @throws CancellationException once cancelled
     */
    public Clusters of(Rows rows, int threads, Progress progress, BooleanSupplier cancelled) {
        if (rows.size() < count) {
            throw new IllegalArgumentException("rows = " + rows.size() + ", expected at least one a cluster, " + count);
        }
        return improved(
                new FirstCentroids(rows, count, spherical, seed).choose(start), rows, threads, progress, cancelled);
    }

    /**
     * As {@link #of}, but begins with centroids that are known.
     *
     * @param centroids k·d values, overwritten
     */
    public Clusters improved(float[] centroids, Rows rows, int threads, Progress progress, BooleanSupplier cancelled) {
        return new Lloyd(this, rows, centroids, threads, progress, cancelled).run();
    }
}
