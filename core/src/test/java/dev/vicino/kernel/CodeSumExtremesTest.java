package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.Codes.Layout;
import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums over codes whose segments just fit in 16 bits, at every count of rows and beginning anywhere, against plain loops. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class CodeSumExtremesTest {
    private static final CodeKernels[] BOTH = {new ScalarCodeKernels(), new SimdCodeKernels()};
    private static final int ROWS = 75;
    private static final int LONGEST = 70;
    private static final int WATCHED = -12345;

    /** The largest of a query whose product with a segment of codes of 127 fits: 12 values in rows, 8 in blocks. */
    private static final int LARGEST_IN_ROWS = Short.MAX_VALUE / (12 * 127);

    private static final int LARGEST_IN_BLOCKS = Short.MAX_VALUE / (8 * 127);

    /** Likewise of a query whose twelve differences from codes of 127 fit. */
    private static final int LARGEST_DIFFERENCE = Short.MAX_VALUE / 12 - 127;

    /** A sum over codes with its definition. */
    private enum Kernel {
        DOT_CODES(Layout.ROWS, LARGEST_IN_ROWS, 1),
        DOT_BLOCKS(Layout.BLOCKS, LARGEST_IN_BLOCKS, Codes.BLOCK),
        L1_CODES(Layout.ROWS, LARGEST_DIFFERENCE, 1);

        final Layout layout;
        final int largest;

        /** First rows, and the end of what is written, are multiples of this. */
        final int step;

        Kernel(Layout layout, int largest, int step) {
            this.layout = layout;
            this.largest = largest;
            this.step = step;
        }

        void run(CodeKernels kernels, short[] query, Codes codes, int from, int count, int[] out) {
            switch (this) {
                case DOT_CODES -> kernels.dot(query, codes, from, count, out);
                case DOT_BLOCKS -> kernels.dotBlocks(query, codes, from, count, out);
                case L1_CODES -> kernels.l1(query, codes, from, count, out);
            }
        }

        int exactly(byte[] row, short[] query) {
            int sum = 0;
            for (int i = 0; i < row.length; i++) {
                sum += this == L1_CODES ? Math.abs(row[i] - query[i]) : row[i] * query[i];
            }
            return sum;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 96, 160, 352, 384, 416, 768, 1152, 1536})
    void bothEqualPlainLoops(int width) {
        Random random = Seeds.random();
        for (Kernel kernel : Kernel.values()) {
            for (int start : new int[] {0, 1, 62}) {
                byte[][] rows = new byte[ROWS][width];
                for (byte[] row : rows) {
                    for (int i = 0; i < width; i++) {
                        row[i] = (byte) random.nextInt(-127, 128);
                    }
                }
                short[] query = new short[width];
                for (int i = 0; i < width; i++) {
                    query[i] = (short) random.nextInt(-kernel.largest, kernel.largest + 1);
                }
                // Rows whose segments are as far from zero as they can be, on either side.
                for (int i = 0; i < width; i++) {
                    rows[7][i] = (byte) (query[i] < 0 ? -127 : 127);
                    rows[LONGEST - 1][i] = (byte) -rows[7][i];
                }
                assertSums(kernel, rows, query, start);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 96, 384, 416, 1536})
    void segmentsThatJustFit(int width) {
        for (Kernel kernel : Kernel.values()) {
            byte[][] rows = new byte[ROWS][width];
            short[] query = new short[width];
            for (int r = 0; r < ROWS; r++) {
                Arrays.fill(rows[r], (byte) (r % 2 == 0 ? 127 : -127));
            }
            for (int largest : new int[] {kernel.largest, -kernel.largest}) {
                Arrays.fill(query, (short) largest);
                assertSums(kernel, rows, query, 0);
            }
        }
    }

    /** The places of values are those that the layout tells, so that a wrong layout fails too. */
    private static void assertSums(Kernel kernel, byte[][] rows, short[] query, int start) {
        int width = query.length;
        long bytes = Codes.bytes(ROWS, width);
        short[] placed = new short[width];
        try (Memory memory = Memory.allocate(start + bytes)) {
            for (int i = 0; i < width; i++) {
                placed[kernel.layout.place(width, i)] = query[i];
                for (int r = 0; r < ROWS; r++) {
                    memory.put(start + kernel.layout.offset(width, r, i), rows[r][i]);
                }
            }
            Codes codes = new Codes(memory.base(), memory.start() + start, ROWS, width, kernel.layout);
            for (int from = 0; from < ROWS; from += kernel.step * (1 + from)) {
                for (int count = 1; count <= Math.min(LONGEST, ROWS - from); count++) {
                    int[] expected = new int[count];
                    for (int r = 0; r < count; r++) {
                        expected[r] = kernel.exactly(rows[from + r], query);
                    }
                    for (CodeKernels kernels : BOTH) {
                        int end = Math.ceilDiv(count, kernel.step) * kernel.step;
                        int[] out = new int[end + 1];
                        out[end] = WATCHED;
                        kernel.run(kernels, placed, codes, from, count, out);
                        boolean right = Arrays.equals(out, 0, count, expected, 0, count) && out[end] == WATCHED;
                        if (!right) {
                            assertThat(Arrays.copyOf(out, count))
                                    .as("%s by %s, %s rows from %s", kernel, kernels, count, from)
                                    .isEqualTo(expected);
                            assertThat(out[end])
                                    .as("behind %s results of %s", end, kernel)
                                    .isEqualTo(WATCHED);
                        }
                    }
                }
            }
        }
    }
}
