package dev.vicino.scan;

import dev.vicino.kernel.CodeKernels;
import dev.vicino.kernel.Codes.Layout;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances.Form;
import org.jspecify.annotations.Nullable;

/**
 * Codes of all rows that are cheap to compare with a query and bound the distance from below, so that most rows need not be read:
 * the whole row as int8, and, where it pays, a shorter prefix of its principal components as int8.
 *
 * <h2>Proof of the bounds</h2>
 *
 * Let y be a row as the metric sees it (x under dot and L2; x times its stored inverse norm under cosine), μ a fixed mean, z = y − μ,
 * and q′ = q − μ for the query, seen likewise; all in double precision, whose own rounding is 2⁻²⁹ times smaller than the margins.
 * Then, exactly,
 *
 * <pre>
 * −y·q    = −μ·q − z·μ − z·q′
 * ‖y−q‖²  = ‖q′‖² + ‖z‖² − 2·z·q′
 * </pre>
 *
 * so a lower bound of the distance follows from an upper bound of z·q′.
 *
 * <p><b>Whole row.</b> z = a·c + r with whole numbers c, a scale a a row, ‖r‖ ≤ a·ε with ε the largest of any row; q′ = b·h + s
 * with whole numbers h. By Cauchy–Schwarz
 *
 * <pre>z·q′ = a·b·(c·h) + a·(c·s) + r·q′ ≤ a·( b·(c·h) + C‖s‖ + ε‖q′‖ ),   C the largest ‖c‖ of any row</pre>
 *
 * where c·h is computed without error.
 *
 * <p><b>Prefix.</b> Let B be p directions of float32 as rows, Δ = B·Bᵀ − I with ‖Δ‖ ≤ {@code defect}, w = B·z, and ρ = z − Bᵀ·w;
 * likewise w′, ρ′ for q′. As B·ρ = −Δ·w,
 *
 * <pre>z·q′ = w·w′ − w′·Δ·w + ρ·ρ′ ≤ w·w′ + κ‖z‖‖q′‖ + ‖ρ‖‖ρ′‖,   ‖ρ‖² ≤ ‖z‖² − ‖w‖² + κ‖z‖²</pre>
 *
 * with κ = 2·defect + 3√p·γ, whose second part covers that w and w′ are computed in single precision from z and q′ rounded to it
 * ({@link Kernels#relativeError}). w·w′ is bounded as for the whole row, and ‖z‖ ≤ a(C + ε) + ‖ρ‖.
 *
 * <p><b>Rounding.</b> The distance as defined is off the true one by at most (γ + 16u)‖y‖‖q‖, or (γ + 8u)‖y−q‖² ≤
 * 2(γ + 8u)(‖z‖² + ‖q′‖²), and evaluating the bound by less than 32u times the same products ({@link Bounds}, u = 2⁻²⁴). With
 * ‖y‖ ≤ a(C + ε) + ‖μ‖ (+ ‖ρ‖ for the prefix) that goes into the factors of a, of ‖ρ‖ and of 1. Rows and query may be of ordinary
 * length and yet so near to each other that squares of differences vanish; d of them, and the few sums of the bound, lose at most
 * (d + 8)·2⁻¹⁴⁹, which is taken off the common offset.
 *
 * <p><b>L1.</b> One scale a for all rows and the query: Σ|y−q| ≥ a·Σ|c−h| − Σ|r| − Σ|s|, times 1 − γ − 8u.
 *
 * <p>An extreme row ({@link Norms}) has no code and scale NaN, so its bound is NaN and compares with nothing.
 *
 * <p>Immutable. Whoever searches keeps it open.
 */
final class PruningCodes implements AutoCloseable {
    private static final CodeKernels KERNELS = Kernels.BEST.codes();
    private static final double U = 0x1p-24;

    /** Under L1 a query's whole numbers go beyond those of the codes; twelve differences still fit in 16 bits. */
    private static final int MAX_L1_QUERY = 2000;

    final Form form;
    final float[] mean;
    final Int8Codes full;
    final Memory terms;
    final @Nullable Prefix prefix;

    /** Under L1, the scale of every row. */
    final float commonScale;

    private final double gamma;

    PruningCodes(Form form, float[] mean, float commonScale, Int8Codes full, Memory terms, @Nullable Prefix prefix) {
        this.form = form;
        this.mean = mean;
        this.commonScale = commonScale;
        this.full = full;
        this.terms = terms;
        this.prefix = prefix;
        this.gamma = Kernels.relativeError(mean.length + 8);
    }

    /**
     * The codes of the first principal components.
     *
     * @param basis p·d floats, the directions
     * @param components p
     * @param defect how far the directions are from orthonormal
     * @param codes of the coordinates
     * @param tails ‖ρ‖ of every row, rounded up
     */
    record Prefix(Memory basis, int components, double defect, Int8Codes codes, Memory tails) {
        /** κ of the proof, for rows of d values. */
        double kappa(int d) {
            return kappa(components, defect, d);
        }

        static double kappa(int components, double defect, int d) {
            return 2 * defect + 3 * Math.sqrt(components) * Kernels.relativeError(d);
        }

        /** The coordinates of a vector. */
        float[] coordinates(float[] values) {
            float[] coordinates = new float[components];
            Kernels.BEST.rows().dot(values, Rows.of(basis, components, values.length), 0, components, coordinates);
            return coordinates;
        }
    }

    int dimension() {
        return mean.length;
    }

    /** How often z·q′ counts in the distance. */
    int weight() {
        return form == Form.SQUARED_L2 ? 2 : 1;
    }

    /** What is added for a row z to what depends on the query: −z·μ, ‖z‖² less what rounding may take, or −Σ|r|. */
    static float term(Form form, float[] mean, double[] z, double absoluteError) {
        double gamma = Kernels.relativeError(mean.length + 8);
        double dot = 0;
        double square = 0;
        for (int i = 0; i < z.length; i++) {
            dot += z[i] * mean[i];
            square += z[i] * z[i];
        }
        return switch (form) {
            case COSINE, DOT -> (float) -dot;
            case SQUARED_L2 -> (float) (square * (1 - 2 * gamma - 64 * U));
            case L1 -> (float) (-absoluteError * (1 + 4 * U));
        };
    }

    /** A query, not extreme, made ready for the codes. */
    Prepared prepare(Query query) {
        int d = dimension();
        double factor = form != Form.COSINE ? 1 : query.norm == 0 ? 0 : 1 / (float) query.norm;
        double[] centred = new double[d];
        double meanSquare = 0;
        double meanDot = 0;
        double square = 0;
        for (int i = 0; i < d; i++) {
            double value = query.values[i] * factor;
            centred[i] = value - mean[i];
            meanSquare += (double) mean[i] * mean[i];
            meanDot += mean[i] * value;
            square += centred[i] * centred[i];
        }
        if (form == Form.L1) {
            return prepareL1(centred);
        }
        double norm = Math.sqrt(square);
        double meanNorm = Math.sqrt(meanSquare);
        double spread = form == Form.SQUARED_L2 ? 0 : (gamma + 64 * U) * (query.norm * factor + meanNorm);
        double offset = form == Form.SQUARED_L2 ? square * (1 - 2 * gamma - 64 * U) : -meanDot - 2 * spread * meanNorm;
        Int8Codes.Quantised whole = full.quantise(centred, d);
        Int8Codes.Facts facts = full.facts;
        double margin = facts.maxNorm * whole.error() + facts.maxError * norm;
        double length = facts.maxNorm + facts.maxError;
        Comparison ofFull = comparison(whole, weight() * margin + spread * length, 0);
        if (prefix == null) {
            return new Prepared(ofFull, null, null, offset(offset));
        }
        Projection projection = project(prefix, centred, norm, spread);
        return new Prepared(ofFull, comparison(prefix, projection), projection, offset(offset));
    }

    private Projection project(Prefix of, double[] centred, double norm, double spread) {
        int d = dimension();
        float[] rounded = new float[d];
        for (int i = 0; i < d; i++) {
            rounded[i] = (float) centred[i];
        }
        double[] coordinates = new double[of.components];
        double square = 0;
        float[] computed = of.coordinates(rounded);
        for (int j = 0; j < coordinates.length; j++) {
            coordinates[j] = computed[j];
            square += coordinates[j] * coordinates[j];
        }
        double kappa = of.kappa(d);
        double tail = Math.sqrt(Math.max(0, norm * norm * (1 + kappa) - square));
        return new Projection(coordinates, Math.sqrt(square), tail, weight() * kappa * norm + spread);
    }

    private Comparison comparison(Prefix of, Projection projection) {
        Int8Codes.Quantised quantised = of.codes.quantise(projection.coordinates, of.components);
        Int8Codes.Facts facts = of.codes.facts;
        double margin = facts.maxNorm * quantised.error() + facts.maxError * projection.length;
        double length = facts.maxNorm + facts.maxError;
        return comparison(
                quantised,
                weight() * margin + projection.slack * length,
                weight() * projection.tail + projection.slack);
    }

    private Comparison comparison(Int8Codes.Quantised query, double margin, double tail) {
        return new Comparison(query.values(), weight() * query.scale(), up(margin), up(tail));
    }

    private Prepared prepareL1(double[] centred) {
        Int8Codes.Quantised query = full.round(centred, dimension(), commonScale, MAX_L1_QUERY);
        double offset = -query.absoluteError() * (1 + 4 * U);
        float factor = (float) -(1 - gamma - 8 * U);
        return new Prepared(new Comparison(query.values(), factor, 0, 0), null, null, offset(offset));
    }

    /** Sums over the codes of {@code count} rows from {@code from} on. */
    void sums(Comparison query, Int8Codes of, int from, int count, int[] sums) {
        if (form == Form.L1) {
            KERNELS.l1(query.values, of.codes, from, count, sums);
        } else if (of.codes.layout() == Layout.BLOCKS) {
            KERNELS.dotBlocks(query.values, of.codes, from, count, sums);
        } else {
            KERNELS.dot(query.values, of.codes, from, count, sums);
        }
    }

    /** A float no smaller than a bound that is not negative. */
    static float up(double value) {
        return Math.nextUp((float) (value * (1 + 4 * U)));
    }

    /** A float no larger than what bounds have in common, less what squares lose that vanish. */
    private float offset(double value) {
        return Math.nextDown((float) (value - (dimension() + 8) * Float.MIN_VALUE));
    }

    /**
     * A query as it is compared with codes: offset + term − scale·(factor·sum + margin) − tail·‖ρ‖ is no larger than the distance.
     *
     * @param values as many as the codes are wide
     */
    record Comparison(short[] values, float factor, float margin, float tail) {}

    /**
     * A query made ready.
     *
     * @param prefix null where there is no prefix; so is the projection
     * @param offset what all bounds have in common
     */
    record Prepared(
            Comparison full,
            @Nullable Comparison prefix,
            @Nullable Projection projection,
            float offset) {}

    /**
     * A query's coordinates w′.
     *
     * @param length ‖w′‖
     * @param tail ‖ρ′‖, rounded up
     * @param slack what is added to the factors of ‖w‖ and ‖ρ‖ for the directions and for rounding
     */
    record Projection(double[] coordinates, double length, double tail, double slack) {}

    /** These codes on memory of their own. */
    PruningCodes copy() {
        Prefix of = prefix;
        Prefix prefixCopy = of == null
                ? null
                : new Prefix(of.basis.copy(), of.components, of.defect, of.codes.copy(), of.tails.copy());
        return new PruningCodes(form, mean, commonScale, full.copy(), terms.copy(), prefixCopy);
    }

    long bytes() {
        long prefixBytes = prefix == null ? 0 : prefix.basis.bytes() + prefix.codes.bytes() + prefix.tails.bytes();
        return full.bytes() + terms.bytes() + prefixBytes;
    }

    @Override
    public void close() {
        full.close();
        terms.close();
        if (prefix != null) {
            prefix.basis.close();
            prefix.codes.close();
            prefix.tails.close();
        }
    }
}
