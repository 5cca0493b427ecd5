package dev.vicino.graph;

import dev.vicino.code.Sphere;
import dev.vicino.memory.Memory;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowScorer;
import dev.vicino.rows.RowStore;
import org.jspecify.annotations.Nullable;

/** The parts of a graph that searches and changes share. */
record Parts(GraphParameters parameters, RowStore rows, Graph graph, Points points, Epochs epochs, Space space) {
    /**
     * Those of a graph without links.
     *
     * @param coded room for the blocks of the rows
     * @param memory of the blocks, to be freed in the end; null where it is a file
     */
    static Parts of(GraphParameters parameters, RowStore rows, IdTable ids, Coded coded, @Nullable Memory memory) {
        Graph graph = new Graph(
                parameters.m(), coded.learnt().codeBytes(), coded.blocks(), rows.firstSize(), rows.firstCapacity());
        Epochs epochs = new Epochs();
        Space space = new Space(parameters, rows, graph, epochs, coded, memory);
        Points points = new Points(rows, ids);
        graph.grow(rows.firstSize());
        return new Parts(parameters, rows, graph, points, epochs, space);
    }

    /** What chooses links, by exact distances; for one thread. */
    Neighbourhood neighbourhood(Sphere sphere) {
        return new Neighbourhood(
                graph, new RowScorer(rows, sphere), new RowScorer(rows, sphere), parameters.keepPrunedConnections());
    }

    /** What links nodes; for one thread. */
    Linker linker(Sphere sphere) {
        return new Linker(graph, neighbourhood(sphere), space.present());
    }

    /** Looks at all of the graph. */
    GraphCheck check() {
        return new GraphCheck(graph, points.alive(), points.ids());
    }

    /** Memory taken beside the rows that were there to begin with and a mapped file. */
    long bytes() {
        return space.bytes() + rows.bytesAdded() + graph.bytes() + points.bytes();
    }
}
