package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.ShortKernels.QueryTerms;
import dev.vicino.kernel.ShortKernels.RowTerms;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The matrix product in whole numbers of 16 bits and the bounds made of it, both versions against plain loops. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class ShortKernelsTest {
    @SuppressWarnings("unused") // by name
    private static final List<ShortKernels> BOTH = List.of(new ScalarShortKernels(), new SimdShortKernels());

    private static final int GROUPS = 3;
    private static final int ROUNDS = 40;

    private final Random random = Seeds.random();

    /** Rows are read, and products written, up to the next whole tile. */
    private static int tiled(int rows) {
        return Math.ceilDiv(rows, ShortKernels.TILE_ROWS) * ShortKernels.TILE_ROWS;
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void dotIsThatOfAPlainLoop(ShortKernels kernels) {
        for (int count = 0; count <= 100; count++) {
            short[] a = Numbers.shorts(random, count + 9, 4096); // a hundred products of these fit in 32 bits
            short[] b = Numbers.shorts(random, count + 9, 4096);
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

    @ParameterizedTest
    @FieldSource("BOTH")
    void productsAreThoseOfAPlainLoop(ShortKernels kernels) {
        for (int segment : new int[] {1, 2, 8, 32, 48}) {
            for (int segments : new int[] {1, 2, 5}) {
                for (int count = 1; count <= 2 * ShortKernels.TILE_ROWS + 1; count++) {
                    assertProducts(kernels, segment, segment * segments, count);
                }
                assertProducts(kernels, segment, segment * segments, 96);
            }
        }
    }

    private void assertProducts(ShortKernels kernels, int segment, int d, int count) {
        int size = kernels.groupSize();
        int largest = (int) Math.sqrt(32_000 / (double) segment); // no segment leaves 16 bits, the whole sum may
        int shift = Integer.numberOfTrailingZeros(Integer.highestOneBit(2 * d / segment - 1));
        short[] queries = Numbers.shorts(random, GROUPS * size * d, largest);
        short[] rows = Numbers.shorts(random, tiled(count) * d, largest);
        for (int group = 0; group < GROUPS; group++) {
            short[] out = Numbers.shorts(random, tiled(count) * size, 1000); // what is there already does not matter
            kernels.products(queries, group * size * d, rows, count, d, segment, shift, out);
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
    void boundedFindsWhatAPlainLoopFinds(ShortKernels kernels) {
        int size = kernels.groupSize();
        for (int round = 0; round < ROUNDS; round++) {
            int count = 1 + random.nextInt(20);
            short[] products = Numbers.shorts(random, count * size, 100);
            RowTerms rows = new RowTerms(
                    Numbers.withSpecials(random, Numbers.integers(random, count, 10), Float.NaN),
                    Numbers.integers(random, count, 900),
                    Numbers.integers(random, count, 5),
                    Numbers.integers(random, count, 5));
            int lanes = GROUPS * size;
            QueryTerms queries = new QueryTerms(
                    Numbers.integers(random, lanes, 3),
                    Numbers.integers(random, lanes, 50),
                    Numbers.integers(random, lanes, 5),
                    Numbers.integers(random, lanes, 5),
                    Numbers.integers(random, lanes, 900),
                    Numbers.withSpecials(random, Numbers.integers(random, lanes, 300), Float.NEGATIVE_INFINITY));
            queries.thresholds()[random.nextInt(lanes)] = Float.POSITIVE_INFINITY;
            for (int query = 0; query < lanes; query += size) {
                int first = query;
                int start = random.nextInt(5);
                float[] lower = new float[start + count * size + ShortKernels.SPARE];
                int[] places = new int[lower.length];
                Arrays.fill(places, 0, start, -1);
                int end = kernels.bounded(products, count, rows, queries, query, start, lower, places);
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
}
