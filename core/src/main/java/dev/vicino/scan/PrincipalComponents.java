package dev.vicino.scan;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.ProductKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/**
 * The directions in which a sample of rows spreads most, by subspace iteration: a random basis is multiplied by the covariance and
 * made orthonormal, over and over (Halko, Martinsson, Tropp, arXiv:0909.4061, Algorithm 4.4). The first j directions span what an
 * iteration with j of them would find, so any prefix of the basis is a basis for fewer directions.
 */
public final class PrincipalComponents {
    private static final int ITERATIONS = 4;

    private PrincipalComponents() {}

    /**
     * An orthonormal basis, row-major.
     *
     * @param sample m·d values, rows with their mean taken off
     * @param count directions wanted, a multiple of the kernels' group
     * @return count·d values
     */
    static float[] of(float[] sample, int m, int d, int count, long seed) {
        Random random = new Random(seed);
        float[] basis = new float[count * d];
        for (int i = 0; i < basis.length; i++) {
            basis[i] = (float) random.nextGaussian();
        }
        float[] columns = transposed(sample, m, d);
        orthonormalise(basis, d);
        for (int iteration = 0; iteration < ITERATIONS && m > 0; iteration++) {
            basis = timesCovariance(sample, columns, m, d, basis);
            orthonormalise(basis, d);
        }
        return basis;
    }

    /**
     * As {@link #of}, of any number of directions up to d.
     *
     * @param sample m·d values, from whose origin they spread; directions are drawn at random where there are none
     */
    public static float[] leading(float[] sample, int m, int d, int count, long seed) {
        int group = Kernels.BEST.products().groupSize();
        return Arrays.copyOf(of(sample, m, d, Math.ceilDiv(count, group) * group, seed), count * d);
    }

    /** B·SᵀS for the sample S, as two matrix products. */
    private static float[] timesCovariance(float[] sample, float[] columns, int m, int d, float[] basis) {
        int count = basis.length / d;
        float[] coordinates = new float[m * count];
        new Projector(basis, d).project(sample, m, coordinates);
        float[] product = new float[d * count];
        new Projector(transposed(coordinates, m, count), m).project(columns, d, product);
        return transposed(product, d, count);
    }

    private static float[] transposed(float[] values, int rows, int columns) {
        float[] transposed = new float[rows * columns];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                transposed[c * rows + r] = values[r * columns + c];
            }
        }
        return transposed;
    }

    /**
     * Gram–Schmidt, twice over, which is enough (Giraud, Langou, Rozložník, 2005); what single precision leaves is measured by
     * {@link #defect}. A direction that vanishes stays zero.
     */
    private static void orthonormalise(float[] basis, int d) {
        int count = basis.length / d;
        float[] direction = new float[d];
        float[] products = new float[count];
        try (Memory memory = Memory.allocate((long) basis.length * Float.BYTES)) {
            Rows done = Rows.of(memory, count, d);
            for (int j = 0; j < count; j++) {
                System.arraycopy(basis, j * d, direction, 0, d);
                normalise(direction);
                for (int pass = 0; pass < 2; pass++) {
                    Kernels.BEST.rows().dot(direction, done, 0, j, products);
                    for (int i = 0; i < j; i++) {
                        subtract(direction, basis, i * d, products[i]);
                    }
                    normalise(direction);
                }
                System.arraycopy(direction, 0, basis, j * d, d);
                MemorySegment.copy(direction, 0, memory.segment(), Memory.FLOAT, 4L * j * d, d);
            }
        }
    }

    private static void subtract(float[] direction, float[] basis, int from, float factor) {
        for (int i = 0; i < direction.length; i++) {
            direction[i] -= factor * basis[from + i];
        }
    }

    private static void normalise(float[] direction) {
        double norm = Norms.of(direction);
        float factor = norm > 1e-30 ? (float) (1 / norm) : 0;
        for (int i = 0; i < direction.length; i++) {
            direction[i] *= factor;
        }
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
        private static final ProductKernels KERNELS = Kernels.BEST.products();
        private static final int GROUP = KERNELS.groupSize();
        private static final int ROWS = 16 * ProductKernels.TILE_ROWS;

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
