package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows column by column: the sums are those of rows one behind the other, bit for bit, and a box is never farther than a row in it. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class ColumnKernelsTest {
    private static final ColumnKernels[] BOTH = {new ScalarColumnKernels(), new SimdColumnKernels()};
    private static final RowKernels[] ROWS = {new ScalarRowKernels(), new SimdRowKernels()};

    /** As often as the JIT needs to compile. */
    private static final int ROUNDS = 20;

    private final Random random = Seeds.random();
    private final float[] scratch = new float[ColumnKernels.SCRATCH];

    private static void compare(
            Sum sum, ColumnKernels kernels, float[] q, float[] columns, int stride, float[] out, float[] scratch) {
        switch (sum) {
            case DOT -> kernels.dot(q, columns, stride, out, scratch);
            case SQUARED_L2 -> kernels.squaredL2(q, columns, stride, out, scratch);
            case L1 -> kernels.l1(q, columns, stride, out, scratch);
        }
    }

    private static void bound(
            Sum sum, ColumnKernels kernels, float[] q, float[] low, float[] high, float[] out, float[] scratch) {
        int stride = low.length / q.length;
        switch (sum) {
            case DOT -> kernels.greatestDot(q, low, high, stride, out, scratch);
            case SQUARED_L2 -> kernels.leastSquaredL2(q, low, high, stride, out, scratch);
            case L1 -> kernels.leastL1(q, low, high, stride, out, scratch);
        }
    }

    /** Of many magnitudes, so that another order would give another sum; zeros of both signs among them. */
    private float[] reals(int count) {
        float[] values = Seeds.reals(random, count);
        for (int i = 0; i < count; i++) {
            values[i] *= Math.scalb(1f, random.nextInt(-12, 13));
            if (random.nextInt(20) == 0) {
                values[i] = random.nextBoolean() ? 0f : -0f;
            }
        }
        return values;
    }

    private static float[] columns(float[][] rows, int stride, int d) {
        float[] columns = new float[stride * d];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < d; c++) {
                columns[c * stride + i] = rows[i][c];
            }
        }
        return columns;
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void sumsAreThoseOfRowsToTheLastBit(int d) {
        for (int count : new int[] {1, 15, 16, 33, 64}) {
            float[][] rows = new float[count][];
            for (int i = 0; i < count; i++) {
                rows[i] = reals(d);
            }
            int stride = ColumnKernels.stride(count);
            float[] columns = columns(rows, stride, d);
            float[] query = reals(d);
            try (Block block = Block.of(rows, 4)) {
                for (int version = 0; version < BOTH.length; version++) {
                    for (Sum sum : Sum.values()) {
                        float[] expected = sum.of(ROWS[version], query, block.rows, 0, count);
                        for (int round = 0; round < ROUNDS; round++) {
                            float[] out = new float[stride];
                            compare(sum, BOTH[version], query, columns, stride, out, scratch);
                            assertThat(Arrays.copyOf(out, count))
                                    .as("%s of %s rows by %s", sum, count, BOTH[version])
                                    .isEqualTo(expected);
                        }
                    }
                }
            }
        }
    }

    /** Rows at the corners and on the faces of their boxes too; queries inside and outside. */
    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void noRowIsNearerThanItsBox(int d) {
        int stride = ColumnKernels.LANES;
        for (int round = 0; round < ROUNDS; round++) {
            float[][] rows = new float[stride][];
            float[][] lows = new float[stride][d];
            float[][] highs = new float[stride][d];
            for (int i = 0; i < stride; i++) {
                rows[i] = reals(d);
                for (int c = 0; c < d; c++) {
                    lows[i][c] = rows[i][c] - random.nextInt(3) * random.nextFloat();
                    highs[i][c] = rows[i][c] + random.nextInt(3) * random.nextFloat();
                }
            }
            float[] query = reals(d);
            float[] low = columns(lows, stride, d);
            float[] high = columns(highs, stride, d);
            for (ColumnKernels kernels : BOTH) {
                for (Sum sum : Sum.values()) {
                    float[] distances = new float[stride];
                    float[] bounds = new float[stride];
                    compare(sum, kernels, query, columns(rows, stride, d), stride, distances, scratch);
                    bound(sum, kernels, query, low, high, bounds, scratch);
                    for (int i = 0; i < stride; i++) {
                        assertThat(sum == Sum.DOT ? -bounds[i] : bounds[i])
                                .as("%s of box %s by %s", sum, i, kernels)
                                .isLessThanOrEqualTo(sum == Sum.DOT ? -distances[i] : distances[i]);
                    }
                }
            }
        }
    }

    /** A box of one row is that row. */
    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void aBoxWithoutExtentIsItsRow(int d) {
        int stride = ColumnKernels.LANES;
        float[][] rows = new float[stride][];
        for (int i = 0; i < stride; i++) {
            rows[i] = reals(d);
        }
        float[] query = reals(d);
        float[] columns = columns(rows, stride, d);
        for (ColumnKernels kernels : BOTH) {
            for (Sum sum : Sum.values()) {
                float[] distances = new float[stride];
                float[] bounds = new float[stride];
                compare(sum, kernels, query, columns, stride, distances, scratch);
                bound(sum, kernels, query, columns, columns, bounds, scratch);
                assertThat(bounds).as("%s by %s", sum, kernels).isEqualTo(distances);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 16, 17, 31, 32, 48, 63, 64})
    void whichAreAtMostAThresholdIsToldByBits(int count) {
        float[] values = Numbers.withSpecials(random, Numbers.integers(random, 64, 5), Float.NaN);
        for (ColumnKernels kernels : BOTH) {
            for (int round = 0; round < 100 * ROUNDS; round++) {
                float threshold = random.nextInt(-6, 7);
                long expected = 0;
                for (int i = 0; i < count; i++) {
                    expected |= values[i] <= threshold ? 1L << i : 0;
                }
                assertThat(kernels.atMost(values, count, threshold))
                        .as("at most %s by %s", threshold, kernels)
                        .isEqualTo(expected);
            }
        }
    }
}
