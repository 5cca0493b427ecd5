package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That SIMD adds in the documented order, to the last bit: run at every width, this shows that all widths agree. Enough rows that the
 * JIT compiles the kernels on the way, so compiled code agrees with interpreted too.
 */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class KernelOrderTest {
    private static final RowKernels SIMD = new SimdRowKernels();
    private static final int ROWS = 64;
    private static final int ROUNDS = 8;

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void simdAddsInTheDocumentedOrderToTheLastBit(int d) {
        Random random = Seeds.random();
        float[][] values = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            values[r] = reals(random, d);
        }
        float[] query = reals(random, d);
        try (Block block = Block.of(values, 4)) {
            for (Sum sum : Sum.values()) {
                float[] expected = new float[ROWS];
                for (int r = 0; r < ROWS; r++) {
                    expected[r] = sum.inOrder(values[r], query);
                }
                for (int round = 0; round < ROUNDS; round++) {
                    assertThat(sum.of(SIMD, query, block.rows, 0, ROWS))
                            .as("%s in round %s", sum, round)
                            .isEqualTo(expected);
                }
            }
        }
    }

    /** Of many magnitudes, so that another order would give another sum; zeros of both signs among them. */
    private static float[] reals(Random random, int count) {
        float[] values = Seeds.reals(random, count);
        for (int i = 0; i < count; i++) {
            values[i] *= Math.scalb(1f, random.nextInt(-12, 13));
            if (random.nextInt(20) == 0) {
                values[i] = random.nextBoolean() ? 0f : -0f;
            }
        }
        return values;
    }
}
