package dev.vicino.code;

import java.util.Arrays;

/**
 * The levels of RaBitQ: cuts −range … range of a residual r into 2^B steps, u being the number of the step of a value and
 * y = u − (2^B − 1)/2, with the range of some that makes the angle between y and r smallest. Not safe for use by several threads.
 */
final class BitLevels {
    static final int MAX_BITS = 8;

    /** Ranges of the values tried, in multiples of their deviation; near to those that are best for a normal distribution. */
    private static final float[][] RANGES = {
        {},
        {1},
        {1.8f, 2.0f, 2.2f},
        {2.0f, 2.25f, 2.5f},
        {2.3f, 2.6f, 2.9f, 3.2f},
        {2.6f, 2.9f, 3.2f, 3.5f},
        {2.9f, 3.2f, 3.5f, 3.8f},
        {3.1f, 3.5f, 3.9f, 4.3f},
        {3.3f, 3.8f, 4.3f, 4.8f}
    };

    private final int bits;
    private final float half;
    private final byte[] values;
    private final byte[] best;
    private double square;
    private double product;
    private long sum;
    private double rangeProduct;
    private long rangeSum;

    BitLevels(int bits, int size) {
        this.bits = bits;
        this.half = ((1 << bits) - 1) / 2f;
        this.values = new byte[size];
        this.best = new byte[size];
    }

    void quantise(float[] residual) {
        square = 0;
        for (float value : residual) {
            square += (double) value * value;
        }
        float deviation = (float) Math.sqrt(square / residual.length);
        double highest = -1;
        for (float range : RANGES[bits]) {
            double quality = deviation > 0 ? quantise(residual, range * deviation) : -1;
            if (quality > highest) {
                highest = quality;
                product = rangeProduct;
                sum = rangeSum;
                System.arraycopy(values, 0, best, 0, best.length);
            }
        }
        if (highest < 0) { // the mean itself, or so near or far that single precision says no more
            Arrays.fill(best, (byte) 0);
            product = 0;
            sum = 0;
        }
    }

    /** Cuts −range … range into steps; gives the square of the cosine of the residual and y, but for ‖r‖. */
    private double quantise(float[] residual, float range) {
        int top = (1 << bits) - 1;
        float inverse = (1 << bits) / (2 * range);
        float norm = 0;
        float dot = 0;
        int codes = 0;
        for (int i = 0; i < residual.length; i++) {
            int value = Math.max(0, Math.min(top, (int) ((residual[i] + range) * inverse)));
            value = residual[i] + range < 0 ? 0 : value;
            values[i] = (byte) value;
            float y = value - half;
            dot += y * residual[i];
            norm += y * y;
            codes += value;
        }
        rangeProduct = dot;
        rangeSum = codes;
        return dot > 0 ? (double) dot * dot / norm : -1;
    }

    /** u, unsigned; overwritten by the next. */
    byte[] values() {
        return best;
    }

    /** ‖r‖². */
    double square() {
        return square;
    }

    /** ⟨y, r⟩; 0 where nothing could be said of r. */
    double product() {
        return product;
    }

    /** ⟨y, v⟩. */
    double product(float[] vector) {
        double dot = 0;
        for (int i = 0; i < vector.length; i++) {
            dot += (double) ((best[i] & 0xff) - half) * vector[i];
        }
        return dot;
    }

    /** Σu. */
    long sum() {
        return sum;
    }

    /** ‖y‖². */
    double norm() {
        double norm = 0;
        for (byte value : best) {
            double y = (value & 0xff) - half;
            norm += y * y;
        }
        return norm;
    }
}
