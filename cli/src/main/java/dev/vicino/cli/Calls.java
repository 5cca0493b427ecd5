package dev.vicino.cli;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The queries of a search as calls of an index, made ready beforehand so that a call does nothing but search.
 *
 * @param count how many there are
 * @param call gives the answers to the queries of one
 */
record Calls(int count, IntFunction<List<Neighbors>> call) {
    /** Makes one call and gives the answers to its queries. */
    List<Neighbors> run(int i) {
        return call.apply(i);
    }

    /**
     * The k nearest to each query.
     *
     * @param batch queries a call; in the last one what is left
     */
    static Calls nearest(VectorIndex index, Vectors queries, int batch, int k, SearchOptions options) {
        if (batch == 1) {
            float[][] rows = rows(queries);
            return new Calls(rows.length, i -> List.of(index.search(rows[i], k, options)));
        }
        List<Vectors> batches = batches(queries, batch);
        return new Calls(batches.size(), i -> index.searchAll(batches.get(i), k, options));
    }

    /**
     * All within a radius of each query, or the nearest of them.
     *
     * @param batch queries a call; in the last one what is left
     * @param most how many are kept
     */
    static Calls within(VectorIndex index, Vectors queries, int batch, float radius, int most, SearchOptions options) {
        if (batch == 1) {
            float[][] rows = rows(queries);
            return new Calls(rows.length, i -> List.of(first(index.searchWithin(rows[i], radius, options), most)));
        }
        List<Vectors> batches = batches(queries, batch);
        return new Calls(
                batches.size(),
                i -> index.searchAllWithin(batches.get(i), radius, options).stream()
                        .map(all -> first(all, most))
                        .toList());
    }

    /** Rows in pieces of equal size, the last one smaller where it does not come out even. */
    static List<Vectors> batches(Vectors rows, int size) {
        List<Vectors> batches = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += Math.min(size, rows.size() - from)) {
            int to = from + Math.min(size, rows.size() - from);
            batches.add(Vectors.of(IntStream.range(from, to).mapToObj(rows::row).toArray(float[][]::new)));
        }
        return batches;
    }

    private static float[][] rows(Vectors queries) {
        return IntStream.range(0, queries.size()).mapToObj(queries::row).toArray(float[][]::new);
    }

    private static Neighbors first(Neighbors all, int most) {
        if (all.size() <= most) {
            return all;
        }
        return new Neighbors(Arrays.copyOf(all.ids(), most), Arrays.copyOf(all.scores(), most), all.work());
    }
}
