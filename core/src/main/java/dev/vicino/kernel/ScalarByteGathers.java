package dev.vicino.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;

/** Plain loops. */
final class ScalarByteGathers implements ByteGathers {
    @Override
    public void dot(float[] weights, Slots codes, int[] slots, int count, float[] out) {
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
    public void squaredL2(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
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
    public void l1(float[] steps, float[] offsets, Slots codes, int[] slots, int count, float[] out) {
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
}
