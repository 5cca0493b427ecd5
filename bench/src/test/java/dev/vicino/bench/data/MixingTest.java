package dev.vicino.bench.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MixingTest {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());
    private static final String RERUN = "rerun with -Dtest=MixingTest -Dvicino.seed=" + SEED;

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @ValueSource(ints = {1, 96, 384, 1536})
    void innerProductsAreKept(int d) {
        Mixing mixing = new Mixing(d, SEED);
        float[] a = gaussian(d);
        float[] b = gaussian(d);
        double expected = dot(a, b);
        double expectedSquare = dot(a, a);

        mixing.apply(a);
        mixing.apply(b);

        assertThat(dot(a, b)).as(RERUN).isEqualTo(expected, within(1e-3 * Math.sqrt(d)));
        assertThat(dot(a, a)).as(RERUN).isEqualTo(expectedSquare, within(1e-4 * d));
    }

    @ParameterizedTest
    @ValueSource(ints = {384, 1536})
    void anAxisIsSpreadOverAllOthers(int d) {
        float[] axis = new float[d];
        axis[random.nextInt(d)] = 1;

        new Mixing(d, SEED).apply(axis);

        for (float value : axis) {
            assertThat(Math.abs(value)).as(RERUN).isLessThan((float) (10 / Math.sqrt(d)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void theSameSeedGivesTheSameMap(long seed) {
        float[] a = gaussian(96);
        float[] b = a.clone();

        new Mixing(96, seed).apply(a);
        new Mixing(96, seed).apply(b);

        assertThat(a).as(RERUN).isEqualTo(b);
    }

    private float[] gaussian(int d) {
        float[] values = new float[d];
        for (int i = 0; i < d; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
