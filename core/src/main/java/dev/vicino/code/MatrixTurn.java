package dev.vicino.code;

import java.util.Arrays;

/**
 * A turn by a matrix.
 *
 * @param matrix d rows of d values: value i of a vector counts for as much of each turned value
 */
record MatrixTurn(int turned, float[] matrix) implements Turn {
    @Override
    public void turn(float[] vector, float[] out, float[] scratch) {
        Arrays.fill(out, 0);
        for (int i = 0; i < turned; i++) {
            addTimes(vector[i], matrix, i * turned, out);
        }
    }

    static void addTimes(float factor, float[] values, int from, float[] out) {
        for (int j = 0; j < out.length; j++) {
            out[j] += factor * values[from + j];
        }
    }

    @Override
    public float[] parameters() {
        return matrix;
    }
}
