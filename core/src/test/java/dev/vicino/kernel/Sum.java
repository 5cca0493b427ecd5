package dev.vicino.kernel;

import java.util.Arrays;

/** The three sums that kernels compute, each with its definition and with the model of its order of additions. */
enum Sum {
    DOT {
        @Override
        void run(RowKernels kernels, float[] query, Rows rows, int from, int count, float[] out) {
            kernels.dot(query, rows, from, count, out);
        }

        @Override
        double term(double x, double q) {
            return x * q;
        }

        @Override
        float add(float x, float q, float sum) {
            return Math.fma(x, q, sum);
        }
    },
    SQUARED_L2 {
        @Override
        void run(RowKernels kernels, float[] query, Rows rows, int from, int count, float[] out) {
            kernels.squaredL2(query, rows, from, count, out);
        }

        @Override
        double term(double x, double q) {
            return (x - q) * (x - q);
        }

        @Override
        float add(float x, float q, float sum) {
            return Math.fma(x - q, x - q, sum);
        }
    },
    L1 {
        @Override
        void run(RowKernels kernels, float[] query, Rows rows, int from, int count, float[] out) {
            kernels.l1(query, rows, from, count, out);
        }

        @Override
        double term(double x, double q) {
            return Math.abs(x - q);
        }

        @Override
        float add(float x, float q, float sum) {
            return sum + Math.abs(x - q);
        }
    };

    abstract void run(RowKernels kernels, float[] query, Rows rows, int from, int count, float[] out);

    abstract double term(double x, double q);

    /** One step of a partial sum. */
    abstract float add(float x, float q, float sum);

    /** What the kernel gives for {@code count} rows; one place more than it may write to is watched. */
    float[] of(RowKernels kernels, float[] query, Rows rows, int from, int count) {
        float[] out = new float[count + 1];
        out[count] = -12345;
        run(kernels, query, rows, from, count, out);
        if (out[count] != -12345) {
            throw new AssertionError(kernels + " wrote beyond " + count + " results");
        }
        return Arrays.copyOf(out, count);
    }

    double exactly(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += term(x[i], q[i]);
        }
        return sum;
    }

    /** Σ|term|, which errors are relative to. */
    double magnitude(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.abs(term(x[i], q[i]));
        }
        return sum;
    }

    /** The sum in the order that {@link RowKernels#PARTIAL_SUMS} documents, written out plainly. */
    float inOrder(float[] x, float[] q) {
        float[] sums = new float[16];
        for (int i = 0; i < x.length; i++) {
            sums[i % 16] = add(x[i], q[i], sums[i % 16]);
        }
        for (int half = 8; half >= 1; half /= 2) {
            for (int j = 0; j < half; j++) {
                sums[j] += sums[j + half];
            }
        }
        return sums[0];
    }
}
