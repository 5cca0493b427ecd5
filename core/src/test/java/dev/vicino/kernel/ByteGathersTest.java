package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Codes of bytes anywhere: SIMD against plain loops and both against their definitions; on small integers every order is exact. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class ByteGathersTest {
    private static final ByteGathers[] BOTH = {new ScalarByteGathers(), new SimdByteGathers()};
    private static final int ROWS = FilledSlots.ROWS;

    /** As often as the JIT needs to compile. */
    private static final int ROUNDS = 30;

    private final Random random = Seeds.random();

    /** Multiples of 16, as codes are filled up to. */
    private static IntStream byteLengths() {
        return IntStream.of(16, 32, 48, 64, 80, 96, 112, 128, 144, 400, 768, 1040);
    }

    @ParameterizedTest
    @MethodSource("byteLengths")
    void bytesAreComparedAsTheDefinitionSays(int length) {
        try (FilledSlots filled = new FilledSlots((length + 63) / 64 * 64)) {
            byte[][] codes = new byte[ROWS][length];
            for (int r = 0; r < ROWS; r++) {
                random.nextBytes(codes[r]);
                if (r == 0) {
                    Arrays.fill(codes[r], (byte) -128);
                } else if (r == 1) {
                    Arrays.fill(codes[r], (byte) 127);
                }
                filled.put(r, codes[r]);
            }
            float[] weights = Numbers.integers(random, length, 8);
            float[] steps = Numbers.integers(random, length, 1);
            float[] offsets = Numbers.integers(random, length, 9);
            for (int count = 0; count <= 9; count++) {
                int[] slots = FilledSlots.some(random, count);
                if (count > 1) {
                    slots[0] = 0;
                    slots[1] = 1;
                }
                for (ByteGathers kernels : BOTH) {
                    for (int round = 0; round < ROUNDS; round++) {
                        float[] dot = new float[count];
                        float[] squared = new float[count];
                        float[] absolute = new float[count];
                        kernels.dot(weights, filled.slots, slots, count, dot);
                        kernels.squaredL2(steps, offsets, filled.slots, slots, count, squared);
                        kernels.l1(steps, offsets, filled.slots, slots, count, absolute);
                        for (int i = 0; i < count; i++) {
                            byte[] code = codes[slots[i]];
                            assertThat((double) dot[i])
                                    .isEqualTo(IntStream.range(0, length)
                                            .mapToDouble(j -> code[j] * weights[j])
                                            .sum());
                            // Up to 137² · 1040 is beyond 2²⁴: the sum may be rounded.
                            double square = IntStream.range(0, length)
                                    .mapToDouble(j -> difference(code, steps, offsets, j))
                                    .map(x -> x * x)
                                    .sum();
                            assertThat((double) squared[i]).isBetween(square * (1 - 1e-5), square * (1 + 1e-5));
                            assertThat((double) absolute[i])
                                    .isEqualTo(IntStream.range(0, length)
                                            .mapToDouble(j -> Math.abs(difference(code, steps, offsets, j)))
                                            .sum());
                        }
                    }
                }
            }
        }
    }

    private static double difference(byte[] code, float[] steps, float[] offsets, int i) {
        return (double) code[i] * steps[i] + offsets[i];
    }
}
