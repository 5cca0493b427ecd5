package dev.vicino;

import dev.vicino.IndexSpec.BallTree;
import dev.vicino.IndexSpec.KdTree;
import dev.vicino.format.IndexFile;
import dev.vicino.io.Progress;
import dev.vicino.memory.Memory;
import dev.vicino.scan.Norms;
import dev.vicino.tree.LiveTree;
import dev.vicino.tree.TreeParameters;
import dev.vicino.tree.TreeParameters.Kind;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Exact search in a tree, which may change. Its file is told by {@code dev.vicino.tree.TreeSnapshot}. */
final class TreeIndex extends ChangingIndex {
    /** Beyond, nearly every box or ball is as near as the nearest rows, so that a tree looks at all of them. */
    private static final int MOST_USEFUL_DIMENSION = 20;

    private static final AtomicBoolean WARNED = new AtomicBoolean();

    private TreeIndex(Contents contents, LiveTree tree) {
        super(contents, tree);
    }

    /** A tree, and the vectors that it is a copy of. */
    private record Built(Contents contents, LiveTree tree) {}

    static TreeIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        warnOfDimension(spec, source.dimension());
        Built built = Contents.build(spec, metric, source, idMemory, threads, Progress.NONE, contents -> {
            LiveTree tree = LiveTree.build(
                    parameters(spec),
                    metric.form(),
                    contents.rows(),
                    contents.norms(),
                    contents.ids(),
                    threads,
                    progress);
            return new Built(contents, tree);
        });
        built.contents.stored().close();
        built.contents.norms().memory().close();
        return new TreeIndex(withoutRows(built.contents), built.tree);
    }

    /** Rows are in leaves alone. */
    private static Contents withoutRows(Contents contents) {
        StoredRows none = StoredRows.of(
                Vectors.of(Memory.allocate(0), 0, contents.stored().dimension()));
        Norms noNorms = Norms.empty(0, contents.metric() == Metric.COSINE);
        return new Contents(contents.spec(), contents.metric(), none, noNorms, contents.idMemory(), null);
    }

    static TreeIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Contents contents = Contents.open(file, spec, metric);
        LiveTree tree =
                LiveTree.open(parameters(spec), metric.form(), contents.rows(), contents.norms(), contents.ids(), file);
        return new TreeIndex(contents, tree);
    }

    private static TreeParameters parameters(IndexSpec spec) {
        return switch (spec.navigator()) {
            case KdTree(int leaf) -> new TreeParameters(Kind.BOX, leaf);
            case BallTree(int leaf) -> new TreeParameters(Kind.BALL, leaf);
            default -> throw new IllegalArgumentException("spec = " + spec + ", expected a tree");
        };
    }

    private static void warnOfDimension(IndexSpec spec, int dimension) {
        if (dimension > MOST_USEFUL_DIMENSION && WARNED.compareAndSet(false, true)) {
            System.getLogger("dev.vicino")
                    .log(
                            System.Logger.Level.WARNING,
                            spec + " of " + dimension + " dimensions: beyond " + MOST_USEFUL_DIMENSION
                                    + " nearly every node may hold near vectors, so a tree compares most of them;"
                                    + " Flat compares them faster");
        }
    }
}
