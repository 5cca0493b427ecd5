package dev.vicino;

import dev.vicino.IndexSpec.Hnsw;
import dev.vicino.IndexSpec.Refine;
import dev.vicino.format.IndexFile;
import dev.vicino.graph.GraphParameters;
import dev.vicino.graph.LiveGraph;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Approximate search along a graph, which may change. Its file is told by {@code dev.vicino.graph.GraphSnapshot}. */
final class GraphIndex extends ChangingIndex {
    private GraphIndex(Contents contents, LiveGraph graph) {
        super(contents, graph);
    }

    private GraphIndex(GraphIndex other, IndexSpec spec) {
        super(other, spec);
    }

    @Override
    public GraphIndex withDefaultEffort(int effort) {
        return new GraphIndex(this, spec().withEffort(effort));
    }

    static GraphIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        return Contents.build(spec, metric, source, idMemory, threads, Progress.NONE, contents -> {
            LiveGraph graph = LiveGraph.build(
                    parameters(spec),
                    contents.stored().lifetime(),
                    contents.rowStore(),
                    contents.ids(),
                    threads,
                    progress);
            return new GraphIndex(contents, graph);
        });
    }

    static GraphIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Contents contents = Contents.open(file, spec, metric);
        LiveGraph graph = LiveGraph.open(
                parameters(spec), contents.stored().lifetime(), contents.rowStore(), contents.ids(), file);
        GraphIndex index = new GraphIndex(contents, graph);
        index.startLoading(graph::load);
        return index;
    }

    private static GraphParameters parameters(IndexSpec spec) {
        Hnsw hnsw = hnsw(spec);
        return new GraphParameters(
                hnsw.m(),
                hnsw.efConstruction(),
                hnsw.extendCandidates(),
                hnsw.keepPrunedConnections(),
                hnsw.seed(),
                CodeKinds.of(spec.code()),
                spec.refine() != Refine.NONE);
    }

    private static Hnsw hnsw(IndexSpec spec) {
        if (!(spec.navigator() instanceof Hnsw hnsw)) {
            throw new IllegalArgumentException("spec = " + spec + ", expected a graph");
        }
        return hnsw;
    }

    @Override
    public int defaultEffort() {
        return hnsw(spec()).efSearch();
    }
}
