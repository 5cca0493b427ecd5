package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** The mean of the vectors that are there, kept up to date, to tell when a code no longer fits them. Safe for use by any number of threads. */
final class Drift {
    /** Rows that stand for those that were there to begin with. */
    private static final int SAMPLE = 4096;

    /** Changes between two looks at the mean: a look costs little, and links made while codes do not fit are made for good. */
    private static final int INTERVAL = 64;

    /** Of the variance: what the square of a way has to be for something else to be learnt at its end. */
    private static final double MOVED = 0.01;

    private final RowStore rows;
    private final Form form;
    private final double[] sum;
    private double square;
    private double count;
    private int changes;
    /** The mean when something was learnt last, roughly. */
    private double[] learnt;
    /** Additions until what moved counts as come to rest. */
    private volatile long unsettled;

    Drift(RowStore rows) {
        this.rows = rows;
        this.form = rows.form();
        this.sum = new double[rows.dimension()];
        this.learnt = sum.clone();
    }

    /** Begins with the rows that were there to begin with, those that are alive. */
    void begin(IntPredicate alive) {
        int size = rows.firstSize();
        int sample = Math.min(size, SAMPLE);
        float[] row = new float[rows.dimension()];
        for (int i = 0; i < sample; i++) {
            int slot = (int) ((long) i * size / sample);
            if (alive.test(slot)) {
                rows.get(slot, row);
                add(row, (double) size / sample);
            }
        }
        learnt = mean();
    }

    private synchronized double[] mean() {
        return Arrays.stream(sum).map(value -> value / Math.max(1, count)).toArray();
    }

    private synchronized void add(float[] vector, double weight) {
        double norm = form == Form.COSINE ? Norms.of(vector) : 1;
        double factor = norm == 0 ? 0 : weight / norm;
        double length = 0;
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
            length += (double) vector[i] * vector[i];
        }
        square += norm == 0 ? 0 : weight * length / (norm * norm);
        count += weight;
    }

    void added(float[] vector) {
        add(vector, 1);
    }

    void removed(float[] vector) {
        add(vector, -1);
    }

    /** The sum of the vectors that are there, of length 1 under cosine. */
    synchronized double[] sum() {
        return sum.clone();
    }

    /** Whether it is time to look, after something was added, and what was learnt no longer fits. */
    synchronized boolean isTooFar(Learnt now) {
        unsettled = Math.max(0, unsettled - 1);
        if (++changes % INTERVAL != 0 || count < INTERVAL) {
            return false;
        }
        double[] mean = mean();
        if (fits(now, mean)) {
            return false;
        }
        learnt = mean;
        unsettled = (long) count;
        return true;
    }

    private boolean fits(Learnt now, double[] mean) {
        if (form == Form.DOT && Math.sqrt(square / count) < now.sphere().radius() / 2) {
            return false; // nearly all rows lie near the pole
        }
        Code code = now.code();
        return code == null || !hasMoved(mean) || !code.hasDrifted(mean, square / count);
    }

    /** Some codes never fit some vectors: then learning anew is of no use until these have moved. */
    private boolean hasMoved(double[] mean) {
        double way = 0;
        double length = 0;
        for (int i = 0; i < mean.length; i++) {
            way += (mean[i] - learnt[i]) * (mean[i] - learnt[i]);
            length += mean[i] * mean[i];
        }
        return way > MOVED * Math.max(0, square / count - length);
    }

    /**
     * Whether vectors are on the move: as many as there are have not been added yet since the code did not fit. A code of vectors that
     * are half here, half there tells the two apart and not those of one place from each other.
     */
    boolean isMoving() {
        return unsettled > 0;
    }
}
