package dev.vicino.bench.ann;

import dev.vicino.bench.ann.engine.Graph;
import org.jspecify.annotations.Nullable;

/**
 * An index that may take part in a race.
 *
 * @param peer whose it is; null for ours
 * @param group what it is a setting of
 * @param name as the table names it
 * @param graph how it is built
 */
record Entrant(@Nullable Peer peer, String group, String name, Graph graph) {
    /** The index that a spec gives where nothing else is said. */
    static final String DEFAULT_SPEC = "HNSW16,RaBitQ2,Refine(Flat)";

    /** The graph over float32 values. */
    static final String FLOAT32_SPEC = "HNSW16";

    private static final String OURS = "Vicino ";

    /** An index of ours. */
    static Entrant ours(String spec) {
        return new Entrant(null, OURS + spec, OURS + spec, new Graph(spec, Peer.M, Peer.EF_CONSTRUCTION));
    }

    boolean isOurs() {
        return peer == null;
    }

    /** Whether a JVM runs it. */
    boolean isCompiledWhileItRuns() {
        return peer != Peer.FAISS && peer != Peer.HNSWLIB;
    }
}
