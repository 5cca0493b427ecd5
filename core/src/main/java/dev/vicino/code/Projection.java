package dev.vicino.code;

import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.scan.PrincipalComponents;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Vectors cut down to their principal components (PCA): under L2 those in which they differ most; under cosine and the dot product those in
 * which they are longest, so that products stay what they are. A file has what was lost and then the matrix.
 *
 * @param turn d values into fewer
 * @param lost the deviation of what distances change by; under the dot product of those from a query of length 1
 */
record Projection(MatrixTurn turn, float lost) {
    private static final int MAX_ROWS = 8192;
    private static final int OTHERS = 8;
    private static final long SEED = 0x9ca_5eedL;

    /** Learns from the vectors of a sample, which may be none. */
    static Projection learn(int turned, Form form, int dimension, Sample sample) {
        int rows = Math.min(sample.size(), MAX_ROWS);
        float[] values = new float[rows * dimension];
        float[] row = new float[dimension];
        for (int r = 0; r < rows; r++) {
            sample.copy((int) ((long) r * sample.size() / rows), row);
            if (form == Form.COSINE) {
                Sphere.normalise(row, row);
            }
            System.arraycopy(row, 0, values, r * dimension, dimension);
        }
        float[] centred = form == Form.SQUARED_L2 ? centred(values, dimension) : values;
        float[] basis = PrincipalComponents.leading(centred, rows, dimension, turned, SEED);
        float[] matrix = new float[dimension * turned];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = basis[i % turned * dimension + i / turned];
        }
        MatrixTurn turn = new MatrixTurn(dimension, turned, matrix);
        return new Projection(turn, lost(turn, form, values));
    }

    private static float[] centred(float[] values, int dimension) {
        double[] mean = new double[dimension];
        int rows = values.length / dimension;
        for (int i = 0; i < values.length; i++) {
            mean[i % dimension] += values[i] / (double) rows;
        }
        float[] centred = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            centred[i] = (float) (values[i] - mean[i % dimension]);
        }
        return centred;
    }

    /** Tries pairs of rows; where there are too few, no estimate is trusted. */
    private static float lost(MatrixTurn turn, Form form, float[] values) {
        int d = turn.dimension();
        int rows = values.length / d;
        float[] all = new float[turn.turned()];
        float[] other = new float[turn.turned()];
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int r = 0; r < rows; r++) {
            float[] a = Arrays.copyOfRange(values, r * d, (r + 1) * d);
            turn.turn(a, all, all);
            for (int j = 1; j <= OTHERS; j++) {
                int s = (int) ((r + (long) j * rows / (OTHERS + 1)) % rows);
                float[] b = Arrays.copyOfRange(values, s * d, (s + 1) * d);
                turn.turn(b, other, other);
                double off = Distances.inDouble(form, a, b) - Distances.inDouble(form, all, other);
                double scale = form == Form.DOT ? Norms.of(b) : 1;
                off = scale == 0 ? 0 : off / scale;
                sum += off;
                squares += off * off;
                count++;
            }
        }
        double mean = sum / count;
        float lost = (float) Math.sqrt(Math.max(0, squares / count - mean * mean));
        return rows > OTHERS && Float.isFinite(lost) ? lost : Float.MAX_VALUE;
    }

    /** Reads what {@link #parameters} wrote, in front of other values; null where there are too few. */
    static @Nullable Projection open(int turned, int dimension, float[] values) {
        long end = 1 + (long) turned * dimension;
        return values.length < end
                ? null
                : new Projection(
                        new MatrixTurn(dimension, turned, Arrays.copyOfRange(values, 1, (int) end)), values[0]);
    }

    /** The values behind the parameters. */
    float[] others(float[] values) {
        return Arrays.copyOfRange(values, 1 + turn.matrix().length, values.length);
    }

    /** These parameters, and others behind them. */
    float[] parameters(float[] others) {
        float[] matrix = turn.matrix();
        float[] values = new float[1 + matrix.length + others.length];
        values[0] = lost;
        System.arraycopy(matrix, 0, values, 1, matrix.length);
        System.arraycopy(others, 0, values, 1 + matrix.length, others.length);
        return values;
    }

    int turned() {
        return turn.turned();
    }

    void project(float[] vector, float[] out) {
        turn.turn(vector, out, out);
    }

    double[] project(double[] vector) {
        float[] values = new float[vector.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) vector[i];
        }
        float[] projected = new float[turned()];
        project(values, projected);
        double[] out = new double[projected.length];
        Arrays.setAll(out, i -> projected[i]);
        return out;
    }

    /** The vectors of a sample, projected. */
    Sample sample(Sample whole) {
        float[] row = new float[turn.dimension()];
        return new Sample() {
            @Override
            public int size() {
                return whole.size();
            }

            @Override
            public void copy(int place, float[] into) {
                whole.copy(place, row);
                project(row, into);
            }

            @Override
            public void origin(int place, float[] into) {
                whole.origin(place, row);
                project(row, into);
            }
        };
    }

    /** What is to be added to the error of an estimate: the deviation of what was lost of a query. */
    double error(Form form, float[] query) {
        return form == Form.DOT ? lost * Norms.of(query) : lost;
    }
}
