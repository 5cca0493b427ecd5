package dev.vicino.testing;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/**
 * Random data of tests. A class that uses it is extended with it, so that every failure says how to see it again.
 *
 * <p>The seed is {@code -Dvicino.seed}, a fresh one unless told.
 */
public final class Seeds implements TestExecutionExceptionHandler {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        String width = System.getProperty("vicino.vectorBits");
        throw new AssertionError(
                failure + "\nrerun with -Dtest="
                        + context.getRequiredTestClass().getSimpleName() + " -Dvicino.seed=" + SEED
                        + (width == null ? "" : " at -Dvicino.vectorBits=" + width),
                failure);
    }

    /** The same numbers for every test of a run. */
    public static Random random() {
        return new Random(SEED);
    }

    /** Normally distributed numbers. */
    public static float[] reals(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Rows of normally distributed numbers, of norms between a thousandth and a thousand times the usual; some are there twice. */
    public static float[][] realRows(Random random, int count, int dimension) {
        float[][] rows = new float[count][];
        for (int r = 0; r < count; r++) {
            boolean twin = r > 0 && random.nextInt(10) == 0;
            rows[r] = twin ? rows[random.nextInt(r)] : reals(random, dimension);
            float factor = (float) Math.pow(10, 6 * random.nextDouble() - 3);
            for (int i = 0; i < dimension && !twin && r % 2 == 0; i++) {
                rows[r][i] *= factor;
            }
        }
        return rows;
    }

    /**
     * Rows of −1, 0 and 1 whose norms are 0, 1, 2 or 4: every score of theirs is exact in single precision under all metrics, and
     * many are equal.
     *
     * @param dimension at least 16
     */
    public static float[][] signRows(Random random, int count, int dimension) {
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            int rest = new int[] {0, 1, 4, 16, 16, 16}[random.nextInt(6)];
            for (int i = 0; i < dimension; i++) {
                if (random.nextInt(dimension - i) < rest) {
                    row[i] = random.nextBoolean() ? 1 : -1;
                    rest--;
                }
            }
        }
        return rows;
    }

    /**
     * Rows as embeddings are: near one point, spread along a few directions, some of them there twice. What a bound by principal
     * components excludes most of.
     */
    public static float[][] embeddings(Random random, int count, int dimension) {
        int directions = 12;
        float[] centre = reals(random, dimension);
        float[][] basis = new float[directions][];
        for (int j = 0; j < directions; j++) {
            basis[j] = reals(random, dimension);
        }
        float[][] rows = new float[count][];
        for (int r = 0; r < count; r++) {
            if (r > 0 && random.nextInt(50) == 0) {
                rows[r] = rows[random.nextInt(r)];
                continue;
            }
            rows[r] = reals(random, dimension);
            float[] weights = reals(random, directions);
            for (int i = 0; i < dimension; i++) {
                float value = 0.5f * centre[i] + 0.03f * rows[r][i];
                for (int j = 0; j < directions; j++) {
                    value += weights[j] * basis[j][i] / (1 + j);
                }
                rows[r][i] = value;
            }
        }
        return rows;
    }

    /** Different ids in no order, negative ones and very large ones among them. */
    public static long[] ids(Random random, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            ids[i] = (i - count / 2) * (random.nextInt(100) == 0 ? 1L << 40 : 1L);
        }
        for (int i = count - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            long id = ids[i];
            ids[i] = ids[other];
            ids[other] = id;
        }
        return ids;
    }
}
