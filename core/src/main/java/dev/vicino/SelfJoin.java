package dev.vicino;

import java.util.ArrayList;
import java.util.List;

/** Searches for the neighbours of an index's own vectors, block by block, and tells them in order. */
final class SelfJoin {
    private final int blockSize;
    private final int k;
    private final NeighborsSink sink;
    private final Batch batch;
    private final List<Long> ids = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();

    /** Answers many queries, in their order. */
    interface Batch {
        List<Neighbors> searchAll(float[][] queries);
    }

    /**
     * Of an index.
     *
     * @param blockSize vectors searched for at a time: enough for every thread, few enough to be kept
     * @param k neighbours told of a vector at most, itself excluded
     */
    SelfJoin(int blockSize, int k, NeighborsSink sink, Batch batch) {
        this.blockSize = blockSize;
        this.k = k;
        this.sink = sink;
        this.batch = batch;
    }

    void add(long id, float[] vector) {
        ids.add(id);
        vectors.add(vector);
        if (ids.size() == blockSize) {
            finish();
        }
    }

    /** Searches for those that are left. */
    void finish() {
        List<Neighbors> found = batch.searchAll(vectors.toArray(float[][]::new));
        for (int i = 0; i < found.size(); i++) {
            sink.accept(ids.get(i), found.get(i).without(ids.get(i), k));
        }
        ids.clear();
        vectors.clear();
    }
}
