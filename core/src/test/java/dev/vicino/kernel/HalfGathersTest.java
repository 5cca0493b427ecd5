package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.testing.Seeds;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Rows of float16, both versions against what they were written from. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class HalfGathersTest {
    @SuppressWarnings("unused") // by name
    private static final List<HalfGathers> BOTH = List.of(new ScalarHalfGathers(), new SimdHalfGathers());

    private final Random random = Seeds.random();

    @ParameterizedTest
    @FieldSource("BOTH")
    void sumsAreThoseOfAPlainLoop(HalfGathers kernels) {
        for (int width : new int[] {16, 48, 384}) {
            int rows = 9;
            int bytes = 2 * width + 4;
            try (Memory memory = Memory.allocate((long) rows * bytes + 64)) {
                float[] values = Numbers.integers(random, rows * width, 32);
                for (int i = 0; i < values.length; i++) {
                    put(memory, (long) i / width * bytes + 2L * (i % width), values[i]);
                }
                Slots slots = Slots.window(bytes);
                slots.moveTo(memory.base(), memory.start());
                float[] query = Numbers.integers(random, width, 32);
                int[] which = {8, 0, 3, 3};
                float[] dot = new float[4];
                float[] square = new float[4];
                float[] l1 = new float[4];
                kernels.dot(query, slots, which, 4, dot);
                kernels.squaredL2(query, slots, which, 4, square);
                kernels.l1(query, slots, which, 4, l1);
                for (int i = 0; i < which.length; i++) {
                    float[] expected = new float[3];
                    for (int j = 0; j < width; j++) {
                        float value = values[which[i] * width + j];
                        expected[0] += value * query[j];
                        expected[1] += (value - query[j]) * (value - query[j]);
                        expected[2] += Math.abs(value - query[j]);
                    }
                    assertThat(new float[] {dot[i], square[i], l1[i]}).isEqualTo(expected);
                }
            }
        }
    }

    /** Every finite float16 is read as what it is, subnormal ones and both zeros too. */
    @ParameterizedTest
    @FieldSource("BOTH")
    void everyValueIsReadAsItIs(HalfGathers kernels) {
        try (Memory memory = Memory.allocate(32 + 64)) {
            Slots slots = Slots.window(32);
            slots.moveTo(memory.base(), memory.start());
            float[] query = new float[16];
            query[5] = 1;
            float[] out = new float[1];
            for (int bits = Short.MIN_VALUE; bits <= Short.MAX_VALUE; bits++) {
                float value = Float.float16ToFloat((short) bits);
                if (Float.isFinite(value)) {
                    put(memory, 10, value);
                    kernels.dot(query, slots, new int[] {0}, 1, out);
                    if (out[0] != value) {
                        assertThat(out[0]).as("bits %s", bits).isEqualTo(value);
                    }
                }
            }
        }
    }

    private static void put(Memory memory, long at, float value) {
        memory.segment().set(ValueLayout.JAVA_SHORT_UNALIGNED, at, Float.floatToFloat16(value));
    }
}
