package dev.vicino.kernel;

import static dev.vicino.memory.Memory.FLOAT;
import static dev.vicino.memory.Memory.LONG;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;

/** Plain loops. */
final class ScalarGatherKernels implements GatherKernels {
    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = rows.base(slots[i]);
            long at = rows.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum += base.get(FLOAT, at + 4L * j) * query[j];
            }
            out[i] = sum;
        }
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = rows.base(slots[i]);
            long at = rows.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                float difference = base.get(FLOAT, at + 4L * j) - query[j];
                sum += difference * difference;
            }
            out[i] = sum;
        }
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = rows.base(slots[i]);
            long at = rows.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum += Math.abs(base.get(FLOAT, at + 4L * j) - query[j]);
            }
            out[i] = sum;
        }
    }

    @Override
    public void touch(Slots slots, int[] which, int from, int to, int bytes) {
        // What takes so long that memory does not matter gains nothing.
    }

    @Override
    public Moments moments(float[] values, float[] centre, float[] out) {
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
        return new Moments(least, most, sum, square, product);
    }

    @Override
    public void dotBytes(float[] weights, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = codes.base(slots[i]);
            long at = codes.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < weights.length; j++) {
                sum += base.get(JAVA_BYTE, at + j) * weights[j];
            }
            out[i] = sum;
        }
    }

    @Override
    public void squaredBytes(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = codes.base(slots[i]);
            long at = codes.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < steps.length; j++) {
                float difference = base.get(JAVA_BYTE, at + j) * steps[j] + offsets[j];
                sum += difference * difference;
            }
            out[i] = sum;
        }
    }

    @Override
    public void absoluteBytes(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = codes.base(slots[i]);
            long at = codes.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < steps.length; j++) {
                sum += Math.abs(base.get(JAVA_BYTE, at + j) * steps[j] + offsets[j]);
            }
            out[i] = sum;
        }
    }

    @Override
    public void bits(Planes query, Slots codes, int[] slots, int count, long[] scratch, int[] out) {
        long[] words = query.words();
        long[] weights = query.weights();
        for (int i = 0; i < count; i++) {
            MemorySegment base = codes.base(slots[i]);
            long at = codes.at(slots[i]);
            int sum = 0;
            for (int w = 0; w < weights.length; w++) {
                long x = base.get(LONG, at + 8L * w);
                int ones = 0;
                for (int p = query.planes() - 1; p >= 0; p--) {
                    ones = 2 * ones + Long.bitCount(x & words[p * query.stride() + w]);
                }
                sum += ones << weights[w];
            }
            out[i] = sum;
        }
    }

    @Override
    public void planes(float[] values, int count, float low, float inverse, int planes, long[] words, int stride) {
        for (int w = 0; w < count / Long.SIZE; w++) {
            for (int p = 0; p < planes; p++) {
                words[p * stride + w] = 0;
            }
            for (int j = 0; j < Long.SIZE; j++) {
                int value = (int) ((values[w * Long.SIZE + j] - low) * inverse + 0.5f);
                for (int p = 0; p < planes; p++) {
                    words[p * stride + w] |= (long) (value >>> p & 1) << j;
                }
            }
        }
    }

    @Override
    public int maxPlanes() {
        return 6;
    }
}
