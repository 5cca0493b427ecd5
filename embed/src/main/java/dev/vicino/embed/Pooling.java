package dev.vicino.embed;

import java.nio.FloatBuffer;

/** From one vector a token to one vector a text. */
final class Pooling {
    private Pooling() {}

    /**
     * The mean of the tokens' vectors, scaled to unit norm.
     *
     * @param tokens vectors of all tokens, row-major; a positive multiple of d values, read from the buffer's position to its limit
     */
    static float[] unitMean(FloatBuffer tokens, int dimension) {
        float[] sum = new float[dimension];
        float[] token = new float[dimension];
        while (tokens.hasRemaining()) {
            tokens.get(token);
            for (int i = 0; i < dimension; i++) {
                sum[i] += token[i];
            }
        }
        return unit(sum); // the sum points where the mean does
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (vector[i] / norm);
        }
        return vector;
    }
}
