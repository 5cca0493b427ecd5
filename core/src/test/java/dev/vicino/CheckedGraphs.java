package dev.vicino;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The graphs of a test: all that is in them is checked, and they are closed, when they are done with or the test is over. */
final class CheckedGraphs implements AfterEachCallback {
    private final List<GraphIndex> graphs = new ArrayList<>();

    /** An index of rows, which may be none, with their numbers as ids, built on one thread. */
    GraphIndex build(String spec, Metric metric, float[][] rows, int dimension) {
        return build(spec, metric, rows, dimension, rowNumbers(rows), 1);
    }

    GraphIndex build(String spec, Metric metric, float[][] rows, int dimension, long[] ids, int threads) {
        LiveIndex index = Vicino.index(ExactSearchTest.vectors(rows, dimension))
                .metric(metric)
                .spec(spec)
                .ids(ids)
                .threads(threads)
                .buildLive();
        graphs.add((GraphIndex) index);
        return (GraphIndex) index;
    }

    GraphIndex open(Path file) throws IOException {
        GraphIndex index = (GraphIndex) Vicino.open(file);
        graphs.add(index);
        return index;
    }

    /** Exact search of the same rows. */
    static VectorIndex exact(Metric metric, float[][] rows, int dimension, long[] ids) {
        return Vicino.index(ExactSearchTest.vectors(rows, dimension))
                .metric(metric)
                .spec("Flat(prune=false)")
                .ids(ids)
                .build();
    }

    static VectorIndex exact(Metric metric, float[][] rows, int dimension) {
        return exact(metric, rows, dimension, rowNumbers(rows));
    }

    static long[] rowNumbers(float[][] rows) {
        return LongStream.range(0, rows.length).toArray();
    }

    /** Checks and closes one that the test is done with. */
    void close(GraphIndex index) {
        graphs.remove(index);
        try (index) {
            index.check();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (GraphIndex index : List.copyOf(graphs)) {
            close(index);
        }
    }
}
