package dev.vicino.scan;

import dev.vicino.kernel.Kernels;

/**
 * Bounds of the distance of a row, from an estimate of its product with the query: how a fast scan may compute in any order, or
 * coarsely, and still exclude only what the definition in {@link Distances} excludes.
 *
 * <p>For a product p of the row with the query, times a {@link OfQuery#factor} of the query's,
 *
 * <pre>
 * lower = p·scale(row) + term(row)·termFactor + offset  ≤  distance  ≤  lower + term(row)·slackFactor + slack
 * </pre>
 *
 * <h2>Proof</h2>
 *
 * Let u = 2⁻²⁴ and γ = {@link Kernels#relativeError}(d) ≥ d·u/(1 − d·u). A sum of the d products xᵢ·qᵢ in single precision, in any
 * order, with or without fused operations, is off x·q by at most γ·Σ|xᵢ·qᵢ| ≤ γ‖x‖‖q‖ (Higham, section 3.1; Cauchy–Schwarz). Terms
 * that fall below 2⁻¹⁴⁹ add d·2⁻¹⁵⁰ at most, which is below u·‖x‖‖q‖/2²⁰ because neither vector is extreme ({@link Norms}). The sum
 * in the definition is such a sum. The product p is off x·q by at most e‖x‖‖q‖: where it is such a sum too, e = γ; else whoever
 * computes it says what e is. So both differ by at most (γ + e)‖x‖‖q‖. What else is rounded (norms, their inverses, the factor,
 * the bound itself) is some ten operations on values no larger than those in the margin, covered by {@link #ROUNDING} = 32u.
 *
 * <ul>
 *   <li>Dot: factor −1; the distance is off p by at most m‖x‖ with m = (γ + e + 32u)‖q‖.
 *   <li>Cosine: factor −1/‖q‖, scale 1/‖x‖; off by at most m = γ + e + 32u. The clamp to [−1, 1] moves the distance towards
 *       x·q/(‖x‖‖q‖), which lies there, so the bounds hold after it.
 *   <li>Squared L2: factor −2; ‖x‖² + ‖q‖² + p is off ‖x−q‖² by at most 2e‖x‖‖q‖ ≤ e(‖x‖² + ‖q‖²), and the sum of squares in the
 *       definition by at most (γ + 4u)‖x−q‖² ≤ 2(γ + 4u)(‖x‖² + ‖q‖²). So it is off by at most c(‖x‖² + ‖q‖²) with c = 2γ + e + 32u.
 * </ul>
 *
 * An extreme row has scale NaN, with which nothing compares: whoever scans takes extreme rows from the definition.
 */
abstract sealed class Bounds {
    static final double ROUNDING = 32 * 0x1p-24;

    final Norms norms;
    final double gamma;
    final double error;

    private Bounds(Norms norms, int dimension, double error) {
        this.norms = norms;
        this.gamma = Kernels.relativeError(dimension);
        this.error = error;
    }

    /** @param error e, of the products */
    static Bounds dot(Norms norms, int dimension, double error) {
        return new Dot(norms, dimension, error);
    }

    /** @param error e, of the products */
    static Bounds cosine(Norms norms, int dimension, double error) {
        return new Cosine(norms, dimension, error);
    }

    /** @param error e, of the products */
    static Bounds squaredL2(Norms norms, int dimension, double error) {
        return new SquaredL2(norms, dimension, error);
    }

    /**
     * What the bounds take of a query.
     *
     * @param factor what the query is multiplied by before the product
     */
    record OfQuery(float factor, float termFactor, float offset, float slackFactor, float slack) {}

    abstract OfQuery of(Query query);

    /** What the bounds take of {@code count} rows from {@code from} on. */
    final void rows(int from, int count, float[] scales, float[] terms) {
        norms.copyTo(from, count, terms);
        finish(count, scales, terms);
        for (int row = norms.nextExtreme(from); row < from + count; row = norms.nextExtreme(row + 1)) {
            scales[row - from] = Float.NaN;
        }
    }

    /** From the stored norms in {@code terms}. */
    abstract void finish(int count, float[] scales, float[] terms);

    private static final class Dot extends Bounds {
        Dot(Norms norms, int dimension, double error) {
            super(norms, dimension, error);
        }

        @Override
        OfQuery of(Query query) {
            float margin = (float) ((gamma + error + ROUNDING) * query.norm);
            return new OfQuery(-1, -margin, 0, 2 * margin, 0);
        }

        @Override
        void finish(int count, float[] scales, float[] terms) {
            for (int i = 0; i < count; i++) {
                scales[i] = 1;
            }
        }
    }

    private static final class Cosine extends Bounds {
        Cosine(Norms norms, int dimension, double error) {
            super(norms, dimension, error);
        }

        @Override
        OfQuery of(Query query) {
            float margin = (float) (gamma + error + ROUNDING);
            return new OfQuery(query.norm == 0 ? 0 : (float) (-1 / query.norm), 0, -margin, 0, 2 * margin);
        }

        @Override
        void finish(int count, float[] scales, float[] terms) {
            for (int i = 0; i < count; i++) {
                scales[i] = terms[i];
                terms[i] = 0;
            }
        }
    }

    private static final class SquaredL2 extends Bounds {
        SquaredL2(Norms norms, int dimension, double error) {
            super(norms, dimension, error);
        }

        @Override
        OfQuery of(Query query) {
            double margin = 2 * gamma + error + ROUNDING;
            double square = query.norm * query.norm;
            return new OfQuery(-2, (float) (1 - margin), (float) ((1 - margin) * square), (float) (2 * margin), (float)
                    (2 * margin * square));
        }

        @Override
        void finish(int count, float[] scales, float[] terms) {
            for (int i = 0; i < count; i++) {
                scales[i] = 1;
                terms[i] *= terms[i];
            }
        }
    }
}
