package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import java.util.stream.IntStream;

/** The efforts that are tried, each a few parts in a hundred above the one before: a grid, so that nothing is asked twice. */
final class Efforts {
    private static final double STEP = 1.06;

    /** Who holds this part of all vectors has compared most of them: exact search is faster. */
    private static final int WHOLE = 8;

    private final int[] efforts;

    private Efforts(int[] efforts) {
        this.efforts = efforts;
    }

    /** Those that an index can make something of: from k nodes held by a walk on, or from one list on. */
    static Efforts of(VectorIndex index, int k) {
        return between(least(index.spec(), k), most(index.spec(), index.size()));
    }

    private static int least(IndexSpec spec, int k) {
        return switch (spec.navigator()) {
            case IndexSpec.Flat flat -> 1;
            case IndexSpec.KdTree tree -> 1;
            case IndexSpec.BallTree tree -> 1;
            case IndexSpec.Hnsw hnsw -> k;
            case IndexSpec.Ivf ivf -> 1;
            case IndexSpec.Auto auto -> k;
        };
    }

    private static int most(IndexSpec spec, int size) {
        return switch (spec.navigator()) {
            case IndexSpec.Flat flat -> 1;
            case IndexSpec.KdTree tree -> 1;
            case IndexSpec.BallTree tree -> 1;
            case IndexSpec.Hnsw hnsw -> Math.min(size / WHOLE, IndexSpec.Hnsw.MAX_EF);
            case IndexSpec.Ivf ivf -> Math.max(1, ivf.nlist() / 2);
            case IndexSpec.Auto auto -> Math.min(size / WHOLE, SearchOptions.MAX_EFFORT);
        };
    }

    static Efforts between(int least, int most) {
        IntStream.Builder efforts = IntStream.builder();
        double next = least;
        int last = 0;
        while (next < Math.max(least, most)) {
            int effort = (int) Math.round(next);
            if (effort > last) {
                efforts.add(effort);
                last = effort;
            }
            next = Math.max(next * STEP, last + 1.0);
        }
        return new Efforts(efforts.add(Math.max(least, most)).build().distinct().toArray());
    }

    int count() {
        return efforts.length;
    }

    int get(int i) {
        return efforts[i];
    }

    /** The place of the least one that is no lower. */
    int place(int effort) {
        int i = 0;
        while (i < efforts.length - 1 && efforts[i] < effort) {
            i++;
        }
        return i;
    }
}
