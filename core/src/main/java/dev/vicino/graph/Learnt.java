package dev.vicino.graph;

import dev.vicino.code.Code;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Codes;
import dev.vicino.code.Loss;
import dev.vicino.code.Sample;
import dev.vicino.code.Sphere;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import org.jspecify.annotations.Nullable;

/**
 * What was learnt from vectors.
 *
 * @param code null where rows themselves are compared
 * @param sphere of the dot product
 * @param from how many vectors it was learnt from
 * @param loss of the code, as {@link Loss} has it; NaN where it is not known
 */
record Learnt(@Nullable Code code, Sphere sphere, int from, double loss) {
    /** What was learnt from so few vectors is learnt anew when there are four times as many. */
    private static final int FEW = 10_000;

    /** From fewer than this there is nothing to be learnt that would hold. */
    private static final int FIRST = 32;

    /** Learns from vectors, which have the form and the dimension of some rows. */
    static Learnt of(GraphParameters parameters, RowStore rows, Sample sample, int threads) {
        Sphere sphere = sphere(rows, sample);
        if (parameters.code() instanceof CodeKind.Float32) {
            return new Learnt(null, sphere, sample.size(), Double.NaN);
        }
        Code code = Codes.learn(parameters.code(), rows.form(), rows.dimension(), sphere, sample, threads);
        double loss = Loss.ofSome(code, rows.form(), rows.dimension(), sample);
        return new Learnt(code, sphere, sample.size(), loss);
    }

    private static Sphere sphere(RowStore rows, Sample sample) {
        if (rows.form() != Form.DOT) {
            return new Sphere(0);
        }
        double[] lengths = new double[Math.min(sample.size(), FEW)];
        float[] row = new float[rows.dimension()];
        for (int i = 0; i < lengths.length; i++) {
            sample.copy((int) ((long) i * sample.size() / lengths.length), row);
            lengths[i] = Norms.of(row);
        }
        return Sphere.of(lengths);
    }

    /** Bytes of a code; 0 where there is none. */
    int codeBytes() {
        return code == null ? 0 : code.bytes();
    }

    /** Whether codes may lead the way of insertions: links are for good, codes learnt from few vectors are not. */
    boolean isFirm() {
        return from >= FEW / 10;
    }

    /** Whether it was learnt from few vectors of those that there are now. */
    boolean isOutgrown(int count) {
        return from < FEW && count >= Math.max(FIRST, 4 * from);
    }
}
