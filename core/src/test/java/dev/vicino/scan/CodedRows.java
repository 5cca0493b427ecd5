package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prefix;
import dev.vicino.scan.PruningCodes.Prepared;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows of a test with the codes that an index would have of them. */
final class CodedRows implements AutoCloseable {
    private final Memory memory;
    private final Norms norms;
    final float[][] values;
    final Distances distances;
    final PruningCodes codes;

    private CodedRows(Memory memory, Norms norms, float[][] values, Distances distances, PruningCodes codes) {
        this.memory = memory;
        this.norms = norms;
        this.values = values;
        this.distances = distances;
        this.codes = codes;
    }

    static CodedRows of(Form form, float[][] values) {
        return of(form, values, distances -> PruningCodesBuilder.build(distances, 1, Progress.NONE));
    }

    /** With a prefix of so many components, whether an index would choose one or not. */
    static CodedRows of(Form form, float[][] values, int components) {
        return of(form, values, distances -> PruningCodesBuilder.build(distances, components));
    }

    /** With a prefix along given directions, row-major. */
    static CodedRows of(Form form, float[][] values, float[] basis) {
        return of(form, values, distances -> PruningCodesBuilder.build(distances, basis));
    }

    private static CodedRows of(Form form, float[][] values, Function<Distances, @Nullable PruningCodes> build) {
        int d = values[0].length;
        Memory memory = Memory.allocate(4L * values.length * d);
        for (int r = 0; r < values.length; r++) {
            MemorySegment.copy(values[r], 0, memory.segment(), Memory.FLOAT, 4L * r * d, d);
        }
        Rows rows = Rows.of(memory, values.length, d);
        Norms norms = Norms.compute(rows, form == Form.COSINE, Progress.NONE);
        Distances distances = switch (form) {
            case COSINE -> Distances.cosine(rows, norms);
            case DOT -> Distances.dot(rows, norms);
            case SQUARED_L2 -> Distances.squaredL2(rows, norms);
            case L1 -> Distances.l1(rows, norms);
        };
        PruningCodes codes = build.apply(distances);
        assertThat(codes).as("codes of %s rows of %s", values.length, d).isNotNull();
        return new CodedRows(memory, norms, values, distances, codes);
    }

    int size() {
        return values.length;
    }

    int dimension() {
        return values[0].length;
    }

    Query query(float[] query) {
        return distances.prepare(query, null);
    }

    /** The distances of all rows. */
    float[] distances(Query query) {
        float[] all = new float[size()];
        for (int row = 0; row < size(); row++) {
            all[row] = distances.compute(query, row);
        }
        return all;
    }

    /** What whole codes promise for all rows; NaN for extreme ones. */
    float[] boundsByCode(Prepared query) {
        return bounds(query, query.full(), codes.full, null);
    }

    /** Likewise for prefixes. */
    float[] boundsByPrefix(Prepared query, Prefix prefix, Comparison comparison) {
        return bounds(query, comparison, prefix.codes(), prefix.tails());
    }

    private float[] bounds(Prepared query, Comparison comparison, Int8Codes of, @Nullable Memory tailMemory) {
        int n = size();
        int[] sums = new int[n + 64];
        codes.sums(comparison, of, 0, n, sums);
        float[] lower = new float[n];
        Kernels.BEST
                .codes()
                .bounds(
                        sums,
                        n,
                        floats(of.scales),
                        floats(codes.terms),
                        tailMemory == null ? new float[n] : floats(tailMemory),
                        comparison.factor(),
                        comparison.margin(),
                        comparison.tail(),
                        query.offset(),
                        lower);
        return lower;
    }

    float[] floats(Memory of) {
        float[] values = new float[size()];
        of.get(0, values, size());
        return values;
    }

    /** A row as the metric sees it, with the mean taken off: z of the proof. */
    double[] centred(int row) {
        double factor = codes.form == Form.COSINE ? norms.memory().get(row) : 1;
        double[] centred = new double[dimension()];
        Arrays.setAll(centred, i -> values[row][i] * factor - codes.mean[i]);
        return centred;
    }

    @Override
    public void close() {
        codes.close();
        norms.memory().close();
        memory.close();
    }
}
