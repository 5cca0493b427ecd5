package dev.vicino;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The changing indexes of a test: all that is in them is checked, and they are closed, when they are done with or the test is over. */
final class CheckedIndexes implements AfterEachCallback {
    private final List<ChangingIndex> indexes = new ArrayList<>();

    /** An index of rows, which may be none, with their numbers as ids, built on one thread. */
    ChangingIndex build(String spec, Metric metric, float[][] rows, int dimension) {
        return build(spec, metric, rows, dimension, rowNumbers(rows), 1);
    }

    ChangingIndex build(String spec, Metric metric, float[][] rows, int dimension, long[] ids, int threads) {
        LiveIndex index = Vicino.index(ExactSearchTest.vectors(rows, dimension))
                .metric(metric)
                .spec(spec)
                .ids(ids)
                .threads(threads)
                .buildLive();
        indexes.add((ChangingIndex) index);
        return (ChangingIndex) index;
    }

    ChangingIndex open(Path file) throws IOException {
        ChangingIndex index = (ChangingIndex) Vicino.open(file);
        indexes.add(index);
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
    void close(ChangingIndex index) {
        indexes.remove(index);
        try (index) {
            index.check();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (ChangingIndex index : List.copyOf(indexes)) {
            close(index);
        }
    }
}
