package dev.vicino.code;

import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowKernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import java.lang.foreign.MemorySegment;

/**
 * The float32 values themselves: 32 rows one behind the other, and behind them their norms, inverse under cosine; NaN for a row that
 * single precision cannot compare. The distances are those of exact search, bit for bit.
 */
public final class FlatBlocks implements BlockCode {
    private static final RowKernels KERNELS = Kernels.BEST.rows();
    private static final float EXTREME = Float.NaN;
    private static final int LINE = 64;

    private final Form form;
    private final int dimension;

    FlatBlocks(Form form, int dimension) {
        this.form = form;
        this.dimension = dimension;
    }

    @Override
    public int blockBytes() {
        return Math.ceilDiv(ROWS * (dimension + 1) * Float.BYTES, LINE) * LINE;
    }

    @Override
    public Packer packer() {
        return new RowPacker();
    }

    @Override
    public BlockScorer scorer() {
        return new RowScorer();
    }

    /** There is nothing to learn. */
    @Override
    public float[] parameters() {
        return new float[0];
    }

    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return false;
    }

    @Override
    public void decode(MemorySegment base, long block, int lane, float[] origin, float[] out) {
        get(base, block, lane, out);
        if (form == Form.COSINE) {
            Sphere.normalise(out, out);
        }
    }

    /** Reads a row. */
    public void get(MemorySegment base, long block, int lane, float[] out) {
        MemorySegment.copy(base, Memory.FLOAT, row(block, lane), out, 0, dimension);
    }

    private long row(long block, int lane) {
        return block + (long) lane * dimension * Float.BYTES;
    }

    private long norm(long block, int lane) {
        return block + ((long) ROWS * dimension + lane) * Float.BYTES;
    }

    private final class RowPacker implements Packer {
        @Override
        public void origin(float[] origin) {
            // rows are what they are wherever they lie
        }

        @Override
        public void put(float[] vector, MemorySegment base, long block, int lane) {
            MemorySegment.copy(vector, 0, base, Memory.FLOAT, row(block, lane), dimension);
            base.set(Memory.FLOAT, norm(block, lane), stored(Norms.of(vector)));
        }

        private float stored(double norm) {
            if (Norms.isExtreme(norm)) {
                return EXTREME;
            }
            return form == Form.COSINE && norm != 0 ? 1 / (float) norm : (float) norm;
        }

        @Override
        public void move(
                MemorySegment fromBase, long fromBlock, int fromLane, MemorySegment toBase, long toBlock, int toLane) {
            MemorySegment.copy(
                    fromBase, row(fromBlock, fromLane), toBase, row(toBlock, toLane), (long) dimension * Float.BYTES);
            toBase.set(Memory.FLOAT, norm(toBlock, toLane), fromBase.get(Memory.FLOAT, norm(fromBlock, fromLane)));
        }
    }

    private final class RowScorer implements BlockScorer {
        private final float[] values = new float[dimension];
        private final float[] row = new float[dimension];
        private final float[] distances = new float[ROWS];
        private final float[] norms = new float[ROWS];
        private boolean extreme;
        /** −1/‖q‖; of use under cosine alone. */
        private float factor;

        @Override
        public void prepare(float[] query) {
            System.arraycopy(query, 0, values, 0, dimension);
            double norm = Norms.of(query);
            extreme = Norms.isExtreme(norm);
            factor = norm == 0 ? 0 : -1 / (float) norm;
        }

        @Override
        public void origin(float[] origin) {
            // rows are what they are wherever they lie
        }

        @Override
        public void score(MemorySegment base, long at, int blocks, float[] out) {
            for (int i = 0; i < blocks; i++) {
                long block = at + (long) i * blockBytes();
                compare(base, block);
                System.arraycopy(distances, 0, out, i * ROWS, ROWS);
            }
        }

        private void compare(MemorySegment base, long block) {
            Rows rows = new Rows(base, block, ROWS, dimension);
            switch (form) {
                case SQUARED_L2 -> KERNELS.squaredL2(values, rows, 0, ROWS, distances);
                case L1 -> KERNELS.l1(values, rows, 0, ROWS, distances);
                case COSINE, DOT -> KERNELS.dot(values, rows, 0, ROWS, distances);
            }
            MemorySegment.copy(base, Memory.FLOAT, norm(block, 0), norms, 0, ROWS);
            for (int lane = 0; lane < ROWS; lane++) {
                distances[lane] = extreme || Float.isNaN(norms[lane])
                        ? inDouble(base, block, lane)
                        : finished(distances[lane], norms[lane]);
            }
        }

        private float finished(float sum, float norm) {
            return switch (form) {
                case SQUARED_L2, L1 -> sum;
                case DOT -> -sum;
                case COSINE -> Math.max(-1, Math.min(1, sum * (norm * factor)));
            };
        }

        private float inDouble(MemorySegment base, long block, int lane) {
            get(base, block, lane, row);
            return Distances.inDouble(form, row, values);
        }

        /** The distances are exact. */
        @Override
        public float error(MemorySegment base, long block, int lane) {
            return 0;
        }
    }
}
