package dev.vicino.scan;

import dev.vicino.scan.Distances.Form;
import java.util.Arrays;

/**
 * How many principal components make the cheapest prefix, found by trying: some rows of a sample ask the others, and for every
 * length the rows are counted that the bound would leave.
 */
final class PrefixChoice {
    private static final int STEP = 32;
    private static final int MAX_COMPONENTS = 512;
    private static final int ASKERS = 16;

    /** A search for this many neighbours is what the prefix is chosen for: between 10 and 100, where leaving too much costs more. */
    private static final int USUAL_K = 50;

    /**
     * What a row that is left costs, in bytes of sequential reading: its whole code at a random place, and what surrounds the call, as
     * measured on one machine (about 100 ns and 0.1 ns a value, where a byte takes 0.033 ns).
     */
    private static final double COST_LEFT = 3000;

    private static final double COST_LEFT_A_VALUE = 3;

    /** A prefix has to save this share of scanning whole codes, or it is not worth its memory. */
    private static final double WORTHWHILE = 0.8;

    static final long SEED = 1;

    private PrefixChoice() {}

    /**
     * The directions to use, row-major; none where whole codes are scanned as fast.
     *
     * @param sample m·d values with the mean taken off
     * @param n rows of the collection that the sample stands for
     */
    static float[] choose(Form form, float[] mean, float[] sample, int m, int n) {
        int d = mean.length;
        int most = Math.min(MAX_COMPONENTS, d / 2) / STEP * STEP;
        if (most == 0 || m < 2 * ASKERS) {
            return new float[0];
        }
        float[] basis = PrincipalComponents.of(sample, m, d, most, SEED);
        float[] coordinates = new float[m * most];
        new PrincipalComponents.Projector(basis, d).project(sample, m, coordinates);
        double[] left = new double[most / STEP];
        int rank = Math.max(1, (int) Math.round((double) USUAL_K * m / n));
        for (int asker = 0; asker < ASKERS; asker++) {
            ask(form, mean, sample, coordinates, m, (int) ((long) m * asker / ASKERS), rank, left);
        }
        double least = WORTHWHILE * (d + 8);
        int chosen = 0;
        for (int i = 0; i < left.length; i++) {
            int p = (i + 1) * STEP;
            double cost = p + 12 + left[i] / ASKERS / m * (COST_LEFT + COST_LEFT_A_VALUE * d);
            if (cost < least) {
                least = cost;
                chosen = p;
            }
        }
        return Arrays.copyOf(basis, chosen * d);
    }

    /** Adds to {@code left} how many rows the bound leaves after each step of components, for one row of the sample as query. */
    private static void ask(
            Form form, float[] mean, float[] sample, float[] coordinates, int m, int asker, int rank, double[] left) {
        int d = mean.length;
        int most = left.length * STEP;
        int weight = form == Form.SQUARED_L2 ? 2 : 1;
        float[] distances = new float[m];
        float[] terms = new float[m];
        for (int r = 0; r < m; r++) {
            double product = 0;
            double term = 0;
            for (int j = 0; j < d; j++) {
                double z = sample[r * d + j];
                product += z * sample[asker * d + j];
                term += form == Form.SQUARED_L2 ? z * z : -z * mean[j];
            }
            terms[r] = (float) term;
            distances[r] = r == asker ? Float.POSITIVE_INFINITY : (float) (term - weight * product);
        }
        float threshold = Select.smallest(distances.clone(), m, rank);
        double askerTail = square(sample, asker * d, d);
        double[] askerTails = new double[left.length];
        for (int i = 0; i < left.length; i++) {
            askerTail -= square(coordinates, asker * most + i * STEP, STEP);
            askerTails[i] = Math.max(0, askerTail);
        }
        for (int r = 0; r < m; r++) {
            double tail = square(sample, r * d, d);
            double product = 0;
            for (int i = 0; i < left.length; i++) {
                int from = i * STEP;
                tail -= square(coordinates, r * most + from, STEP);
                for (int j = from; j < from + STEP; j++) {
                    product += coordinates[r * most + j] * coordinates[asker * most + j];
                }
                double bound = terms[r] - weight * (product + Math.sqrt(Math.max(0, tail) * askerTails[i]));
                if (bound <= threshold) {
                    left[i]++;
                }
            }
        }
    }

    private static double square(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += (double) values[i] * values[i];
        }
        return sum;
    }
}
