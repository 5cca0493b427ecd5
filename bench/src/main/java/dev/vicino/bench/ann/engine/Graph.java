package dev.vicino.bench.ann.engine;

/**
 * Which graph is built, in the words of the HNSW paper.
 *
 * @param kind what the engine calls such an index; ours, and FAISS, take it for a spec
 * @param m links a node on the upper layers; twice as many on layer 0
 * @param efConstruction how far an insertion looks for neighbours
 */
public record Graph(String kind, int m, int efConstruction) {
    /** Checks the fields. */
    public Graph {
        if (m < 2 || efConstruction < m) {
            throw new IllegalArgumentException(
                    "m = %d, efConstruction = %d, expected 2 or more, and no less than m".formatted(m, efConstruction));
        }
    }
}
