package dev.vicino.kernel;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Plain loops. */
final class ScalarHalfGathers implements HalfGathers {
    private static final ValueLayout.OfShort HALF = JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static float value(MemorySegment base, long row, int i) {
        return Float.float16ToFloat(base.get(HALF, row + 2L * i));
    }

    @Override
    public void dot(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = rows.base(slots[i]);
            long row = rows.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum += value(base, row, j) * query[j];
            }
            out[i] = sum;
        }
    }

    @Override
    public void squaredL2(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = rows.base(slots[i]);
            long row = rows.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                float difference = value(base, row, j) - query[j];
                sum += difference * difference;
            }
            out[i] = sum;
        }
    }

    @Override
    public void l1(float[] query, Slots rows, int[] slots, int count, float[] out) {
        for (int i = 0; i < count; i++) {
            MemorySegment base = rows.base(slots[i]);
            long row = rows.at(slots[i]);
            float sum = 0;
            for (int j = 0; j < query.length; j++) {
                sum += Math.abs(value(base, row, j) - query[j]);
            }
            out[i] = sum;
        }
    }
}
