package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.memory.Slots;
import dev.vicino.testing.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows anywhere: SIMD against plain loops and both against their definitions; on small integers every order is exact. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class RowGathersTest {
    private static final RowGathers[] BOTH = {new ScalarRowGathers(), new SimdRowGathers()};
    private static final int ROWS = FilledSlots.ROWS;

    /** As often as the JIT needs to compile. */
    private static final int ROUNDS = 30;

    private final Random random = Seeds.random();

    private static void compare(
            Sum sum, RowGathers kernels, float[] query, Slots rows, int[] slots, int count, float[] out) {
        switch (sum) {
            case DOT -> kernels.dot(query, rows, slots, count, out);
            case SQUARED_L2 -> kernels.squaredL2(query, rows, slots, count, out);
            case L1 -> kernels.l1(query, rows, slots, count, out);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void rowsAreComparedAsTheDefinitionSays(int d) {
        try (FilledSlots filled = new FilledSlots(4 * d)) {
            float[][] integers = new float[ROWS][];
            for (int r = 0; r < ROWS; r++) {
                integers[r] = Numbers.integers(random, d, 30);
                filled.put(r, integers[r]);
            }
            float[] query = Numbers.integers(random, d, 30);
            for (int count = 0; count <= 9; count++) {
                int[] slots = FilledSlots.some(random, count);
                for (RowGathers kernels : BOTH) {
                    for (Sum sum : Sum.values()) {
                        for (int round = 0; round < ROUNDS; round++) {
                            float[] out = new float[count + 1];
                            out[count] = -12345;
                            compare(sum, kernels, query, filled.slots, slots, count, out);
                            for (int i = 0; i < count; i++) {
                                assertThat((double) out[i])
                                        .as("%s of row %s of %s", sum, i, count)
                                        .isEqualTo(sum.exactly(integers[slots[i]], query));
                            }
                            assertThat(out[count]).as("beyond the last").isEqualTo(-12345);
                        }
                    }
                }
            }
        }
    }

    /** So that the same row has the same distance wherever it stands in a call, as ties need it. */
    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void realRowsAreNearTheirDefinitionAndTheSameInEveryPlace(int d) {
        try (FilledSlots filled = new FilledSlots(4 * d)) {
            float[][] rows = Seeds.realRows(random, ROWS, d);
            for (int r = 0; r < ROWS; r++) {
                filled.put(r, rows[r]);
            }
            float[] query = Seeds.reals(random, d);
            for (RowGathers kernels : BOTH) {
                for (Sum sum : Sum.values()) {
                    float[] alone = new float[ROWS];
                    for (int r = 0; r < ROWS; r++) {
                        float[] out = new float[1];
                        compare(sum, kernels, query, filled.slots, new int[] {r}, 1, out);
                        alone[r] = out[0];
                        double error = (d + 4) * 0x1p-23 * sum.magnitude(rows[r], query);
                        assertThat((double) out[0])
                                .isBetween(sum.exactly(rows[r], query) - error, sum.exactly(rows[r], query) + error);
                    }
                    for (int count = 1; count <= 9; count++) {
                        int[] slots = FilledSlots.some(random, count);
                        float[] out = new float[count];
                        compare(sum, kernels, query, filled.slots, slots, count, out);
                        for (int i = 0; i < count; i++) {
                            assertThat(out[i])
                                    .as("%s in place %s of %s", sum, i, count)
                                    .isEqualTo(alone[slots[i]]);
                        }
                    }
                }
            }
        }
    }

    /** Exact search and walks give one row one distance. */
    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void theSumsAreThoseOfRowsOneBehindTheOther(int d) {
        float[][] values = Seeds.realRows(random, ROWS, d);
        float[] query = Seeds.reals(random, d);
        int[] all = IntStream.range(0, ROWS).toArray();
        try (FilledSlots filled = new FilledSlots(4 * d);
                Block block = Block.of(values, 0)) {
            for (int r = 0; r < ROWS; r++) {
                filled.put(r, values[r]);
            }
            for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
                for (Sum sum : Sum.values()) {
                    float[] expected = sum.of(kernels.rows(), query, block.rows, 0, ROWS);
                    float[] out = new float[ROWS];
                    compare(sum, kernels.rowGathers(), query, filled.slots, all, ROWS, out);
                    assertThat(out).as("%s, %s", sum, kernels.description()).isEqualTo(expected);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void pairsAreComparedAsRowsAre(int d) {
        float[][] values = Seeds.realRows(random, ROWS, d);
        try (Block block = Block.of(values, 0)) {
            for (Kernels kernels : new Kernels[] {Kernels.scalar(), Kernels.simd()}) {
                for (int count = 0; count <= 9; count++) {
                    float[][] queries = Seeds.realRows(random, count, d);
                    int[] which = random.ints(count, 0, ROWS).toArray();
                    float[] products = new float[count];
                    float[] squares = new float[count];
                    kernels.rowGathers().dotPairs(queries, block.rows, which, count, products);
                    kernels.rowGathers().squaredL2Pairs(queries, block.rows, which, count, squares);
                    for (int i = 0; i < count; i++) {
                        float[] expected = new float[2];
                        kernels.rows().dot(queries[i], block.rows, which[i], 1, expected);
                        assertThat(products[i]).as("product %s of %s", i, count).isEqualTo(expected[0]);
                        kernels.rows().squaredL2(queries[i], block.rows, which[i], 1, expected);
                        assertThat(squares[i]).as("square %s of %s", i, count).isEqualTo(expected[0]);
                    }
                }
            }
        }
    }
}
