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

    /** ‖values‖ in a segment is at most this: two such segments and a few dozen more have a product that fits in 16 bits with a sign. */
    static final int LONGEST = 180;

    /** A segment has no more values than these, so that rounding them to whole numbers is a small part of its length. */
    private static final int MAX_SEGMENT = 48;

    /** The number of segments divides p, which is a multiple of 32. */
    private static final int MAX_SHIFT = 5;

    /** log₂ of the number of segments that p values have. */
    static int shift(int p) {
        int shift = 0;
        while (p >> shift > MAX_SEGMENT && shift < MAX_SHIFT) {
            shift++;
        }
        return shift;
    }

    /** Value i belongs to segment i mod this, so that the long leading components are spread. */
    static int segments(int p) {
        return 1 << shift(p);
    }

    /** Where value i of p lies. */
    static int place(int i, int p) {
        int segments = segments(p);
        return i % segments * (p / segments) + i / segments;
    }

    static SegmentedShorts of(double[] vector) {
        int p = vector.length;
        double[] squares = new double[segments(p)];
        for (int i = 0; i < p; i++) {
            squares[i % squares.length] += vector[i] * vector[i];
        }
        double longest = 0;
        for (double square : squares) {
            longest = Math.max(longest, Math.sqrt(square));
        }
        double scale = Math.max(longest / (LONGEST - 2), SMALLEST_SCALE);
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
        int segment = p / segments(p);
        for (int start = from; start < from + p; start += segment) {
            int square = Kernels.BEST.shorts().dot(values, start, values, start, segment);
            if (square > LONGEST * LONGEST) {
                return false;
            }
        }
        return true;
    }
}
