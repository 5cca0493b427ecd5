package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the kernels compute: exactly on small integers, within the stated bound on reals. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class KernelValuesTest {
    private static final RowKernels SCALAR = new ScalarRowKernels();
    private static final RowKernels SIMD = new SimdRowKernels();
    private static final int ROWS = 7;

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void simdEqualsScalarExactlyOnSmallIntegers(int d) {
        Random random = Seeds.random();
        // No square of a difference of two such numbers, added d times, reaches 2²⁴: every partial sum is exact.
        int largest = Math.min(32, (int) (Math.sqrt((1 << 24) / (double) d) / 2));
        float[] query = Numbers.integers(random, d, largest);
        float[][] values = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            values[r] = Numbers.integers(random, d, largest);
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

    private static void assertNear(Sum sum, RowKernels kernels, float[][] values, float[] query, Rows rows) {
        float[] found = sum.of(kernels, query, rows, 0, values.length);
        for (int r = 0; r < values.length; r++) {
            double exact = sum.exactly(values[r], query);
            double bound = Kernels.relativeError(query.length) * sum.magnitude(values[r], query);
            assertThat((double) found[r])
                    .as("%s %s of row %s", kernels, sum, r)
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
