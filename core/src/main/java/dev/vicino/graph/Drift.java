package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.util.function.IntPredicate;

/** The mean of the vectors that are there, kept up to date, to tell when a code no longer fits them. Safe for use by any number of threads. */
final class Drift {
    /** Rows that stand for those that were there to begin with. */
    private static final int SAMPLE = 4096;

    /** Changes between two looks at the mean: a look costs little, and links made while codes do not fit are made for good. */
    private static final int INTERVAL = 64;

    private final RowStore rows;
    private final Form form;
    private final double[] sum;
    private double square;
    private double count;
    private int changes;

    Drift(RowStore rows) {
        this.rows = rows;
        this.form = rows.form();
        this.sum = new double[rows.dimension()];
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

    /** Whether it is time to look, and what was learnt no longer fits. */
    synchronized boolean isTooFar(Learnt learnt) {
        if (++changes % INTERVAL != 0 || count < INTERVAL) {
            return false;
        }
        if (form == Form.DOT && Math.sqrt(square / count) < learnt.sphere().radius() / 2) {
            return true; // nearly all rows lie near the pole
        }
        Code code = learnt.code();
        if (code == null) {
            return false;
        }
        double[] mean = new double[sum.length];
        for (int i = 0; i < mean.length; i++) {
            mean[i] = sum[i] / count;
        }
        return code.hasDrifted(mean, square / count);
    }
}
