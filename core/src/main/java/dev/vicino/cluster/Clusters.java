package dev.vicino.cluster;

import java.util.Arrays;

/**
 * What k-means found.
 *
 * @param centroids k·d values, row-major
 * @param dimension d
 * @param sizes how many of the rows are nearest to each centroid but the last step of it
 * @param losses after each iteration, that of the centroids it began with: Σ‖x−c‖² over all rows, c being the nearest centroid; −Σ x·c
 *     where clusters are spherical
 */
public record Clusters(float[] centroids, int dimension, int[] sizes, double[] losses) {
    /** How many there are. */
    public int count() {
        return sizes.length;
    }

    /** The loss of the last iteration; NaN without one. */
    public double loss() {
        return losses.length == 0 ? Double.NaN : losses[losses.length - 1];
    }

    /**
     * How uneven the sizes are: k·Σsᵢ²/(Σsᵢ)², what lists of these sizes cost to search over lists of equal ones. 1 where all are equal, k
     * where one has all; NaN of no rows.
     */
    public double imbalance() {
        double squares = 0;
        double sum = 0;
        for (int size : sizes) {
            squares += (double) size * size;
            sum += size;
        }
        return count() * squares / (sum * sum);
    }

    /** A centroid, copied. */
    public float[] centroid(int which) {
        return Arrays.copyOfRange(centroids, which * dimension, (which + 1) * dimension);
    }
}
