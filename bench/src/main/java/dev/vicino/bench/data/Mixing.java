package dev.vicino.bench.data;

import java.util.SplittableRandom;

/**
 * A fixed orthogonal map that leaves no axis what it was: three times random signs, a random permutation, and a Walsh–Hadamard
 * transform of blocks as long as the largest power of two in the dimension. Data whose spectrum lies along the axes would be in
 * favour of whoever looks at the first values of a row first.
 *
 * <p>Not safe for use by several threads.
 */
final class Mixing {
    private static final int ROUNDS = 3;

    private final int block;
    private final int[][] from = new int[ROUNDS][];
    private final float[][] factors = new float[ROUNDS][];
    private final float[] scratch;

    /** For vectors of a dimension; the same seed, the same map. */
    Mixing(int dimension, long seed) {
        block = Integer.lowestOneBit(dimension);
        scratch = new float[dimension];
        var random = new SplittableRandom(seed);
        float scale = (float) (1 / Math.sqrt(block));
        for (int round = 0; round < ROUNDS; round++) {
            from[round] = Permutation.of(dimension, random);
            factors[round] = new float[dimension];
            for (int i = 0; i < dimension; i++) {
                factors[round][i] = random.nextBoolean() ? scale : -scale;
            }
        }
    }

    /** Maps a vector in place. */
    void apply(float[] values) {
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < values.length; i++) {
                scratch[i] = values[from[round][i]] * factors[round][i];
            }
            for (int half = 1; half < block; half *= 2) {
                butterflies(scratch, half);
            }
            System.arraycopy(scratch, 0, values, 0, values.length);
        }
    }

    private static void butterflies(float[] values, int half) {
        for (int start = 0; start < values.length; start += 2 * half) {
            for (int i = start; i < start + half; i++) {
                float sum = values[i] + values[i + half];
                values[i + half] = values[i] - values[i + half];
                values[i] = sum;
            }
        }
    }
}
