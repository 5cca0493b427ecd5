package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.GatherKernels.Moments;
import dev.vicino.kernel.GatherKernels.Planes;
import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.testing.Seeds;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The kernels of walks: SIMD against plain loops and both against their definitions; on small integers every order is exact. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class GatherKernelsTest {
    private static final GatherKernels[] BOTH = {new ScalarGatherKernels(), new SimdGatherKernels()};

    /** Slots in a chunk, so that rows of a call lie in several. */
    private static final int SHIFT = 3;

    private static final int ROWS = 20;

    /** As often as the JIT needs to compile. */
    private static final int ROUNDS = 30;

    private final Random random = Seeds.random();

    /** Slots with something in them. */
    private static final class Filled implements AutoCloseable {
        final Memory memory;
        final Slots slots;

        Filled(int bytes) {
            memory = Memory.allocate((long) ROWS * bytes);
            slots = Slots.empty(bytes, SHIFT).with(memory);
        }

        void put(int slot, float[] row) {
            MemorySegment.copy(row, 0, slots.base(slot), Memory.FLOAT, slots.at(slot), row.length);
        }

        void put(int slot, byte[] row) {
            MemorySegment.copy(row, 0, slots.base(slot), ValueLayout.JAVA_BYTE, slots.at(slot), row.length);
        }

        void put(int slot, long[] row) {
            MemorySegment.copy(row, 0, slots.base(slot), Memory.LONG, slots.at(slot), row.length);
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    private float[] integers(int count, int bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextInt(-bound, bound + 1);
        }
        return values;
    }

    /** Some slots, some of them more than once. */
    private int[] slots(int count) {
        return random.ints(count, 0, ROWS).toArray();
    }

    private static void compare(
            Sum sum, GatherKernels kernels, float[] query, Slots rows, int[] slots, int count, float[] out) {
        switch (sum) {
            case DOT -> kernels.dot(query, rows, slots, count, out);
            case SQUARED_L2 -> kernels.squaredL2(query, rows, slots, count, out);
            case L1 -> kernels.l1(query, rows, slots, count, out);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.vicino.kernel.Block#lengths")
    void rowsAreComparedAsTheDefinitionSays(int d) {
        try (Filled filled = new Filled(4 * d)) {
            float[][] integers = new float[ROWS][];
            for (int r = 0; r < ROWS; r++) {
                integers[r] = integers(d, 30);
                filled.put(r, integers[r]);
            }
            float[] query = integers(d, 30);
            for (int count = 0; count <= 9; count++) {
                int[] slots = slots(count);
                for (GatherKernels kernels : BOTH) {
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
        try (Filled filled = new Filled(4 * d)) {
            float[][] rows = Seeds.realRows(random, ROWS, d);
            for (int r = 0; r < ROWS; r++) {
                filled.put(r, rows[r]);
            }
            float[] query = Seeds.reals(random, d);
            for (GatherKernels kernels : BOTH) {
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
                        int[] slots = slots(count);
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

    /** Multiples of 16, as codes are filled up to. */
    private static IntStream byteLengths() {
        return IntStream.of(16, 32, 48, 64, 80, 96, 112, 128, 144, 400, 768, 1040);
    }

    @ParameterizedTest
    @MethodSource("byteLengths")
    void bytesAreComparedAsTheDefinitionSays(int length) {
        try (Filled filled = new Filled((length + 63) / 64 * 64)) {
            byte[][] codes = new byte[ROWS][length];
            for (int r = 0; r < ROWS; r++) {
                random.nextBytes(codes[r]);
                if (r == 0) {
                    Arrays.fill(codes[r], (byte) -128);
                } else if (r == 1) {
                    Arrays.fill(codes[r], (byte) 127);
                }
                filled.put(r, codes[r]);
            }
            float[] weights = integers(length, 8);
            float[] steps = integers(length, 1);
            float[] offsets = integers(length, 9);
            for (int count = 0; count <= 9; count++) {
                int[] slots = slots(count);
                if (count > 1) {
                    slots[0] = 0;
                    slots[1] = 1;
                }
                for (GatherKernels kernels : BOTH) {
                    for (int round = 0; round < ROUNDS; round++) {
                        float[] dot = new float[count];
                        float[] squared = new float[count];
                        float[] absolute = new float[count];
                        kernels.dotBytes(weights, filled.slots, slots, count, dot);
                        kernels.squaredBytes(steps, offsets, filled.slots, slots, count, squared);
                        kernels.absoluteBytes(steps, offsets, filled.slots, slots, count, absolute);
                        for (int i = 0; i < count; i++) {
                            byte[] code = codes[slots[i]];
                            assertThat((double) dot[i])
                                    .isEqualTo(IntStream.range(0, length)
                                            .mapToDouble(j -> code[j] * weights[j])
                                            .sum());
                            // Up to 137² · 1040 is beyond 2²⁴: the sum may be rounded.
                            double square = IntStream.range(0, length)
                                    .mapToDouble(j -> difference(code, steps, offsets, j))
                                    .map(x -> x * x)
                                    .sum();
                            assertThat((double) squared[i]).isBetween(square * (1 - 1e-5), square * (1 + 1e-5));
                            assertThat((double) absolute[i])
                                    .isEqualTo(IntStream.range(0, length)
                                            .mapToDouble(j -> Math.abs(difference(code, steps, offsets, j)))
                                            .sum());
                        }
                    }
                }
            }
        }
    }

    private static double difference(byte[] code, float[] steps, float[] offsets, int i) {
        return (double) code[i] * steps[i] + offsets[i];
    }

    /** Codes of one to four planes of 64 to 1600 values, and queries of as many planes as there may be. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 8, 9, 12, 15, 16, 17, 24, 25, 32, 50, 96, 100})
    void bitsAreCountedAsTheDefinitionSays(int words) {
        int stride = (words + Planes.WORDS - 1) / Planes.WORDS * Planes.WORDS;
        try (Filled filled = new Filled(8 * stride)) {
            long[][] codes = new long[ROWS][stride];
            for (int r = 0; r < ROWS; r++) {
                for (int w = 0; w < stride; w++) {
                    // What is behind the words of a code are factors and links: any bits at all.
                    codes[r][w] = r == 0 ? -1 : random.nextLong();
                }
                filled.put(r, codes[r]);
            }
            for (int bits : new int[] {1, 2, 4}) {
                long[] weights = new long[stride];
                for (int w = 0; w < words && words % bits == 0; w++) {
                    weights[w] = w / (words / bits);
                }
                for (GatherKernels kernels : BOTH) {
                    for (int planes = 1; planes <= kernels.maxPlanes(); planes++) {
                        Planes query = Planes.of(words, planes, weights);
                        assertThat(query.stride()).isEqualTo(stride);
                        for (int p = 0; p < planes; p++) {
                            for (int w = 0; w < words; w++) {
                                query.words()[p * stride + w] = planes == 2 ? -1 : random.nextLong();
                            }
                        }
                        assertCounts(kernels, query, filled.slots, codes, words);
                    }
                }
            }
        }
    }

    private void assertCounts(GatherKernels kernels, Planes query, Slots slots, long[][] codes, int words) {
        for (int count = 0; count <= 9; count++) {
            int[] which = slots(count);
            if (count > 0) {
                which[count / 2] = 0;
            }
            for (int round = 0; round < ROUNDS / 3; round++) {
                int[] out = new int[count + 1];
                out[count] = -12345;
                kernels.bits(query, slots, which, count, new long[count], out);
                for (int i = 0; i < count; i++) {
                    long expected = 0;
                    for (int p = 0; p < query.planes(); p++) {
                        for (int w = 0; w < words; w++) {
                            long both = codes[which[i]][w] & query.words()[p * query.stride() + w];
                            expected += (long) Long.bitCount(both) << (p + query.weights()[w]);
                        }
                    }
                    assertThat((long) out[i])
                            .as("%s words, %s planes", words, query.planes())
                            .isEqualTo(expected);
                }
                assertThat(out[count]).as("beyond the last").isEqualTo(-12345);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 192, 640, 1536})
    void planesHaveTheBitsOfRoundedValues(int count) {
        int words = count / Long.SIZE;
        for (GatherKernels kernels : BOTH) {
            for (int planes = 1; planes <= kernels.maxPlanes(); planes++) {
                int top = (1 << planes) - 1;
                int stride = words + random.nextInt(9);
                long[] out = random.longs((long) planes * stride).toArray();
                float low = random.nextInt(-20, 20);
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = low + random.nextInt(4 * top + 1) / 4f / 8;
                }
                long[] before = out.clone();
                kernels.planes(values, count, low, 8, planes, out, stride);
                for (int i = 0; i < count; i++) {
                    int expected = (int) ((values[i] - low) * 8 + 0.5f);
                    int actual = 0;
                    for (int p = 0; p < planes; p++) {
                        actual |= (int) (out[p * stride + i / 64] >>> i % 64 & 1) << p;
                    }
                    assertThat(actual)
                            .as("value %s of %s in %s planes", i, count, planes)
                            .isEqualTo(expected);
                }
                for (int p = 0; p < planes; p++) {
                    for (int w = words; w < stride; w++) {
                        assertThat(out[p * stride + w]).as("beyond the last").isEqualTo(before[p * stride + w]);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 192, 640, 1536})
    void momentsAreThoseOfTheDifferences(int count) {
        for (GatherKernels kernels : BOTH) {
            for (int round = 0; round < ROUNDS; round++) {
                float[] values = integers(count, 40);
                float[] centre = integers(count, 40);
                float[] out = new float[count];
                Moments moments = kernels.moments(values, centre, out);
                float[] expected = new float[count];
                for (int i = 0; i < count; i++) {
                    expected[i] = values[i] - centre[i];
                }
                assertThat(out).isEqualTo(expected);
                float[] sorted = expected.clone();
                Arrays.sort(sorted);
                assertThat(moments.least()).isEqualTo(sorted[0]);
                assertThat(moments.most()).isEqualTo(sorted[count - 1]);
                assertThat((double) moments.sum())
                        .isEqualTo(IntStream.range(0, count)
                                .mapToDouble(i -> expected[i])
                                .sum());
                assertThat((double) moments.square())
                        .isEqualTo(IntStream.range(0, count)
                                .mapToDouble(i -> expected[i] * expected[i])
                                .sum());
                assertThat((double) moments.product())
                        .isEqualTo(IntStream.range(0, count)
                                .mapToDouble(i -> values[i] * centre[i])
                                .sum());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 64, 100, 4096})
    void touchingReadsNothingBeyond(int bytes) {
        try (Filled filled = new Filled(bytes)) {
            int[] all = IntStream.range(0, ROWS).toArray();
            for (GatherKernels kernels : BOTH) {
                for (int round = 0; round < ROUNDS; round++) {
                    kernels.touch(filled.slots, all, 0, ROWS, bytes);
                    kernels.touch(filled.slots, all, ROWS, ROWS, bytes);
                }
            }
        }
    }
}
