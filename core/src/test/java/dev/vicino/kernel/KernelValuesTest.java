package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernels compute: exactly on small integers, within the stated bound on reals. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class KernelValuesTest {
    private static final Kernels SCALAR = new ScalarKernels();
    private static final Kernels SIMD = new SimdKernels();
    private static final int ROWS = 7;

    @Test
    void simdIsChosenWhereTheModuleIsThere() {
        assertThat(Kernels.BEST).isInstanceOf(SimdKernels.class);
        String bits = System.getProperty("vicino.vectorBits", "128|256|512");
        assertThat(Kernels.BEST.description()).matches("SIMD, (" + bits + ") bits");
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void simdEqualsScalarExactlyOnSmallIntegers(int d) {
        Random random = Seeds.random();
        // No square of a difference of two such numbers, added d times, reaches 2²⁴: every partial sum is exact.
        int largest = Math.min(32, (int) (Math.sqrt((1 << 24) / (double) d) / 2));
        float[] query = integers(random, d, largest);
        float[][] values = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            values[r] = integers(random, d, largest);
        }
        for (int start : Block.STARTS) {
            try (Block block = Block.of(values, start)) {
                assertExact(block.rows, values, query, start);
            }
        }
    }

    private static void assertExact(Rows rows, float[][] values, float[] query, int start) {
        for (Sum sum : Sum.values()) {
            for (int from = 0; from < ROWS; from++) {
                int count = ROWS - from;
                float[] exact = new float[count];
                for (int r = 0; r < count; r++) {
                    exact[r] = (float) sum.exactly(values[from + r], query);
                }
                assertThat(sum.of(SCALAR, query, rows, from, count))
                        .as("scalar %s, start %s, from %s", sum, start, from)
                        .isEqualTo(exact);
                assertThat(sum.of(SIMD, query, rows, from, count))
                        .as("SIMD %s, start %s, from %s", sum, start, from)
                        .isEqualTo(exact);
            }
        }
    }

    private static float[] integers(Random random, int count, int largest) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-largest, largest + 1);
        }
        return values;
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void bothKeepWithinTheStatedErrorOnReals(int d) {
        Random random = Seeds.random();
        float[][] values = {
            Seeds.reals(random, d), uniform(random, d), ofAllMagnitudes(random, d), ofAllMagnitudes(random, d)
        };
        float[][] queries = {Seeds.reals(random, d), uniform(random, d), ofAllMagnitudes(random, d)};
        try (Block block = Block.of(values, 4)) {
            for (float[] query : queries) {
                for (Sum sum : Sum.values()) {
                    assertNear(sum, SCALAR, values, query, block.rows);
                    assertNear(sum, SIMD, values, query, block.rows);
                }
            }
        }
    }

    private static void assertNear(Sum sum, Kernels kernels, float[][] values, float[] query, Rows rows) {
        float[] found = sum.of(kernels, query, rows, 0, values.length);
        for (int r = 0; r < values.length; r++) {
            double exact = sum.exactly(values[r], query);
            double bound = Kernels.relativeError(query.length) * sum.magnitude(values[r], query);
            assertThat((double) found[r])
                    .as("%s %s of row %s", kernels.description(), sum, r)
                    .isBetween(exact - bound, exact + bound);
        }
    }

    private static float[] uniform(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    private static float[] ofAllMagnitudes(Random random, int count) {
        float[] values = Seeds.reals(random, count);
        for (int i = 0; i < count; i++) {
            values[i] *= Math.scalb(1f, random.nextInt(-15, 16));
        }
        return values;
    }
}
