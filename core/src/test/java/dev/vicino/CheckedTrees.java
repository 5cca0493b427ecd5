package dev.vicino;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The trees of a test: all that is in them is checked, and they are closed, when they are done with or the test is over. */
final class CheckedTrees implements AfterEachCallback {
    static final List<String> SPECS = List.of("KDTree", "KDTree(leaf=5)", "BallTree", "BallTree(leaf=64)");

    private final List<TreeIndex> trees = new ArrayList<>();

    /** An index of rows, which may be none, with their numbers as ids. */
    TreeIndex build(String spec, Metric metric, float[][] rows, int dimension) {
        return build(spec, metric, rows, dimension, CheckedIndexes.rowNumbers(rows));
    }

    TreeIndex build(String spec, Metric metric, float[][] rows, int dimension, long[] ids) {
        LiveIndex index = Vicino.index(ExactSearchTest.vectors(rows, dimension))
                .metric(metric)
                .spec(spec)
                .ids(ids)
                .threads(2)
                .buildLive();
        trees.add((TreeIndex) index);
        return (TreeIndex) index;
    }

    TreeIndex open(Path file) throws IOException {
        TreeIndex index = (TreeIndex) Vicino.open(file);
        trees.add(index);
        return index;
    }

    /** Checks and closes one that the test is done with. */
    void close(TreeIndex index) {
        trees.remove(index);
        try (index) {
            index.check();
        }
    }

    @Override
    public void afterEach(ExtensionContext context) {
        for (TreeIndex index : List.copyOf(trees)) {
            close(index);
        }
    }
}
