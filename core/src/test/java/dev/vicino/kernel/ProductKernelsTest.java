package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The matrix product and the bounds made of it, both versions against plain loops, on whole numbers that are exact. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class ProductKernelsTest {
    @SuppressWarnings("unused") // by name
    private static final List<ProductKernels> BOTH = List.of(new ScalarProductKernels(), new SimdProductKernels());

    private static final int[] DIMENSIONS = {1, 2, 3, 15, 16, 17, 33, 64, 100, 384, 1536};
    private static final int GROUPS = 3;
    private static final int ROUNDS = 40;

    private final Random random = Seeds.random();

    /** Rows are read, and products written, up to the next whole tile. */
    private static int tiled(int rows) {
        return Math.ceilDiv(rows, ProductKernels.TILE_ROWS) * ProductKernels.TILE_ROWS;
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void productsAreThoseOfAPlainLoop(ProductKernels kernels) {
        int size = kernels.groupSize();
        for (int d : DIMENSIONS) {
            for (int count = 1; count <= 2 * ProductKernels.TILE_ROWS + 1; count++) {
                float[] queries = Numbers.integers(random, GROUPS * size * d, 32);
                float[] rows = Numbers.integers(random, tiled(count) * d, 32);
                for (int group = 0; group < GROUPS; group++) {
                    float[] out = new float[tiled(count) * size];
                    kernels.products(queries, group * size * d, rows, count, d, out);
                    for (int place = 0; place < count * size; place++) {
                        float expected = 0;
                        for (int i = 0; i < d; i++) {
                            expected += rows[place / size * d + i] * queries[(group * d + i) * size + place % size];
                        }
                        assertThat(out[place])
                                .as("d = %s, %s rows, place %s", d, count, place)
                                .isEqualTo(expected);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void tablesAreThoseOfAPlainLoop(ProductKernels kernels) {
        int[] starts = {0, 1, 1, 4, 20};
        for (int size : new int[] {16, 48, 256}) {
            float[] values = Numbers.integers(random, 20, 32);
            float[] codebooks = Numbers.integers(random, 20 * size, 32);
            float[] out = new float[4 * size];
            Arrays.fill(out, 7);
            kernels.tables(values, starts, codebooks, size, out);
            for (int place = 0; place < out.length; place++) {
                float expected = 0;
                for (int i = starts[place / size]; i < starts[place / size + 1]; i++) {
                    expected += values[i] * codebooks[i * size + place % size];
                }
                assertThat(out[place]).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void leastIsThatOfAPlainLoop(ProductKernels kernels) {
        int size = kernels.groupSize();
        int count = 7;
        float[] least = new float[count * size];
        int[] groupOf = new int[count * size];
        Arrays.fill(least, 5);
        float[] expected = least.clone();
        int[] expectedGroups = new int[count * size];
        float[] offsets = Numbers.integers(random, ROUNDS * size, 32);
        for (int group = 0; group < ROUNDS; group++) {
            float[] products = Numbers.integers(random, count * size, 32);
            kernels.least(products, count, offsets, group, least, groupOf);
            for (int place = 0; place < count * size; place++) {
                float value = offsets[group * size + place % size] - products[place];
                if (value < expected[place]) {
                    expected[place] = value;
                    expectedGroups[place] = group;
                }
            }
            assertThat(least).isEqualTo(expected);
            assertThat(groupOf).isEqualTo(expectedGroups);
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void boundedFindsWhatAPlainLoopFinds(ProductKernels kernels) {
        int size = kernels.groupSize();
        for (int round = 0; round < ROUNDS; round++) {
            int count = 1 + random.nextInt(20);
            float[] products = Numbers.integers(random, count * size, 100);
            float[] scales = Numbers.withSpecials(random, Numbers.integers(random, count, 10), Float.NaN);
            float[] terms = Numbers.integers(random, count, 50);
            float[] factors = Numbers.integers(random, GROUPS * size, 5);
            float[] offsets = Numbers.integers(random, GROUPS * size, 50);
            float[] thresholds =
                    Numbers.withSpecials(random, Numbers.integers(random, GROUPS * size, 300), Float.NEGATIVE_INFINITY);
            thresholds[random.nextInt(thresholds.length)] = Float.POSITIVE_INFINITY;
            for (int query = 0; query < GROUPS * size; query += size) {
                int first = query;
                float[] lower = new float[count * size];
                int[] places = new int[count * size];
                int found = kernels.bounded(
                        products, count, scales, terms, factors, offsets, thresholds, query, lower, places);
                float[] bounds = new float[count * size];
                for (int place = 0; place < bounds.length; place++) {
                    int row = place / size;
                    int lane = first + place % size;
                    bounds[place] = products[place] * scales[row] + terms[row] * factors[lane] + offsets[lane];
                }
                int[] expected = IntStream.range(0, bounds.length)
                        .filter(place -> bounds[place] <= thresholds[first + place % size])
                        .toArray();
                int[] rising = Arrays.copyOf(places, found);
                Arrays.sort(rising);
                assertThat(rising).isEqualTo(expected);
                for (int place : expected) {
                    assertThat(lower[place]).as("bound in place %s", place).isEqualTo(bounds[place]);
                }
            }
        }
    }
}
