package dev.vicino.code;

import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;

/**
 * A code of projected vectors in blocks.
 *
 * @param code of vectors of as many values as the projection leaves
 */
record ProjectedBlocks(Form form, Projection projection, BlockCode code) implements BlockCode {
    @Override
    public int blockBytes() {
        return code.blockBytes();
    }

    @Override
    public void decode(MemorySegment base, long block, int lane, float[] origin, float[] out) {
        float[] projected = new float[projection.turned()];
        float[] projectedOrigin = new float[projection.turned()];
        projection.project(origin, projectedOrigin);
        code.decode(base, block, lane, projectedOrigin, projected);
        projection.turn().back(projected, out);
    }

    @Override
    public float[] parameters() {
        return projection.parameters(code.parameters());
    }

    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return code.hasDrifted(projection.project(mean), square);
    }

    @Override
    public Packer packer() {
        Packer packer = code.packer();
        float[] projected = new float[projection.turned()];
        return new Packer() {
            @Override
            public void origin(float[] origin) {
                projection.project(origin, projected);
                packer.origin(projected);
            }

            @Override
            public void put(float[] vector, MemorySegment base, long block, int lane) {
                projection.project(vector, projected);
                packer.put(projected, base, block, lane);
            }

            @Override
            public void move(
                    MemorySegment fromBase,
                    long fromBlock,
                    int fromLane,
                    MemorySegment toBase,
                    long toBlock,
                    int toLane) {
                packer.move(fromBase, fromBlock, fromLane, toBase, toBlock, toLane);
            }
        };
    }

    @Override
    public BlockScorer scorer() {
        return new ProjectedScorer(code.scorer());
    }

    private final class ProjectedScorer implements BlockScorer {
        private final BlockScorer scorer;
        private final float[] projected = new float[projection.turned()];
        private double error;

        ProjectedScorer(BlockScorer scorer) {
            this.scorer = scorer;
        }

        @Override
        public void prepare(float[] query) {
            projection.project(query, projected);
            scorer.prepare(projected);
            error = projection.error(form, query);
        }

        @Override
        public void origin(float[] origin) {
            projection.project(origin, projected);
            scorer.origin(projected);
        }

        @Override
        public void score(MemorySegment base, long at, int blocks, float[] out) {
            scorer.score(base, at, blocks, out);
        }

        @Override
        public float error(MemorySegment base, long block, int lane) {
            return (float) Math.hypot(scorer.error(base, block, lane), error);
        }
    }
}
