package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.Codes.Layout;
import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Sums over int8 codes in both layouts, both versions of the kernels against plain loops: whole numbers, so exactly. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class CodeKernelsTest {
    @SuppressWarnings("unused") // by name
    private static final List<CodeKernels> BOTH = List.of(new ScalarCodeKernels(), new SimdCodeKernels());

    private static final int[] WIDTHS = {32, 64, 96, 384, 416, 800};
    private static final int ROWS = 3 * Codes.BLOCK + 17;

    /** The most a query may have for twelve products with ±127 to fit in 16 bits. */
    private static final int LARGEST = 21;

    private final Random random = Seeds.random();

    /** Codes of a test, with the values that they hold. */
    private static final class Sample implements AutoCloseable {
        final Memory memory;
        final Codes codes;
        final byte[][] values;

        Sample(Random random, int width, Layout layout) {
            this.memory = Memory.allocate(Codes.bytes(ROWS, width));
            this.codes = Codes.of(memory, ROWS, width, layout);
            this.values = new byte[ROWS][width];
            for (int r = 0; r < ROWS; r++) {
                for (int i = 0; i < width; i++) {
                    values[r][i] =
                            (byte) (random.nextInt(4) == 0 ? 127 * (random.nextInt(3) - 1) : random.nextInt(-127, 128));
                    memory.put(layout.offset(width, r, i), values[r][i]);
                }
            }
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private int[] query(int width, int largest) {
        int[] query = new int[width];
        for (int i = 0; i < width; i++) {
            query[i] = random.nextInt(3) == 0 ? largest : random.nextInt(-largest, largest + 1);
        }
        return query;
    }

    private static short[] placed(int[] query, Layout layout) {
        short[] placed = new short[query.length];
        for (int i = 0; i < query.length; i++) {
            placed[layout.place(query.length, i)] = (short) query[i];
        }
        return placed;
    }

    private static int dot(byte[] row, int[] query) {
        int sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += row[i] * query[i];
        }
        return sum;
    }

    private static int l1(byte[] row, int[] query) {
        int sum = 0;
        for (int i = 0; i < row.length; i++) {
            sum += Math.abs(row[i] - query[i]);
        }
        return sum;
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void rowsGiveTheSumsOfAPlainLoop(CodeKernels kernels) {
        for (int width : WIDTHS) {
            try (Sample sample = new Sample(random, width, Layout.ROWS)) {
                for (int from : new int[] {0, 1, 63, ROWS - 1}) {
                    int count = Math.min(1 + random.nextInt(ROWS), ROWS - from);
                    int[] products = query(width, LARGEST);
                    int[] out = new int[count];
                    kernels.dot(placed(products, Layout.ROWS), sample.codes, from, count, out);
                    int[] differences = query(width, 2000);
                    int[] l1 = new int[count];
                    kernels.l1(placed(differences, Layout.ROWS), sample.codes, from, count, l1);
                    for (int r = 0; r < count; r++) {
                        String what = "width " + width + ", row " + (from + r);
                        assertThat(out[r]).as("product, %s", what).isEqualTo(dot(sample.values[from + r], products));
                        assertThat(l1[r]).as("l1, %s", what).isEqualTo(l1(sample.values[from + r], differences));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void pairsGiveTheSumsOfAPlainLoop(CodeKernels kernels) {
        for (int width : WIDTHS) {
            try (Sample sample = new Sample(random, width, Layout.ROWS)) {
                int[][] queries = {query(width, LARGEST), query(width, LARGEST), query(width, LARGEST)};
                short[] placed = new short[queries.length * width];
                for (int lane = 0; lane < queries.length; lane++) {
                    System.arraycopy(placed(queries[lane], Layout.ROWS), 0, placed, lane * width, width);
                }
                int[] lanes = random.ints(100, 0, queries.length).toArray();
                int[] rows = random.ints(100, 0, ROWS).toArray();
                int[] out = new int[100];
                out[99] = -12345;
                kernels.dotPairs(placed, lanes, sample.codes, rows, 99, out);
                for (int i = 0; i < 99; i++) {
                    assertThat(out[i])
                            .as("width %s, query %s, row %s", width, lanes[i], rows[i])
                            .isEqualTo(dot(sample.values[rows[i]], queries[lanes[i]]));
                }
                assertThat(out[99]).as("beyond the last pair").isEqualTo(-12345);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void blocksGiveTheSumsOfAPlainLoop(CodeKernels kernels) {
        for (int width : WIDTHS) {
            try (Sample sample = new Sample(random, width, Layout.BLOCKS)) {
                for (int from = 0; from < ROWS; from += Codes.BLOCK) {
                    int count = 1 + random.nextInt(ROWS - from);
                    int[] query = query(width, LARGEST);
                    int[] out = new int[Math.ceilDiv(count, Codes.BLOCK) * Codes.BLOCK];
                    kernels.dotBlocks(placed(query, Layout.BLOCKS), sample.codes, from, count, out);
                    for (int r = 0; r < count; r++) {
                        assertThat(out[r])
                                .as("width %s, row %s", width, from + r)
                                .isEqualTo(dot(sample.values[from + r], query));
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void boundsAreThoseOfAPlainLoop(CodeKernels kernels) {
        for (int count = 0; count <= 70; count++) {
            int[] sums = random.ints(count, -1000, 1000).toArray();
            float[] scales = Numbers.integers(random, count, 10);
            float[] terms = Numbers.integers(random, count, 100);
            float[] tails = Numbers.integers(random, count, 10);
            float[] lower = new float[count + 1];
            lower[count] = -12345;
            kernels.bounds(sums, count, scales, terms, tails, 3, 7, 5, 11, lower);
            for (int i = 0; i < count; i++) {
                float expected = 11 + terms[i] - scales[i] * (3f * sums[i] + 7) - tails[i] * 5;
                assertThat(lower[i]).as("bound %s of %s", i, count).isEqualTo(expected);
            }
            assertThat(lower[count]).as("beyond the last").isEqualTo(-12345);
        }
    }

    /** Every value of a row has a place of its own, and no segment more values than its sum has room for. */
    @ParameterizedTest
    @EnumSource
    void layoutsGiveEveryValueItsPlace(Layout layout) {
        for (int width : WIDTHS) {
            boolean[] bytes = new boolean[Math.toIntExact(Codes.bytes(ROWS, width))];
            int[] inSegment = new int[layout.segments(width)];
            boolean[] places = new boolean[width];
            for (int i = 0; i < width; i++) {
                inSegment[layout.segment(width, i)]++;
                assertThat(places[layout.place(width, i)]).isFalse();
                places[layout.place(width, i)] = true;
                for (int r = 0; r < ROWS; r++) {
                    int at = Math.toIntExact(layout.offset(width, r, i));
                    assertThat(bytes[at])
                            .as("byte %s of row %s, value %s", at, r, i)
                            .isFalse();
                    bytes[at] = true;
                }
            }
            for (int count : inSegment) {
                assertThat(count * 127 * LARGEST).isLessThanOrEqualTo(Short.MAX_VALUE);
            }
        }
    }

    @Test
    void widthsAreWholeNumbersOfLanes() {
        for (int d = 1; d <= 200; d++) {
            assertThat(Codes.width(d)).isBetween(d, d + Codes.LANES - 1);
            assertThat(Codes.width(d) % Codes.LANES).isZero();
        }
    }
}
