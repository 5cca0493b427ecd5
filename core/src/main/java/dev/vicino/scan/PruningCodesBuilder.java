package dev.vicino.scan;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Codes.Layout;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.PruningCodes.Prefix;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Makes {@link PruningCodes}: looks at a sample for the mean and the principal components, then encodes every row. */
final class PruningCodesBuilder {
    /** With fewer rows, or in so few dimensions, a plain scan takes microseconds and codes are not worth their memory. */
    static final int MIN_ROWS = 4096;

    private static final int MIN_DIMENSION = 32;

    /** Directions that are no more orthonormal than this bound nothing; values near the end of float's range may make them so. */
    private static final double MAX_DEFECT = 0.01;

    private static final int SAMPLE_ROWS = 4096;
    private static final int RANGE_ROWS = 4096;
    private static final int BLOCK_ROWS = 96;
    /** Under L1 the largest code stands for this many standard deviations; the few values beyond cost their rows exactness. */
    private static final double L1_DEVIATIONS = 6;

    private final Distances distances;
    private final Rows rows;
    private final Form form;
    private final int d;
    private final float[] mean;
    private final float[] sample;
    private final int sampleRows;

    private PruningCodesBuilder(Distances distances) {
        this.distances = distances;
        this.rows = distances.rows;
        this.form = distances.form();
        this.d = rows.dimension();
        int wanted = Math.min(SAMPLE_ROWS, rows.size());
        float[] values = new float[wanted * d];
        double[] row = new double[d];
        double[] sum = new double[d];
        int taken = 0;
        for (int i = 0; i < wanted; i++) {
            int r = (int) ((long) rows.size() * i / wanted);
            if (distances.norms.nextExtreme(r) != r) {
                read(r, row);
                for (int j = 0; j < d; j++) {
                    values[taken * d + j] = (float) row[j];
                    sum[j] += row[j];
                }
                taken++;
            }
        }
        this.mean = new float[d];
        for (int j = 0; j < d; j++) {
            mean[j] = (float) (sum[j] / Math.max(1, taken));
        }
        for (int i = 0; i < taken * d; i++) {
            values[i] -= mean[i % d];
        }
        this.sample = values;
        this.sampleRows = taken;
    }

    /** Codes for these rows, or null where a plain scan serves as well: few rows, few dimensions, or no SIMD. */
    static @Nullable PruningCodes build(Distances distances, int threads, Progress progress) {
        boolean worthwhile = distances.size() >= MIN_ROWS
                && distances.dimension() >= MIN_DIMENSION
                && Kernels.BEST.codes().areFast();
        if (!worthwhile) {
            return null;
        }
        PruningCodesBuilder builder = new PruningCodesBuilder(distances);
        float[] none = new float[0];
        return builder.build(distances.form() == Form.L1 ? none : builder.cheapestPrefix(), threads, progress);
    }

    /** Codes with a prefix of so many components, whether it is worth its memory or not; not for L1. */
    static PruningCodes build(Distances distances, int components) {
        PruningCodesBuilder builder = new PruningCodesBuilder(distances);
        float[] basis =
                PrincipalComponents.of(builder.sample, builder.sampleRows, builder.d, components, PrefixChoice.SEED);
        return builder.build(basis, 1, Progress.NONE);
    }

    /** Codes with a prefix along given directions, row-major; not for L1. */
    static PruningCodes build(Distances distances, float[] basis) {
        return new PruningCodesBuilder(distances).build(basis, 1, Progress.NONE);
    }

    private float[] cheapestPrefix() {
        return PrefixChoice.choose(form, mean, sample, sampleRows, rows.size());
    }

    private PruningCodes build(float[] chosen, int threads, Progress progress) {
        int n = rows.size();
        double defect = PrincipalComponents.defect(chosen, d);
        float[] basis = defect < MAX_DEFECT ? chosen : new float[0];
        int p = basis.length / d;
        float commonScale = form == Form.L1 ? commonScale() : 0;
        Int8Codes full = Int8Codes.allocate(n, d, Layout.ROWS);
        Memory terms = Memory.allocate((long) n * Float.BYTES);
        Prefix prefix = p == 0
                ? null
                : new Prefix(
                        Memory.of(basis),
                        p,
                        defect,
                        Int8Codes.allocate(n, p, Layout.BLOCKS),
                        Memory.allocate((long) n * Float.BYTES));
        PruningCodes codes = new PruningCodes(form, mean, commonScale, full, terms, prefix);
        try {
            long[] done = new long[1];
            Parallel.run(Math.ceilDiv(n, RANGE_ROWS), threads, range -> {
                int from = range * RANGE_ROWS;
                int to = Math.min(n, from + RANGE_ROWS);
                new RangeEncoder(codes, basis).encode(from, to);
                synchronized (done) {
                    done[0] += to - from;
                    progress.update(done[0], n);
                }
            });
            return codes;
        } catch (Throwable e) {
            codes.close();
            throw e;
        }
    }

    private float commonScale() {
        double square = 0;
        for (int i = 0; i < sampleRows * d; i++) {
            square += (double) sample[i] * sample[i];
        }
        double deviation = Math.sqrt(square / Math.max(1, sampleRows * d));
        return Math.max((float) (L1_DEVIATIONS * deviation / 127), 0x1p-100f);
    }

    /** A row as the metric sees it. */
    private void read(int r, double[] into) {
        double factor = form == Form.COSINE ? distances.norms.memory().get(r) : 1;
        MemorySegment base = rows.base();
        long at = rows.at(r);
        for (int j = 0; j < into.length; j++) {
            into[j] = base.get(Memory.FLOAT, at + 4L * j) * factor;
        }
    }

    /** Encodes rows on one thread. */
    private final class RangeEncoder {
        private final PruningCodes codes;
        private final Int8Codes.Encoder full;
        private final Int8Codes.@Nullable Encoder prefix;
        private final PrincipalComponents.Projector projector;
        private final double[] z = new double[d];
        private final double[] norms = new double[BLOCK_ROWS];
        private final float[] block = new float[BLOCK_ROWS * d];
        private final float[] coordinates;

        RangeEncoder(PruningCodes codes, float[] basis) {
            this.codes = codes;
            this.full = codes.full.new Encoder();
            this.prefix = codes.prefix == null ? null : codes.prefix.codes().new Encoder();
            this.projector = new PrincipalComponents.Projector(basis, d);
            this.coordinates = new float[BLOCK_ROWS * (basis.length / d)];
        }

        void encode(int from, int to) {
            for (int row = from; row < to; row += BLOCK_ROWS) {
                encodeBlock(row, Math.min(BLOCK_ROWS, to - row));
            }
            full.finish();
            if (prefix != null) {
                prefix.finish();
            }
        }

        private void encodeBlock(int from, int count) {
            for (int i = 0; i < count; i++) {
                if (distances.norms.nextExtreme(from + i) == from + i) {
                    codes.full.skip(from + i);
                    Arrays.fill(block, i * d, (i + 1) * d, 0);
                    continue;
                }
                read(from + i, z);
                double square = 0;
                for (int j = 0; j < d; j++) {
                    z[j] -= mean[j];
                    square += z[j] * z[j];
                    block[i * d + j] = (float) z[j];
                }
                norms[i] = square;
                double absoluteError =
                        form == Form.L1 ? full.encode(from + i, z, d, codes.commonScale) : full.encode(from + i, z, d);
                codes.terms.put(from + i, PruningCodes.term(form, mean, z, absoluteError));
            }
            if (prefix != null && codes.prefix != null) {
                encodePrefix(from, count, codes.prefix, prefix);
            }
        }

        private void encodePrefix(int from, int count, Prefix of, Int8Codes.Encoder encoder) {
            int p = of.components();
            double kappa = of.kappa(d);
            projector.project(block, count, coordinates);
            double[] w = new double[p];
            for (int i = 0; i < count; i++) {
                if (distances.norms.nextExtreme(from + i) == from + i) {
                    of.codes().skip(from + i);
                    continue;
                }
                double projected = 0;
                for (int j = 0; j < p; j++) {
                    w[j] = coordinates[i * p + j];
                    projected += w[j] * w[j];
                }
                encoder.encode(from + i, w, p);
                double tail = Math.sqrt(Math.max(0, norms[i] * (1 + kappa) - projected));
                of.tails().put(from + i, Math.nextUp((float) tail));
            }
        }
    }
}
