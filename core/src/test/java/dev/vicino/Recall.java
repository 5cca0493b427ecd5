package dev.vicino;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** How much of the exact answer an approximate one has. */
final class Recall {
    private Recall() {}

    /** The share of the exact neighbours that were found, over all queries; 1 where there was nothing to be found. */
    static double of(List<Neighbors> found, List<Neighbors> exact) {
        long hits = 0;
        long wanted = 0;
        for (int i = 0; i < exact.size(); i++) {
            IdSet ids = IdSet.of(found.get(i).ids());
            hits += LongStream.of(exact.get(i).ids()).filter(ids::contains).count();
            wanted += exact.get(i).size();
        }
        return wanted == 0 ? 1 : (double) hits / wanted;
    }

    /** One answer after another, on this thread. */
    static List<Neighbors> answers(VectorIndex index, float[][] queries, int k, SearchOptions options) {
        List<Neighbors> answers = new ArrayList<>();
        for (float[] query : queries) {
            answers.add(index.search(query, k, options));
        }
        return answers;
    }

    /** Recall@k of an index against an exact one. */
    static double at(int k, VectorIndex index, VectorIndex exact, float[][] queries, SearchOptions options) {
        return of(
                answers(index, queries, k, options),
                answers(exact, queries, k, SearchOptions.DEFAULT.withFilter(options.filter())));
    }
}
