package dev.vicino.bench.ann;

import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import java.util.Arrays;
import java.util.List;

/**
 * An index of ours in this JVM, asked one query a call, or all in one call where several threads share them.
 *
 * @param index not closed with this
 * @param asked the queries, on the heap or off it; not closed either
 * @param options filter and threads
 * @param inBatch whether all queries are one call
 */
record LocalIndex(String name, VectorIndex index, Vectors asked, int k, SearchOptions options, boolean inBatch)
        implements TimedIndex {
    private static final double NANOS_A_SECOND = 1e9;
    private static final long NOBODY = -1;

    /** One query a call, on one thread. */
    LocalIndex(String name, VectorIndex index, Vectors asked, int k) {
        this(name, index, asked, k, SearchOptions.DEFAULT, false);
    }

    @Override
    public int queries() {
        return asked.size();
    }

    @Override
    public int threads() {
        return options.threads();
    }

    @Override
    public boolean warmsUp() {
        return true;
    }

    @Override
    public double seconds(int effort, int passes) {
        SearchOptions with = options.withEffort(effort);
        float[][] rows = rows();
        int found = 0;
        long start = System.nanoTime();
        for (int pass = 0; pass < passes; pass++) {
            if (inBatch) {
                found += index.searchAll(asked, k, with).size();
            } else {
                for (float[] row : rows) {
                    found += index.search(row, k, with).size();
                }
            }
        }
        double seconds = (System.nanoTime() - start) / NANOS_A_SECOND;
        if (found == 0) {
            throw new IllegalStateException("found = 0, expected neighbours");
        }
        return seconds;
    }

    @Override
    public long[][] answers(int effort) {
        SearchOptions with = options.withEffort(effort);
        List<Neighbors> answers = inBatch
                ? index.searchAll(asked, k, with)
                : Arrays.stream(rows()).map(row -> index.search(row, k, with)).toList();
        return answers.stream().map(this::padded).toArray(long[][]::new);
    }

    private long[] padded(Neighbors found) {
        long[] ids = new long[k];
        Arrays.fill(ids, NOBODY);
        System.arraycopy(found.ids(), 0, ids, 0, found.size());
        return ids;
    }

    private float[][] rows() {
        float[][] rows = new float[asked.size()][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = asked.row(i);
        }
        return rows;
    }

    @Override
    public void close() {} // whoever made the index closes it
}
