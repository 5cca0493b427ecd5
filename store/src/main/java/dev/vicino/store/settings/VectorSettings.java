package dev.vicino.store.settings;

import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.Vectors;

/** What the vectors of one name are. */
public sealed interface VectorSettings {
    /** A graph pays from about here on; below, a scan of all vectors is as fast and exact. */
    int DEFAULT_THRESHOLD = 10_000;

    /** Dense vectors of one dimension under one metric, on the default graph. */
    static Dense dense(int dimension, Metric metric) {
        return new Dense(dimension, metric, IndexSpec.parse("HNSW16,RaBitQ2,Refine(Flat)"), DEFAULT_THRESHOLD);
    }

    /**
     * Dense vectors.
     *
     * @param dimension values in each, 1 … {@value Vectors#MAX_DIMENSION}
     * @param spec the graph that serves many of them
     * @param threshold vectors from which on the graph is built; fewer are scanned
     */
    record Dense(int dimension, Metric metric, IndexSpec spec, int threshold) implements VectorSettings {
        /**
         * Checks the fields.
         *
         * @throws IllegalArgumentException naming the one at fault
         */
        public Dense {
            if (dimension < 1 || dimension > Vectors.MAX_DIMENSION) {
                throw new IllegalArgumentException(
                        "dimension = " + dimension + ", expected 1.." + Vectors.MAX_DIMENSION);
            }
            if (!(spec.navigator() instanceof IndexSpec.Hnsw)) {
                throw new IllegalArgumentException("spec = " + spec + ", expected a graph, HNSW<M>");
            }
            if (!spec.keepsVectors()) {
                throw new IllegalArgumentException("spec = " + spec
                        + ", expected one that keeps vectors as they are, as those outside the graph are compared");
            }
            if (threshold < 1) {
                throw new IllegalArgumentException("threshold = " + threshold + ", expected at least 1");
            }
        }

        /** These settings with another graph. */
        public Dense withSpec(IndexSpec spec) {
            return new Dense(dimension, metric, spec, threshold);
        }

        /** These settings with another number of vectors from which on there is a graph. */
        public Dense withThreshold(int threshold) {
            return new Dense(dimension, metric, spec, threshold);
        }
    }

    /** Sparse vectors, compared by dot product, through an inverted list a dimension. */
    record Sparse() implements VectorSettings {}
}
