package dev.vicino.store;

import java.util.Random;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Random data of tests. The seed is {@code -Dvicino.seed}, a fresh one unless told; every failure says how to see it again. */
public final class Seeds implements TestExecutionExceptionHandler {
    private static final long SEED = Long.getLong("vicino.seed", System.nanoTime());

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
        String name = context.getRequiredTestClass().getSimpleName();
        throw new AssertionError(failure + "\nrerun with -Dtest=" + name + " -Dvicino.seed=" + SEED, failure);
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
}
