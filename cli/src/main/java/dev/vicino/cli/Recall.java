package dev.vicino.cli;

import dev.vicino.Neighbors;
import dev.vicino.files.IdFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/**
 * Which part of the true neighbours was found, compared by id. Of several vectors as far away as the k-th, the ones with the
 * smaller ids are the true ones, as in every index and in what {@code vicino truth} writes; in a truth of another origin they
 * may be others, and then the recall told here is a little too low, never too high.
 *
 * @param mean of all queries, 0 to 1
 * @param under80 share of the queries whose recall is below 0.8
 */
record Recall(double mean, double under80) {
    private static final double LOW = 0.8;

    /**
     * @param found the neighbours of each query
     * @param truth ids of the true neighbours of each query, nearest first; a row for each query, of which the first k
     *     count, without what is {@link IdTable#MISSING}
     */
    static Recall of(List<Neighbors> found, long[][] truth, int k) {
        double sum = 0;
        int low = 0;
        for (int query = 0; query < truth.length; query++) {
            double recall = recall(found.get(query), truth[query], k);
            sum += recall;
            low += recall < LOW ? 1 : 0;
        }
        return new Recall(sum / truth.length, (double) low / truth.length);
    }

    private static double recall(Neighbors found, long[] truth, int k) {
        long[] wanted = LongStream.of(truth)
                .limit(k)
                .filter(id -> id != IdTable.MISSING)
                .toArray();
        if (wanted.length == 0) {
            return 1; // there is nothing to be missed
        }
        Set<Long> ids = new HashSet<>();
        LongStream.of(found.ids()).forEach(ids::add);
        return (double) LongStream.of(wanted).filter(ids::contains).count() / wanted.length;
    }

    /**
     * Reads a truth for so many queries.
     *
     * @param k neighbours a query that are to be compared
     * @throws IllegalArgumentException when it has another number of rows, or shorter ones
     */
    static long[][] readTruth(Path file, int queries, int k) throws IOException {
        Arguments.idFormat(file);
        long[][] truth = IdFiles.table(file);
        if (truth.length != queries) {
            throw new IllegalArgumentException(
                    "truth = %s has %d rows, expected %d, one a query".formatted(file, truth.length, queries));
        }
        if (truth[0].length < k) {
            throw new IllegalArgumentException("truth = %s has %d neighbours a query, expected at least k = %d"
                    .formatted(file, truth[0].length, k));
        }
        return truth;
    }
}
