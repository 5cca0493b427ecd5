package dev.vicino.code;

import dev.vicino.scan.Norms;

/**
 * How the dot product becomes a distance between nodes: a row x is taken for the point (x, √(R² − ‖x‖²)) of a sphere of radius R in one
 * dimension more, a query for (q, 0). Then the order by product is the order by distance, and rows have neighbours on the sphere, which
 * they have not by products: a long row is everybody's nearest (Bachrach and others, RecSys 2014).
 *
 * @param radius R, the length of the longest row when it was chosen; longer ones lie on the equator
 */
public record Sphere(float radius) {
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
    static void normalise(float[] vector, float[] out) {
        double norm = Norms.of(vector);
        double inverse = norm == 0 ? 0 : 1 / norm;
        for (int i = 0; i < vector.length; i++) {
            out[i] = (float) (vector[i] * inverse);
        }
    }
}
