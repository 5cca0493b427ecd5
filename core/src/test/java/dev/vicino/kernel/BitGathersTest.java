package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.BitGathers.Moments;
import dev.vicino.kernel.BitGathers.Planes;
import dev.vicino.memory.Slots;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes of bit planes anywhere, and the planes of queries: SIMD against plain loops and both against their definitions. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class BitGathersTest {
    private static final BitGathers[] BOTH = {new ScalarBitGathers(), new SimdBitGathers()};
    private static final int ROWS = FilledSlots.ROWS;
    private static final int PLANES = BitGathers.PLANES;

    /** As often as the JIT needs to compile. */
    private static final int ROUNDS = 30;

    private final Random random = Seeds.random();

    /** Codes of one to four planes of 64 to 1600 values. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 8, 9, 12, 15, 16, 17, 24, 25, 32, 50, 96, 100})
    void bitsAreCountedAsTheDefinitionSays(int words) {
        int stride = (words + Planes.WORDS - 1) / Planes.WORDS * Planes.WORDS;
        try (FilledSlots filled = new FilledSlots(8 * stride)) {
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
                for (BitGathers kernels : BOTH) {
                    for (boolean full : new boolean[] {false, true}) {
                        Planes query = Planes.of(words, weights);
                        assertThat(query.stride()).isEqualTo(stride);
                        for (int p = 0; p < PLANES; p++) {
                            for (int w = 0; w < words; w++) {
                                query.words()[p * stride + w] = full ? -1 : random.nextLong();
                            }
                        }
                        assertCounts(kernels, query, filled.slots, codes, words);
                    }
                }
            }
        }
    }

    private void assertCounts(BitGathers kernels, Planes query, Slots slots, long[][] codes, int words) {
        for (int count = 0; count <= 9; count++) {
            int[] which = FilledSlots.some(random, count);
            if (count > 0) {
                which[count / 2] = 0;
            }
            for (int round = 0; round < ROUNDS / 3; round++) {
                int[] out = new int[count + 1];
                out[count] = -12345;
                kernels.dot(query, slots, which, count, new long[count], out);
                for (int i = 0; i < count; i++) {
                    long expected = 0;
                    for (int p = 0; p < PLANES; p++) {
                        for (int w = 0; w < words; w++) {
                            long both = codes[which[i]][w] & query.words()[p * query.stride() + w];
                            expected += (long) Long.bitCount(both) << (p + query.weights()[w]);
                        }
                    }
                    assertThat((long) out[i]).as("%s words", words).isEqualTo(expected);
                }
                assertThat(out[count]).as("beyond the last").isEqualTo(-12345);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 192, 640, 1536})
    void planesHaveTheBitsOfRoundedValues(int count) {
        int words = count / Long.SIZE;
        for (BitGathers kernels : BOTH) {
            for (int round = 0; round < ROUNDS; round++) {
                int top = (1 << PLANES) - 1;
                int stride = words + random.nextInt(9);
                long[] out = random.longs((long) PLANES * stride).toArray();
                float low = random.nextInt(-20, 20);
                float[] values = new float[count];
                for (int i = 0; i < count; i++) {
                    values[i] = low + random.nextInt(4 * top + 1) / 4f / 8;
                }
                long[] before = out.clone();
                kernels.planes(values, count, low, 8, out, stride);
                for (int i = 0; i < count; i++) {
                    int expected = (int) ((values[i] - low) * 8 + 0.5f);
                    int actual = 0;
                    for (int p = 0; p < PLANES; p++) {
                        actual |= (int) (out[p * stride + i / 64] >>> i % 64 & 1) << p;
                    }
                    assertThat(actual).as("value %s of %s", i, count).isEqualTo(expected);
                }
                for (int p = 0; p < PLANES; p++) {
                    for (int w = words; w < stride; w++) {
                        assertThat(out[p * stride + w]).as("beyond the last").isEqualTo(before[p * stride + w]);
                    }
                }
            }
        }
    }

    /** Sums of small integers are exact; the definition is that of Sylvester's matrix, of which entry i, j is −1 to the ones of i ∧ j. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8, 16, 32, 64})
    void everyColumnOfLinesIsTransformed(int lines) {
        int line = BitGathers.LINE;
        for (BitGathers kernels : BOTH) {
            for (int round = 0; round < ROUNDS; round++) {
                int from = random.nextInt(40);
                float[] values = Numbers.integers(random, from + lines * line + 5, 40);
                float[] expected = values.clone();
                for (int i = 0; i < lines * line; i++) {
                    float sum = 0;
                    for (int other = 0; other < lines; other++) {
                        float value = values[from + other * line + i % line];
                        sum += Integer.bitCount(other & i / line) % 2 == 0 ? value : -value;
                    }
                    expected[from + i] = sum / 4;
                }
                kernels.hadamard(values, from, lines * line, 0.25f);
                assertThat(values).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {64, 128, 192, 640, 1536})
    void momentsAreThoseOfTheDifferences(int count) {
        for (BitGathers kernels : BOTH) {
            for (int round = 0; round < ROUNDS; round++) {
                float[] values = Numbers.integers(random, count, 40);
                float[] centre = Numbers.integers(random, count, 40);
                float[] out = new float[count];
                Moments moments = kernels.moments(values, centre, out, new float[BitGathers.SUMS]);
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
}
