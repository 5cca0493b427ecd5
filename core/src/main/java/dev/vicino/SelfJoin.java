package dev.vicino;

import dev.vicino.scan.Parallel;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Searches for the neighbours of an index's own vectors, block by block, and tells them in order. */
final class SelfJoin {
    /** Enough for every thread, few enough to be kept. */
    private static final int BLOCK = 4096;

    private final int threads;
    private final NeighborsSink sink;
    private final int k;
    private final Function<float[], Neighbors> search;
    private final List<Long> ids = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    /** @param k neighbours told of a vector at most, itself excluded */
    SelfJoin(int threads, NeighborsSink sink, int k, Function<float[], Neighbors> search) {
        this.threads = threads;
        this.sink = sink;
        this.k = k;
        this.search = search;
    }

    void add(long id, float[] vector) {
        ids.add(id);
        vectors.add(vector);
        if (ids.size() == BLOCK) {
            finish();
        }
    }

    /** Searches for those that are left. */
    void finish() {
        Neighbors[] found = new Neighbors[ids.size()];
        Parallel.run(found.length, threads, i -> found[i] = search.apply(vectors.get(i)));
        for (int i = 0; i < found.length; i++) {
            sink.accept(ids.get(i), found[i].without(ids.get(i), k));
        }
        ids.clear();
        vectors.clear();
    }
}
