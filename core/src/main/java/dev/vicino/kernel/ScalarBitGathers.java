package dev.vicino.kernel;

import static dev.vicino.memory.Memory.LONG;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;

/** Plain loops. */
final class ScalarBitGathers implements BitGathers {
    @Override
    public void hadamard(float[] values, int from, int count, float scale) {
        for (int half = LINE; half < count; half *= 2) {
            for (int i = from; i < from + count; i += 2 * half) {
                butterflies(values, i, half);
            }
        }
        for (int i = from; i < from + count; i++) {
            values[i] *= scale;
        }
    }

    private static void butterflies(float[] values, int from, int half) {
        for (int i = from; i < from + half; i++) {
            float a = values[i];
            float b = values[i + half];
            values[i] = a + b;
            values[i + half] = a - b;
        }
    }

    @Override
    public void describe(float[] values, float[] centre, float[] out, float[] sums) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        float sum = 0;
        float square = 0;
        float product = 0;
        for (int i = 0; i < centre.length; i++) {
            float difference = values[i] - centre[i];
            out[i] = difference;
            least = Math.min(least, difference);
            most = Math.max(most, difference);
            sum += difference;
            square += difference * difference;
            product += values[i] * centre[i];
        }
        sums[0] = least;
        sums[1] = most;
        sums[2] = sum;
        sums[3] = square;
        sums[4] = product;
    }

    @Override
    public void planes(float[] values, int count, float low, float inverse, long[] words, int stride) {
        for (int w = 0; w < count / Long.SIZE; w++) {
            for (int p = 0; p < PLANES; p++) {
                words[p * stride + w] = 0;
            }
            for (int j = 0; j < Long.SIZE; j++) {
                int value = (int) ((values[w * Long.SIZE + j] - low) * inverse + 0.5f);
                for (int p = 0; p < PLANES; p++) {
                    words[p * stride + w] |= (long) (value >>> p & 1) << j;
                }
            }
        }
    }

    @Override
    public void dot(Planes query, Slots codes, int[] slots, int count, long[] scratch, int[] out) {
        long[] words = query.words();
        long[] weights = query.weights();
        for (int i = 0; i < count; i++) {
            MemorySegment base = codes.base(slots[i]);
            long at = codes.at(slots[i]);
            int sum = 0;
            for (int w = 0; w < weights.length; w++) {
                long x = base.get(LONG, at + 8L * w);
                int ones = 0;
                for (int p = PLANES - 1; p >= 0; p--) {
                    ones = 2 * ones + Long.bitCount(x & words[p * query.stride() + w]);
                }
                sum += ones << weights[w];
            }
            out[i] = sum;
        }
    }
}
