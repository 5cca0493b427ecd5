package dev.vicino.code;

import java.util.Arrays;

/**
 * A turn by a matrix.
 *
 * @param dimension d
 * @param matrix d rows of as many values as are turned: value i of a vector counts for as much of each turned value
 */
record MatrixTurn(int dimension, int turned, float[] matrix) implements Turn {
    @Override
    public void turn(float[] vector, float[] out, float[] scratch) {
        Arrays.fill(out, 0);
        for (int i = 0; i < dimension; i++) {
            addTimes(vector[i], matrix, i * turned, out);
        }
    }

    static void addTimes(float factor, float[] values, int from, float[] out) {
        for (int j = 0; j < out.length; j++) {
            out[j] += factor * values[from + j];
        }
    }

    /** By the transposed matrix: what rows are turned to is orthonormal. */
    @Override
    public void back(float[] values, float[] out) {
        for (int i = 0; i < dimension; i++) {
            double sum = 0;
            for (int j = 0; j < turned; j++) {
                sum += (double) matrix[i * turned + j] * values[j];
            }
            out[i] = (float) sum;
        }
    }

    @Override
    public float[] parameters() {
        return matrix;
    }
}
