package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.Kernels.QueryTerms;
import dev.vicino.kernel.Kernels.RowTerms;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The matrix products and the bounds made of them, both versions against plain loops, on whole numbers that are exact. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class ProductKernelsTest {
    @SuppressWarnings("unused") // by name
    private static final List<Kernels> BOTH = List.of(new ScalarKernels(), new SimdKernels());

    private static final int[] DIMENSIONS = {1, 2, 3, 15, 16, 17, 33, 64, 100, 384, 1536};
    private static final int GROUPS = 3;
    private static final int ROUNDS = 40;

    private final Random random = Seeds.random();

    private float[] integers(int count, int largest) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-largest, largest + 1);
        }
        return values;
    }

    private short[] shorts(int count, int largest) {
        short[] values = new short[count];
        for (int i = 0; i < count; i++) {
            values[i] = (short) (random.nextBoolean() ? largest : random.nextInt(-largest, largest + 1));
        }
        return values;
    }

    /** Rows are read, and products written, up to the next whole tile. */
    private static int tiled(int rows) {
        return Math.ceilDiv(rows, Kernels.TILE_ROWS) * Kernels.TILE_ROWS;
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void productsAreThoseOfAPlainLoop(Kernels kernels) {
        int size = kernels.groupSize();
        for (int d : DIMENSIONS) {
            for (int count = 1; count <= 2 * Kernels.TILE_ROWS + 1; count++) {
                float[] queries = integers(GROUPS * size * d, 32);
                float[] rows = integers(tiled(count) * d, 32);
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
    void shortProductsAreThoseOfAPlainLoop(Kernels kernels) {
        for (int segment : new int[] {1, 2, 8, 32, 48}) {
            for (int segments : new int[] {1, 2, 5}) {
                for (int count = 1; count <= 2 * Kernels.TILE_ROWS + 1; count++) {
                    assertShortProducts(kernels, segment, segment * segments, count);
                }
                assertShortProducts(kernels, segment, segment * segments, 96);
            }
        }
    }

    private void assertShortProducts(Kernels kernels, int segment, int d, int count) {
        int size = kernels.shortGroupSize();
        int largest = (int) Math.sqrt(32_000 / (double) segment); // no segment leaves 16 bits, the whole sum may
        int shift = Integer.numberOfTrailingZeros(Integer.highestOneBit(2 * d / segment - 1));
        short[] queries = shorts(GROUPS * size * d, largest);
        short[] rows = shorts(tiled(count) * d, largest);
        for (int group = 0; group < GROUPS; group++) {
            short[] out = shorts(tiled(count) * size, 1000); // what is there already does not matter
            kernels.shortProducts(queries, group * size * d, rows, count, d, segment, shift, out);
            for (int place = 0; place < count * size; place++) {
                int expected = 0;
                for (int from = 0; from < d; from += segment) {
                    int part = 0;
                    for (int i = from; i < from + segment; i++) {
                        part += rows[place / size * d + i] * queries[(group * d + i) * size + place % size];
                    }
                    expected += Math.floorDiv(part, 1 << shift);
                }
                assertThat(out[place])
                        .as("d = %s, segment = %s, %s rows, place %s", d, segment, count, place)
                        .isEqualTo((short) expected);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void dotOfShortsIsThatOfAPlainLoop(Kernels kernels) {
        for (int count = 0; count <= 100; count++) {
            short[] a = shorts(count + 9, 4096); // a hundred products of these fit in 32 bits
            short[] b = shorts(count + 9, 4096);
            int aFrom = random.nextInt(10);
            int bFrom = random.nextInt(10);
            int expected = 0;
            for (int i = 0; i < count; i++) {
                expected += a[aFrom + i] * b[bFrom + i];
            }
            assertThat(kernels.dot(a, aFrom, b, bFrom, count))
                    .as("%s values from %s and %s on", count, aFrom, bFrom)
                    .isEqualTo(expected);
        }
    }

    /** Numbers of which some are no bound at all: NaN rows are never found, nothing is below minus infinity. */
    private float[] withSpecials(float[] values, float special) {
        for (int i = 0; i < values.length; i++) {
            if (random.nextInt(10) == 0) {
                values[i] = special;
            }
        }
        return values;
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void boundedFindsWhatAPlainLoopFinds(Kernels kernels) {
        int size = kernels.groupSize();
        for (int round = 0; round < ROUNDS; round++) {
            int count = 1 + random.nextInt(20);
            float[] products = integers(count * size, 100);
            float[] scales = withSpecials(integers(count, 10), Float.NaN);
            float[] terms = integers(count, 50);
            float[] factors = integers(GROUPS * size, 5);
            float[] offsets = integers(GROUPS * size, 50);
            float[] thresholds = withSpecials(integers(GROUPS * size, 300), Float.NEGATIVE_INFINITY);
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

    @ParameterizedTest
    @FieldSource("BOTH")
    void shortBoundedFindsWhatAPlainLoopFinds(Kernels kernels) {
        int size = kernels.shortGroupSize();
        for (int round = 0; round < ROUNDS; round++) {
            int count = 1 + random.nextInt(20);
            short[] products = shorts(count * size, 100);
            RowTerms rows = new RowTerms(
                    withSpecials(integers(count, 10), Float.NaN),
                    integers(count, 900),
                    integers(count, 5),
                    integers(count, 5));
            int lanes = GROUPS * size;
            QueryTerms queries = new QueryTerms(
                    integers(lanes, 3),
                    integers(lanes, 50),
                    integers(lanes, 5),
                    integers(lanes, 5),
                    integers(lanes, 900),
                    withSpecials(integers(lanes, 300), Float.NEGATIVE_INFINITY));
            queries.thresholds()[random.nextInt(lanes)] = Float.POSITIVE_INFINITY;
            for (int query = 0; query < lanes; query += size) {
                int first = query;
                int start = random.nextInt(5);
                float[] lower = new float[start + count * size + Kernels.PARTIAL_SUMS];
                int[] places = new int[lower.length];
                Arrays.fill(places, 0, start, -1);
                int end = kernels.shortBounded(products, count, rows, queries, query, start, lower, places);
                float[] bounds = new float[count * size];
                for (int place = 0; place < bounds.length; place++) {
                    int row = place / size;
                    int lane = first + place % size;
                    float product = queries.factors()[lane] * products[place] + queries.margins()[lane];
                    bounds[place] = queries.offsets()[lane]
                            + rows.terms()[row]
                            - rows.scales()[row] * product
                            - rows.errors()[row] * queries.errorFactors()[lane]
                            - rows.tails()[row] * queries.tailFactors()[lane];
                }
                int[] expected = IntStream.range(0, bounds.length)
                        .filter(place -> bounds[place] <= queries.thresholds()[first + place % size])
                        .toArray();
                for (int i = 0; i < end; i++) {
                    assertThat(lower[i]).as("bound %s", i).isEqualTo(i < start ? 0 : bounds[places[i]]);
                }
                int[] rising = Arrays.copyOfRange(places, start, end);
                Arrays.sort(rising);
                assertThat(rising).isEqualTo(expected);
                assertThat(IntStream.range(0, start).map(i -> places[i]))
                        .as("places before the first")
                        .allMatch(place -> place == -1);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void boundsOfCodesAreThoseOfAPlainLoop(Kernels kernels) {
        for (int count = 0; count <= 70; count++) {
            int[] sums = random.ints(count, -1000, 1000).toArray();
            float[] scales = integers(count, 10);
            float[] terms = integers(count, 100);
            float[] tails = integers(count, 10);
            float[] lower = new float[count + 1];
            lower[count] = -12345;
            kernels.boundCodes(sums, count, scales, terms, tails, 3, 7, 5, 11, lower);
            for (int i = 0; i < count; i++) {
                float expected = 11 + terms[i] - scales[i] * (3f * sums[i] + 7) - tails[i] * 5;
                assertThat(lower[i]).as("bound %s of %s", i, count).isEqualTo(expected);
            }
            assertThat(lower[count]).as("beyond the last").isEqualTo(-12345);
        }
    }
}
