package dev.vicino.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The selection of near values against a plain loop. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class AtMostTest {
    private static final RowKernels[] BOTH = {new ScalarRowKernels(), new SimdRowKernels()};
    private static final int LONGEST = 70;

    @Test
    void findsWhatAPlainLoopFinds() {
        Random random = Seeds.random();
        for (int round = 0; round < 200; round++) {
            for (int count = 0; count <= LONGEST; count++) {
                float[] values = values(random);
                float[] thresholds = {
                    values[random.nextInt(values.length)],
                    random.nextInt(-3, 4),
                    Float.POSITIVE_INFINITY,
                    Float.NEGATIVE_INFINITY,
                    Float.NaN,
                    -0f
                };
                for (float threshold : thresholds) {
                    assertRight(values, count, threshold);
                }
            }
        }
    }

    private static void assertRight(float[] values, int count, float threshold) {
        int[] expected =
                IntStream.range(0, count).filter(i -> values[i] <= threshold).toArray();
        for (RowKernels kernels : BOTH) {
            int[] positions = new int[count];
            int found = kernels.atMost(values, count, threshold, positions);
            if (!Arrays.equals(Arrays.copyOf(positions, found), expected)) {
                assertThat(Arrays.copyOf(positions, found))
                        .as("%s, %s of %s, at most %s", kernels, count, Arrays.toString(values), threshold)
                        .isEqualTo(expected);
            }
        }
    }

    /** Few different values, so that many equal the threshold; what stands behind {@code count} is near too and must not be found. */
    private static float[] values(Random random) {
        float[] values = new float[LONGEST + 16];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (random.nextInt(12)) {
                case 0 -> Float.POSITIVE_INFINITY;
                case 1 -> Float.NEGATIVE_INFINITY;
                case 2 -> Float.NaN;
                case 3 -> Float.MIN_VALUE;
                case 4 -> -0f;
                default -> random.nextInt(-3, 4);
            };
        }
        return values;
    }
}
