package dev.vicino.kernel;

import static dev.vicino.memory.Memory.FLOAT;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;

/** Plain loops. */
final class ScalarRowGathers implements RowGathers {
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
}
