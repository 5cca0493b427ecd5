package dev.vicino.code;

import dev.vicino.memory.Slots;
import java.lang.foreign.MemorySegment;

/** Any code in blocks: the codes of 32 rows one behind the other. */
final class RowBlocks implements BlockCode {
    private static final int LINE = 64;

    private final Code code;

    RowBlocks(Code code) {
        this.code = code;
    }

    @Override
    public int blockBytes() {
        return Math.ceilDiv(ROWS * code.bytes(), LINE) * LINE;
    }

    @Override
    public Packer packer() {
        return new RowPacker();
    }

    @Override
    public BlockScorer scorer() {
        return new RowsScorer();
    }

    @Override
    public void decode(MemorySegment base, long block, int lane, float[] origin, float[] out) {
        code.decode(base, at(block, lane), out);
        for (int i = 0; i < out.length && code.isRelative(); i++) {
            out[i] += origin[i];
        }
    }

    @Override
    public float[] parameters() {
        return code.parameters();
    }

    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return code.hasDrifted(mean, square);
    }

    private long at(long block, int lane) {
        return block + (long) lane * code.bytes();
    }

    private final class RowPacker implements Packer {
        private final Code.Encoder encoder = code.encoder();

        @Override
        public void origin(float[] origin) {
            encoder.origin(origin);
        }

        @Override
        public void put(float[] vector, MemorySegment base, long block, int lane) {
            encoder.encode(vector, base, at(block, lane));
        }

        @Override
        public void move(
                MemorySegment fromBase, long fromBlock, int fromLane, MemorySegment toBase, long toBlock, int toLane) {
            MemorySegment.copy(fromBase, at(fromBlock, fromLane), toBase, at(toBlock, toLane), code.bytes());
        }
    }

    private final class RowsScorer implements BlockScorer {
        private final Slots window = Slots.window(code.bytes());
        private final Scorer scorer = code.scorer(window);
        private final int[] lanes = new int[ROWS];
        private final float[] distances = new float[ROWS];

        RowsScorer() {
            for (int lane = 0; lane < ROWS; lane++) {
                lanes[lane] = lane;
            }
        }

        @Override
        public void prepare(float[] query) {
            scorer.prepare(query);
        }

        @Override
        public void origin(float[] origin) {
            scorer.origin(origin);
        }

        @Override
        public void score(MemorySegment base, long at, int blocks, float[] out) {
            for (int block = 0; block < blocks; block++) {
                window.moveTo(base, at + (long) block * blockBytes());
                scorer.score(lanes, ROWS, distances);
                System.arraycopy(distances, 0, out, block * ROWS, ROWS);
            }
        }

        @Override
        public float error(MemorySegment base, long block, int lane) {
            window.moveTo(base, block);
            return scorer.error(lane);
        }
    }
}
