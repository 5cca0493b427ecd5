package dev.vicino.testing;

import java.util.Random;

/** Collections that graphs are measured on. */
public final class Points {
    private Points() {}

    /** Normally distributed, without any structure: the hardest there is for its dimension. */
    public static float[][] gaussian(Random random, int count, int dimension) {
        float[][] rows = new float[count][];
        for (int r = 0; r < count; r++) {
            rows[r] = Seeds.reals(random, dimension);
        }
        return rows;
    }

    /** In clusters, about as wide as they lie apart, so that neighbours cross their borders. */
    public static float[][] clustered(Random random, int count, int dimension, int clusters) {
        float[][] centres = gaussian(random, clusters, dimension);
        float[][] rows = gaussian(random, count, dimension);
        for (float[] row : rows) {
            float[] centre = centres[random.nextInt(clusters)];
            for (int i = 0; i < dimension; i++) {
                row[i] = centre[i] + 0.5f * row[i];
            }
        }
        return rows;
    }

    /** The same directions with lengths exp(N(0, sigma)), as the vectors of recommender systems have them. */
    public static float[][] withLogNormalNorms(Random random, float[][] rows, double sigma) {
        float[][] scaled = new float[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            double square = 0;
            for (float value : rows[r]) {
                square += (double) value * value;
            }
            scaled[r] = scaled(rows[r], Math.exp(sigma * random.nextGaussian()) / Math.sqrt(square));
        }
        return scaled;
    }

    /** A row times a factor. */
    public static float[] scaled(float[] row, double factor) {
        float[] scaled = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            scaled[i] = (float) (row[i] * factor);
        }
        return scaled;
    }

    /** A row plus the same number in every value. */
    public static float[] moved(float[] row, float by) {
        float[] moved = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            moved[i] = row[i] + by;
        }
        return moved;
    }
}
