package dev.vicino.code;

import dev.vicino.scan.Norms;
import dev.vicino.scan.Parallel;
import java.util.Arrays;

/**
 * The rotation that product quantisation loses least with, by turns: codebooks for the rotation, the rotation for the codebooks (Ge, He,
 * Ke and Sun, Optimized Product Quantization, 2013, the non-parametric solution). It begins with no rotation at all.
 */
final class OptimisedRotation {
    private static final int ROUNDS = 12;
    private static final int MAX_ROWS = 16_384;
    private static final int ITERATIONS = 4;
    private static final int PIECES = 64;
    private static final long SEED = 0x0b_9eL;

    /** Of Newton and Schulz: each makes a singular value that is far below 1 half as large again. */
    private static final int MAX_STEPS = 60;

    /** What is added of the rotation before, so that rows that fill no direction leave it as it is. */
    private static final double KEPT = 1e-3;

    private final TrainingRows rows;
    private final CodeKind.Product kind;
    private final int threads;
    private final int d;

    OptimisedRotation(TrainingRows rows, CodeKind.Product kind, int threads) {
        this.rows = rows;
        this.kind = kind;
        this.threads = threads;
        this.d = rows.dimension();
    }

    Turn learn() {
        float[] rotation = identity(d);
        try (TrainingRows some = rows.some(MAX_ROWS)) {
            Codebooks codebooks = null;
            for (int round = 0; round < ROUNDS && some.size() > 0; round++) {
                try (TrainingRows turned = some.turned(new MatrixTurn(d, d, rotation))) {
                    codebooks = codebooks == null
                            ? Codebooks.learn(turned.rows(), kind.parts(), kind.bits(), threads, SEED)
                            : codebooks.improved(turned.rows(), ITERATIONS, threads);
                    rotation = nearestRotation(products(some, turned, codebooks), rotation);
                }
            }
        }
        return new MatrixTurn(d, d, rotation);
    }

    private static float[] identity(int d) {
        float[] identity = new float[d * d];
        for (int i = 0; i < d; i++) {
            identity[i * d + i] = 1;
        }
        return identity;
    }

    /** Xᵀ·Z, of rows and what is left of them once they were turned and quantised; in pieces, always the same. */
    private float[] products(TrainingRows some, TrainingRows turned, Codebooks codebooks) {
        float[][] sums = new float[PIECES][];
        Parallel.run(PIECES, threads, piece -> {
            float[] sum = new float[d * d];
            float[] line = new float[d];
            float[] row = new float[d];
            float[] quantised = new float[d];
            float[] tables = new float[codebooks.parts() * codebooks.size()];
            byte[] numbers = new byte[codebooks.parts()];
            int end = (int) ((long) (piece + 1) * some.size() / PIECES);
            for (int r = (int) ((long) piece * some.size() / PIECES); r < end; r++) {
                turned.get(r, quantised);
                codebooks.encode(quantised, tables, numbers);
                codebooks.decode(numbers, quantised);
                some.get(r, row);
                for (int i = 0; i < d; i++) {
                    System.arraycopy(sum, i * d, line, 0, d);
                    MatrixTurn.addTimes(row[i], quantised, 0, line);
                    System.arraycopy(line, 0, sum, i * d, d);
                }
            }
            sums[piece] = sum;
        });
        float[] all = new float[d * d];
        for (float[] sum : sums) {
            MatrixTurn.addTimes(1, sum, 0, all);
        }
        return all;
    }

    /**
     * The orthogonal factor of the polar decomposition, which is the rotation R with the largest trace of Rᵀ·A (Schönemann, 1966), by the
     * iteration of Newton and Schulz: R ← 1.5·R − 0.5·R·Rᵀ·R.
     */
    private float[] nearestRotation(float[] products, float[] before) {
        double norm = Norms.of(products);
        if (!(norm > 0) || Double.isInfinite(norm)) {
            return before;
        }
        float[] rotation = new float[d * d];
        for (int i = 0; i < rotation.length; i++) {
            rotation[i] = (float) (products[i] / norm + KEPT * before[i]);
        }
        for (int step = 0; step < MAX_STEPS; step++) {
            float[] square = times(rotation, transposed(rotation));
            double defect = 0;
            for (int i = 0; i < square.length; i++) {
                float unit = i % (d + 1) == 0 ? 1 : 0;
                defect += (square[i] - unit) * (square[i] - unit);
                square[i] = 1.5f * unit - 0.5f * square[i];
            }
            rotation = times(square, rotation);
            if (defect < 1e-8 * d) {
                return rotation;
            }
        }
        return before;
    }

    private float[] transposed(float[] matrix) {
        float[] transposed = new float[d * d];
        for (int i = 0; i < d * d; i++) {
            transposed[i % d * d + i / d] = matrix[i];
        }
        return transposed;
    }

    private float[] times(float[] a, float[] b) {
        float[] product = new float[d * d];
        MatrixTurn turn = new MatrixTurn(d, d, b);
        Parallel.run(d, threads, i -> {
            float[] line = new float[d];
            turn.turn(Arrays.copyOfRange(a, i * d, (i + 1) * d), line, line);
            System.arraycopy(line, 0, product, i * d, d);
        });
        return product;
    }
}
