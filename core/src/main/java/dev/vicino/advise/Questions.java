package dev.vicino.advise;

import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Queries and their true neighbours, which an exact index has told. None of the queries is a vector of the index. */
public final class Questions {
    private final float[][] queries;
    private final List<Neighbors> truth;
    private final Metric metric;
    private final int k;

    private Questions(float[][] queries, List<Neighbors> truth, Metric metric, int k) {
        this.queries = queries;
        this.truth = truth;
        this.metric = metric;
        this.k = k;
    }

    /** Has an exact index answer queries, all of them in a batch. */
    public static Questions ask(VectorIndex exact, float[][] queries, int k, int threads) {
        SearchOptions options = SearchOptions.DEFAULT.withThreads(threads);
        return new Questions(queries, exact.searchAll(Vectors.of(queries), k, options), exact.metric(), k);
    }

    /** How many queries there are. */
    public int count() {
        return queries.length;
    }

    /** Neighbours of each. */
    public int k() {
        return k;
    }

    float[][] queries() {
        return queries;
    }

    /** Those from {@code from} up to {@code to}. */
    public Questions part(int from, int to) {
        return new Questions(Arrays.copyOfRange(queries, from, to), truth.subList(from, to), metric, k);
    }

    /**
     * The recall of every query.
     *
     * @param effort that the index searches at; 0 for its own choice
     */
    public double[] recalls(VectorIndex index, int effort, int threads) {
        SearchOptions options = SearchOptions.DEFAULT.withThreads(threads).withEffort(effort);
        List<Neighbors> found = index.searchAll(Vectors.of(queries), k, options);
        double[] recalls = new double[queries.length];
        for (int i = 0; i < recalls.length; i++) {
            recalls[i] = recall(found.get(i), truth.get(i), metric, hasTrueScores(index.spec()));
        }
        return recalls;
    }

    /** Whether scores are those of the vectors, not of their codes. */
    public static boolean hasTrueScores(IndexSpec spec) {
        return spec.code() instanceof IndexSpec.Float32 || spec.refine() == IndexSpec.Refine.FLAT;
    }

    /**
     * The share of the true neighbours that was found; 1 where there are none.
     *
     * @param ties whether who is as near as the last of them is one too: of vectors that are there many times it does not matter which
     *     are found; only where the scores of both are true ones
     */
    static double recall(Neighbors found, Neighbors truth, Metric metric, boolean ties) {
        int wanted = truth.size();
        if (wanted == 0) {
            return 1;
        }
        float last = truth.score(wanted - 1);
        long[] right = LongStream.of(truth.ids()).sorted().toArray();
        int hits = 0;
        for (int i = 0; i < found.size(); i++) {
            boolean asNear = metric.isSimilarity() ? found.score(i) >= last : found.score(i) <= last;
            hits += (ties && asNear) || Arrays.binarySearch(right, found.id(i)) >= 0 ? 1 : 0;
        }
        return Math.min(1.0, (double) hits / wanted);
    }
}
