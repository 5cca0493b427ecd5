package dev.vicino.code;

import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import java.lang.foreign.MemorySegment;

/**
 * A code of projected vectors.
 *
 * @param code of vectors of as many values as the projection leaves
 */
record ProjectedCode(Form form, Projection projection, Code code) implements Code {
    @Override
    public int bytes() {
        return code.bytes();
    }

    @Override
    public Encoder encoder() {
        Encoder encoder = code.encoder();
        float[] projected = new float[projection.turned()];
        return new Encoder() {
            @Override
            public void origin(float[] origin) {
                projection.project(origin, projected);
                encoder.origin(projected);
            }

            @Override
            public void encode(float[] vector, MemorySegment base, long at) {
                projection.project(vector, projected);
                encoder.encode(projected, base, at);
            }
        };
    }

    @Override
    public boolean isRelative() {
        return code.isRelative();
    }

    @Override
    public void decode(MemorySegment base, long at, float[] out) {
        float[] projected = new float[projection.turned()];
        code.decode(base, at, projected);
        projection.turn().back(projected, out);
    }

    @Override
    public boolean hasDrifted(double[] mean, double square) {
        return code.hasDrifted(projection.project(mean), square);
    }

    @Override
    public float[] parameters() {
        return projection.parameters(code.parameters());
    }

    @Override
    public Scorer scorer(Slots codes) {
        return new ProjectedScorer(code.scorer(codes));
    }

    private final class ProjectedScorer implements Scorer {
        private final Scorer scorer;
        private final float[] projected = new float[projection.turned()];
        private double error;

        ProjectedScorer(Scorer scorer) {
            this.scorer = scorer;
        }

        @Override
        public void prepare(float[] query) {
            projection.project(query, projected);
            scorer.prepare(projected);
            error = projection.error(form, query);
        }

        @Override
        public void prepareNode(float[] vector) {
            projection.project(vector, projected);
            scorer.prepareNode(projected);
            error = projection.error(form, vector);
        }

        @Override
        public void origin(float[] origin) {
            projection.project(origin, projected);
            scorer.origin(projected);
        }

        @Override
        public void score(int[] slots, int count, float[] out) {
            scorer.score(slots, count, out);
        }

        @Override
        public float error(int slot) {
            return (float) Math.hypot(scorer.error(slot), error);
        }
    }
}
