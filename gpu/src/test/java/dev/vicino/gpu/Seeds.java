package dev.vicino.gpu;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Random data of tests. The seed is {@code -Dvicino.seed}, a fresh one unless told; every failure says how to see it again. */
final class Seeds implements TestExecutionExceptionHandler {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        String name = context.getRequiredTestClass().getSimpleName();
        throw new AssertionError(failure + "\nrerun with -Dtest=" + name + " -Dvicino.seed=" + SEED, failure);
    }

    static Random random() {
        return new Random(SEED);
    }

    /** Rows of normally distributed values, each of some length. */
    static float[][] rows(Random random, int count, int dimension) {
        float[][] rows = new float[count][dimension];
        for (float[] row : rows) {
            double length = Math.exp(random.nextGaussian());
            for (int i = 0; i < dimension; i++) {
                row[i] = (float) (length * random.nextGaussian());
            }
        }
        return rows;
    }
}
