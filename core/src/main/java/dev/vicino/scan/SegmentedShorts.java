package dev.vicino.scan;

import dev.vicino.kernel.Kernels;

/**
 * A vector in whole numbers that are short in every segment: about scale·values, for {@link PrunedBatch}.
 *
 * @param values segment after segment; the place of value i is {@link #place}
 * @param scale what the values are to be multiplied by
 * @param error ‖vector − scale·values‖
 */
record SegmentedShorts(short[] values, float scale, double error) {
    private static final double SMALLEST_SCALE = 0x1p-100;

    /** Where value i of p lies. */
    static int place(int i, int p) {
        return i % PrunedBatch.SEGMENTS * (p / PrunedBatch.SEGMENTS) + i / PrunedBatch.SEGMENTS;
    }

    static SegmentedShorts of(double[] vector) {
        int p = vector.length;
        double[] squares = new double[PrunedBatch.SEGMENTS];
        for (int i = 0; i < p; i++) {
            squares[i % PrunedBatch.SEGMENTS] += vector[i] * vector[i];
        }
        double longest = 0;
        for (double square : squares) {
            longest = Math.max(longest, Math.sqrt(square));
        }
        double scale = Math.max(longest / (PrunedBatch.LONGEST - 2), SMALLEST_SCALE);
        SegmentedShorts rounded = round(vector, (float) scale);
        while (!rounded.fits()) {
            scale *= 1.01; // rounding lengthened a segment
            rounded = round(vector, (float) scale);
        }
        return rounded;
    }

    private static SegmentedShorts round(double[] vector, float scale) {
        int p = vector.length;
        short[] values = new short[p];
        double error = 0;
        for (int i = 0; i < p; i++) {
            short value = (short) Math.rint(vector[i] / scale);
            values[place(i, p)] = value;
            double difference = vector[i] - (double) scale * value;
            error += difference * difference;
        }
        return new SegmentedShorts(values, scale, Math.sqrt(error));
    }

    private boolean fits() {
        return fit(values, 0, values.length);
    }

    /** Whether every segment of p values from a place on is short enough. */
    static boolean fit(short[] values, int from, int p) {
        int segment = p / PrunedBatch.SEGMENTS;
        for (int start = from; start < from + p; start += segment) {
            int square = Kernels.BEST.dot(values, start, values, start, segment);
            if (square > PrunedBatch.LONGEST * PrunedBatch.LONGEST) {
                return false;
            }
        }
        return true;
    }
}
