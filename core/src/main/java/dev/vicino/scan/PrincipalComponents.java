package dev.vicino.scan;

import dev.vicino.kernel.Kernels;
import java.util.Arrays;
import java.util.Random;

/**
 * The directions in which a sample of rows spreads most, by subspace iteration: a random basis is multiplied by the covariance and
 * made orthonormal, over and over (Halko, Martinsson, Tropp, arXiv:0909.4061, Algorithm 4.4). The first j directions span what an
 * iteration with j of them would find, so any prefix of the basis is a basis for fewer directions.
 */
final class PrincipalComponents {
    private static final int ITERATIONS = 4;

    private PrincipalComponents() {}

    /**
     * An orthonormal basis, row-major.
     *
     * @param sample m·d values, rows with their mean taken off
     * @param count directions wanted, at most d, a multiple of the kernels' group
     * @return count·d values
     */
    static float[] of(float[] sample, int m, int d, int count, long seed) {
        Random random = new Random(seed);
        double[][] basis = new double[count][d];
        for (double[] direction : basis) {
            for (int i = 0; i < d; i++) {
                direction[i] = random.nextGaussian();
            }
        }
        orthonormalise(basis);
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            basis = timesCovariance(sample, m, d, flat(basis));
            orthonormalise(basis);
        }
        return flat(basis);
    }

    /** SᵀS·B for the sample S: the products of rows and directions, then rows added up by these. */
    private static double[][] timesCovariance(float[] sample, int m, int d, float[] basis) {
        int count = basis.length / d;
        Projector projector = new Projector(basis, d);
        float[] coordinates = new float[m * count];
        projector.project(sample, m, coordinates);
        double[][] result = new double[count][d];
        float[] sum = new float[d];
        for (int j = 0; j < count; j++) {
            Arrays.fill(sum, 0);
            for (int r = 0; r < m; r++) {
                add(sample, r * d, coordinates[r * count + j], sum);
            }
            for (int i = 0; i < d; i++) {
                result[j][i] = sum[i];
            }
        }
        return result;
    }

    private static void add(float[] rows, int from, float factor, float[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += rows[from + i] * factor;
        }
    }

    /** Modified Gram–Schmidt, twice, which leaves products of about 10⁻¹⁶ (Giraud and Langou, 2003). A zero direction stays zero. */
    private static void orthonormalise(double[][] basis) {
        for (int pass = 0; pass < 2; pass++) {
            for (int j = 0; j < basis.length; j++) {
                for (int i = 0; i < j; i++) {
                    addTo(basis[j], basis[i], -dot(basis[j], basis[i]));
                }
                double norm = Math.sqrt(dot(basis[j], basis[j]));
                double factor = norm > 1e-30 ? 1 / norm : 0;
                for (int i = 0; i < basis[j].length; i++) {
                    basis[j][i] *= factor;
                }
            }
        }
    }

    private static void addTo(double[] sum, double[] values, double factor) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += values[i] * factor;
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        int even = a.length & ~1;
        for (int i = 0; i < even; i += 2) {
            sum0 += a[i] * b[i];
            sum1 += a[i + 1] * b[i + 1];
        }
        return even < a.length ? sum0 + sum1 + a[even] * b[even] : sum0 + sum1;
    }

    private static float[] flat(double[][] basis) {
        int d = basis[0].length;
        float[] flat = new float[basis.length * d];
        for (int j = 0; j < basis.length; j++) {
            for (int i = 0; i < d; i++) {
                flat[j * d + i] = (float) basis[j][i];
            }
        }
        return flat;
    }

    /**
     * How far directions are from orthonormal: the Frobenius norm of B·Bᵀ − I, no less than the spectral norm.
     *
     * @param basis count·d values
     */
    static double defect(float[] basis, int d) {
        int count = basis.length / d;
        double sum = 0;
        for (int i = 0; i < count; i++) {
            for (int j = 0; j <= i; j++) {
                double product = i == j ? -1 : 0;
                for (int x = 0; x < d; x++) {
                    product += (double) basis[i * d + x] * basis[j * d + x];
                }
                sum += (i == j ? 1 : 2) * product * product;
            }
        }
        return Math.sqrt(sum);
    }

    /** Products of rows with the directions of a basis. Not safe for use by several threads. */
    static final class Projector {
        private static final Kernels KERNELS = Kernels.BEST;
        private static final int GROUP = KERNELS.groupSize();
        private static final int ROWS = 16 * Kernels.TILE_ROWS;

        private final int count;
        private final int d;
        private final float[] packed;
        private final float[] block;
        private final float[] products = new float[ROWS * GROUP];

        /**
         * For a basis of a whole number of groups.
         *
         * @param basis count·d values
         */
        Projector(float[] basis, int d) {
            this.count = basis.length / d;
            this.d = d;
            this.packed = new float[basis.length];
            this.block = new float[ROWS * d];
            for (int j = 0; j < count; j++) {
                for (int i = 0; i < d; i++) {
                    packed[j / GROUP * GROUP * d + i * GROUP + j % GROUP] = basis[j * d + i];
                }
            }
        }

        /** The coordinates of the first m rows, {@code count} a row. */
        void project(float[] rows, int m, float[] coordinates) {
            for (int from = 0; from < m; from += ROWS) {
                int rowCount = Math.min(ROWS, m - from);
                System.arraycopy(rows, from * d, block, 0, rowCount * d);
                for (int group = 0; group < count; group += GROUP) {
                    KERNELS.products(packed, group * d, block, rowCount, d, products);
                    for (int r = 0; r < rowCount; r++) {
                        System.arraycopy(products, r * GROUP, coordinates, (from + r) * count + group, GROUP);
                    }
                }
            }
        }
    }
}
