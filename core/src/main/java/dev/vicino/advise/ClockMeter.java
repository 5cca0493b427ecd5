package dev.vicino.advise;

import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;

/** Time by the clock of the system: searches are first made for a while unmeasured, until the JIT has compiled them. */
final class ClockMeter implements Meter {
    private static final long WARM_UP_NANOS = 150_000_000;
    private static final long LEAST_NANOS = 150_000_000;
    private static final int MOST_PASSES = 8;
    private static final double NANOS_A_SECOND = 1e9;
    private static final double NANOS_A_MICRO = 1e3;

    @Override
    public double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / NANOS_A_SECOND;
    }

    /** Of as many passes as take a while the fastest on average: what slows one down is somebody else. */
    @Override
    public Latency latency(VectorIndex index, float[][] queries, int k, int effort) {
        SearchOptions options = SearchOptions.DEFAULT.withEffort(effort);
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < WARM_UP_NANOS; i = (i + 1) % queries.length) {
            index.search(queries[i], k, options);
        }
        start = System.nanoTime();
        Latency best = pass(index, queries, k, options);
        for (int i = 1; i < MOST_PASSES && System.nanoTime() - start < LEAST_NANOS; i++) {
            Latency pass = pass(index, queries, k, options);
            best = pass.mean() < best.mean() ? pass : best;
        }
        return best;
    }

    private static Latency pass(VectorIndex index, float[][] queries, int k, SearchOptions options) {
        double[] micros = new double[queries.length];
        for (int i = 0; i < queries.length; i++) {
            long start = System.nanoTime();
            index.search(queries[i], k, options);
            micros[i] = (System.nanoTime() - start) / NANOS_A_MICRO;
        }
        return Latency.of(micros);
    }
}
