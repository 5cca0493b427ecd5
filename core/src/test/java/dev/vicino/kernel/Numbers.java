package dev.vicino.kernel;

import java.util.Random;

/** Random numbers that kernels compute with exactly, and some that are hard. */
final class Numbers {
    private Numbers() {}

    /** Whole numbers between −largest and largest. */
    static float[] integers(Random random, int count, int largest) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-largest, largest + 1);
        }
        return values;
    }

    /** Likewise, and half of them the largest. */
    static short[] shorts(Random random, int count, int largest) {
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = (short) (random.nextBoolean() ? largest : random.nextInt(-largest, largest + 1));
        }
        return values;
    }

    /** The same numbers, of which some are no bound at all: NaN rows are never found, nothing is below minus infinity. */
    static float[] withSpecials(Random random, float[] values, float special) {
        for (int i = 0; i < values.length; i++) {
            if (random.nextInt(10) == 0) {
                values[i] = special;
            }
        }
        return values;
    }
}
