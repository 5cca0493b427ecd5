package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Sums of table entries, both versions against what nibbles were written. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class NibbleKernelsTest {
    private static final int ROWS = NibbleKernels.ROWS;
    private static final int FACTORS = 2 * ROWS * Float.BYTES;

    @SuppressWarnings("unused") // by name
    private static final List<NibbleKernels> BOTH = List.of(new ScalarNibbleKernels(), new SimdNibbleKernels());

    private final Random random = Seeds.random();

    /** Nibbles by block, plane, group and row, and the memory they were written to. */
    private record Written(int[][][][] nibbles, Memory memory, int blockBytes) implements AutoCloseable {
        static Written of(Random random, int blocks, int planes, int groups) {
            int blockBytes = planes * groups * NibbleKernels.LINE + FACTORS;
            Memory memory = Memory.allocate((long) blocks * blockBytes);
            int[][][][] nibbles = new int[blocks][planes][groups][ROWS];
            for (int b = 0; b < blocks; b++) {
                for (int p = 0; p < planes; p++) {
                    for (int g = 0; g < groups; g++) {
                        for (int r = 0; r < ROWS; r++) {
                            nibbles[b][p][g][r] = random.nextInt(16);
                            long at = (long) b * blockBytes
                                    + ((long) p * groups + g) * NibbleKernels.LINE
                                    + NibbleKernels.place(r);
                            int both = memory.segment().get(ValueLayout.JAVA_BYTE, at)
                                    | nibbles[b][p][g][r] << (r < 16 ? 0 : 4);
                            memory.put(at, (byte) both);
                        }
                    }
                }
            }
            return new Written(nibbles, memory, blockBytes);
        }

        int sum(byte[] tables, int block, int row) {
            int sum = 0;
            for (int p = 0; p < nibbles[block].length; p++) {
                for (int g = 0; g < nibbles[block][p].length; g++) {
                    sum += (tables[g * 16 + nibbles[block][p][g][row]] & 0xff) << p;
                }
            }
            return sum;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void sumsAreThoseOfTheNibbles(NibbleKernels kernels) {
        for (int groups : new int[] {4, 8, 12, 96, 192, 256, 260, 388}) {
            for (int planes : new int[] {1, 2, 3, 8}) {
                int blocks = 1 + random.nextInt(3);
                byte[] tables = new byte[groups * NibbleKernels.LINE];
                random.nextBytes(tables);
                check(kernels, tables, planes, blocks);
                Arrays.fill(tables, (byte) 255); // the largest sums there can be
                check(kernels, tables, planes, blocks);
            }
        }
    }

    private void check(NibbleKernels kernels, byte[] tables, int planes, int blocks) {
        try (Written written = Written.of(random, blocks, planes, tables.length / NibbleKernels.LINE)) {
            int[] out = new int[blocks * ROWS];
            Arrays.fill(out, -1);
            Memory memory = written.memory;
            short[] scratch = new short[NibbleKernels.SCRATCH];
            kernels.sums(tables, planes, memory.base(), memory.start(), written.blockBytes, blocks, scratch, out);
            for (int row = 0; row < out.length; row++) {
                assertThat(out[row])
                        .as("%s groups, %s planes, row %s", tables.length / NibbleKernels.LINE, planes, row)
                        .isEqualTo(written.sum(tables, row / ROWS, row % ROWS));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("BOTH")
    void estimatesAreThoseOfAPlainLoop(NibbleKernels kernels) {
        int blocks = 3;
        int blockBytes = 64 + FACTORS;
        try (Memory memory = Memory.allocate((long) blocks * blockBytes)) {
            float[] constants = Numbers.integers(random, blocks * ROWS, 32);
            float[] factors = Numbers.integers(random, blocks * ROWS, 32);
            int[] sums = random.ints((long) blocks * ROWS, 0, 1000).toArray();
            for (int row = 0; row < sums.length; row++) {
                int place = (row / ROWS * blockBytes + 64) / Float.BYTES + row % ROWS;
                memory.put(place, constants[row]);
                memory.put(place + ROWS, factors[row]);
            }
            float[] out = new float[sums.length];
            kernels.estimates(sums, 2, -3, 5, memory.base(), memory.start() + 64, blockBytes, blocks, out);
            for (int row = 0; row < sums.length; row++) {
                assertThat(out[row]).isEqualTo(5 + constants[row] + factors[row] * (2 * sums[row] - 3));
            }
        }
    }
}
