package dev.vicino;

import dev.vicino.IndexSpec.Ivf;
import dev.vicino.IndexSpec.Refine;
import dev.vicino.format.IndexFile;
import dev.vicino.io.Progress;
import dev.vicino.lists.ListParameters;
import dev.vicino.lists.LiveLists;
import dev.vicino.memory.Memory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Approximate search of inverted lists, which may change. Its file is told by {@code dev.vicino.lists.ListSnapshot}. */
final class ListIndex extends ChangingIndex {
    private ListIndex(Contents contents, LiveLists lists) {
        super(contents, lists);
    }

    private ListIndex(ListIndex other, IndexSpec spec) {
        super(other, spec);
    }

    @Override
    public ListIndex withDefaultEffort(int effort) {
        return new ListIndex(this, spec().withEffort(effort));
    }

    static ListIndex build(
            IndexSpec spec, Metric metric, Vectors source, @Nullable Memory idMemory, int threads, Progress progress) {
        return Contents.build(spec, metric, source, idMemory, threads, Progress.NONE, contents -> {
            LiveLists lists = LiveLists.build(
                    parameters(spec),
                    contents.stored().lifetime(),
                    contents.rowStore(),
                    contents.ids(),
                    threads,
                    progress);
            return new ListIndex(contents, lists);
        });
    }

    static ListIndex open(IndexFile file, IndexSpec spec, Metric metric) throws IOException {
        Contents contents = Contents.open(file, spec, metric);
        LiveLists lists = LiveLists.open(
                parameters(spec), contents.stored().lifetime(), contents.rowStore(), contents.ids(), file);
        ListIndex index = new ListIndex(contents, lists);
        index.startLoading(lists::load);
        return index;
    }

    private static ListParameters parameters(IndexSpec spec) {
        Ivf ivf = ivf(spec);
        return new ListParameters(
                ivf.nlist(),
                ivf.iterations(),
                ivf.seed(),
                ivf.links(),
                CodeKinds.of(spec.code()),
                spec.refine() != Refine.NONE);
    }

    private static Ivf ivf(IndexSpec spec) {
        if (!(spec.navigator() instanceof Ivf ivf)) {
            throw new IllegalArgumentException("spec = " + spec + ", expected lists");
        }
        return ivf;
    }

    @Override
    public int defaultEffort() {
        return ivf(spec()).nprobe();
    }
}
