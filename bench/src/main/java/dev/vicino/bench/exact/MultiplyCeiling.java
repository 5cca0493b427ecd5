package dev.vicino.bench.exact;

import dev.vicino.bench.data.DataSet;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The multiply-add peak of one thread: a loop of fused multiply-adds that stays in registers. A batch by brute force needs n·d of
 * them a query. Its rate is measured anew each time, for a moment, and the time of the whole pass follows from it.
 */
record MultiplyCeiling(DataSet data) implements Ceiling {
    private static final VectorSpecies<Float> F32 = FloatVector.SPECIES_PREFERRED;
    private static final double NANOS_A_SECOND = 1e9;

    /** Independent sums: enough to hide the latency of a fused multiply-add where two start in a cycle. */
    private static final int SUMS = 12;

    private static final int STEPS = 100_000;
    private static final int LOOPS = 200;

    @Override
    public String name() {
        return "multiplying and adding";
    }

    /** A multiplication and an addition are two operations. */
    @Override
    public double billions(Call call) {
        return 2e-9 * data.vectors() * data.dimension() * call.queries();
    }

    @Override
    public String unit() {
        return "GFLOP/s";
    }

    @Override
    public double seconds(Call call, int passes) {
        float[] out = new float[SUMS * F32.length()];
        long start = System.nanoTime();
        for (int i = 0; i < LOOPS; i++) {
            multiply(out);
        }
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        double measured = 2e-9 * SUMS * F32.length() * STEPS * LOOPS;
        return seconds / measured * billions(call) * passes;
    }

    /** Converges to 2, so that no value grows, nor becomes too small to be usual. */
    private static void multiply(float[] out) {
        FloatVector half = FloatVector.broadcast(F32, 0.5f);
        FloatVector one = FloatVector.broadcast(F32, 1);
        FloatVector a = FloatVector.fromArray(F32, out, 0);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        FloatVector i = a;
        FloatVector j = a;
        FloatVector k = a;
        FloatVector l = a;
        for (int step = 0; step < STEPS; step++) {
            a = a.fma(half, one);
            b = b.fma(half, one);
            c = c.fma(half, one);
            d = d.fma(half, one);
            e = e.fma(half, one);
            f = f.fma(half, one);
            g = g.fma(half, one);
            h = h.fma(half, one);
            i = i.fma(half, one);
            j = j.fma(half, one);
            k = k.fma(half, one);
            l = l.fma(half, one);
        }
        int lanes = F32.length();
        a.intoArray(out, 0);
        b.intoArray(out, lanes);
        c.intoArray(out, 2 * lanes);
        d.intoArray(out, 3 * lanes);
        e.intoArray(out, 4 * lanes);
        f.intoArray(out, 5 * lanes);
        g.intoArray(out, 6 * lanes);
        h.intoArray(out, 7 * lanes);
        i.intoArray(out, 8 * lanes);
        j.intoArray(out, 9 * lanes);
        k.intoArray(out, 10 * lanes);
        l.intoArray(out, 11 * lanes);
    }
}
