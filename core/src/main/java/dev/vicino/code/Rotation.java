package dev.vicino.code;

import dev.vicino.kernel.BitGathers;
import dev.vicino.kernel.Kernels;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A random rotation, so that no value of a vector matters more than others: rounds of random signs, a random order, and Hadamard
 * transforms between the 16 columns that result when values are written in lines of 16. Within a line nothing is mixed but by the order
 * of the next round, so that every step works on whole SIMD vectors.
 *
 * <p>Turns d values into D, d filled up to a multiple of 64 with zeros. Lengths and angles stay as they are but for rounding.
 */
final class Rotation implements Turn {
    /** Each mixes one value with as many others as a window has lines; with few lines it takes one more. */
    private static final int ROUNDS = 3;

    private static final int FEW_LINES = 16;
    private static final int LINE = BitGathers.LINE;
    private static final BitGathers KERNELS = Kernels.BEST.bitGathers();

    private final int dimension;
    private final int rotated;
    private final int window;
    private final float scale;
    private final int[][] orders;
    private final float[][] signs;

    Rotation(int dimension, long seed) {
        this.dimension = dimension;
        this.rotated = Math.ceilDiv(dimension, Long.SIZE) * Long.SIZE;
        this.window = LINE * Integer.highestOneBit(rotated / LINE);
        this.scale = (float) (1 / Math.sqrt((double) window / LINE));
        int rounds = window / LINE < FEW_LINES ? ROUNDS + 1 : ROUNDS;
        this.orders = new int[rounds][];
        this.signs = new float[rounds][];
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < rounds; round++) {
            orders[round] = order(random);
            signs[round] = new float[rotated];
            for (int i = 0; i < rotated; i++) {
                signs[round][i] = random.nextBoolean() ? 1 : -1;
            }
        }
    }

    private int[] order(SplittableRandom random) {
        int[] order = new int[rotated];
        for (int i = 0; i < rotated; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        return order;
    }

    /** D. */
    @Override
    public int turned() {
        return rotated;
    }

    @Override
    public void turn(float[] vector, float[] out, float[] scratch) {
        System.arraycopy(vector, 0, out, 0, dimension);
        Arrays.fill(out, dimension, rotated, 0);
        for (int round = 0; round < orders.length; round++) {
            reorder(out, orders[round], signs[round], scratch);
            KERNELS.hadamard(scratch, 0, window, scale);
            if (window < rotated) {
                KERNELS.hadamard(
                        scratch,
                        rotated - window,
                        window,
                        scale); // D is no power of two: two windows that overlap cover it
            }
            System.arraycopy(scratch, 0, out, 0, rotated);
        }
    }

    private static void reorder(float[] values, int[] order, float[] signs, float[] out) {
        for (int i = 0; i < order.length; i++) {
            out[i] = values[order[i]] * signs[i];
        }
    }

    /** Every step is its own inverse, but for the order. */
    @Override
    public void back(float[] turned, float[] out) {
        float[] values = new float[rotated];
        for (int round = orders.length - 1; round >= 0; round--) {
            if (window < rotated) {
                KERNELS.hadamard(turned, rotated - window, window, scale);
            }
            KERNELS.hadamard(turned, 0, window, scale);
            for (int i = 0; i < rotated; i++) {
                values[orders[round][i]] = turned[i] * signs[round][i];
            }
            System.arraycopy(values, 0, turned, 0, rotated);
        }
        System.arraycopy(turned, 0, out, 0, dimension);
    }
}
