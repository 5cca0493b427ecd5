package dev.vicino.scan;

import static dev.vicino.scan.Query.BLOCK;

import dev.vicino.kernel.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Compares the query with every row: the oracle for everything else. Safe for use by any number of threads. */
public final class PlainScan {
    private static final Kernels KERNELS = Kernels.BEST;

    /** Below this many rows a thread is not worth waking: it takes some 20 µs, the time of a thousand rows. */
    private static final int MIN_ROWS_A_THREAD = 4 * 1024;

    private static final int GROUP = KERNELS.groupSize();

    /** A batch on one thread keeps no more queries than this, and no more bytes for them. */
    private static final int MAX_QUERIES = 1024;

    private static final long BATCH_BYTES = 16 << 20;

    private final Distances distances;
    private final Ids ids;

    public PlainScan(Distances distances, Ids ids) {
        this.distances = distances;
        this.ids = ids;
    }

    /** The k nearest rows, all where there are fewer. */
    public Hits search(float[] query, int k, int threads) {
        int wanted = Math.min(k, distances.size());
        List<TopK> parts = new ArrayList<>();
        divide(query, threads, (prepared, from, to) -> {
            TopK nearest = new TopK(wanted, ids);
            scan(distances, prepared, from, to, nearest);
            synchronized (parts) {
                parts.add(nearest);
            }
        });
        TopK nearest = parts.isEmpty() ? new TopK(0, ids) : parts.getFirst();
        parts.stream().skip(1).forEach(nearest::addAll);
        return nearest.drain(work());
    }

    /** All rows at a distance of at most {@code radius}. */
    public Hits searchWithin(float[] query, float radius, int threads) {
        WithinRadius within = new WithinRadius(ids);
        divide(query, threads, (prepared, from, to) -> {
            WithinRadius part = new WithinRadius(ids);
            scan(prepared, from, to, radius, part);
            synchronized (within) {
                within.addAll(part);
            }
        });
        return within.drain(work());
    }

    /** As {@link #search} for each of many queries, in their order. */
    public Hits[] searchAll(float[][] queries, int k, int threads) {
        int wanted = Math.min(k, distances.size());
        int each = queriesAtOnce(queries.length, wanted, threads);
        Hits[] hits = new Hits[queries.length];
        Parallel.run(Math.ceilDiv(queries.length, each), threads, chunk -> {
            int from = chunk * each;
            int to = Math.min(from + each, queries.length);
            Query[] usual = new Query[to - from];
            int[] places = new int[to - from];
            int count = 0;
            for (int i = from; i < to; i++) {
                Query query = distances.prepare(queries[i]);
                if (query.extreme || each == 1) {
                    hits[i] = search(queries[i], k, 1);
                } else {
                    places[count] = i;
                    usual[count++] = query;
                }
            }
            Hits[] found = new BatchScan(distances, Arrays.copyOf(usual, count), wanted, ids).search();
            for (int i = 0; i < count; i++) {
                hits[places[i]] = found[i];
            }
        });
        return hits;
    }

    /** So many that every thread has work, in whole groups where there are enough, and no more than memory allows. */
    private int queriesAtOnce(int queries, int k, int threads) {
        int each = Math.ceilDiv(queries, threads);
        if (each > GROUP) {
            each = Math.ceilDiv(each, GROUP) * GROUP;
        }
        long bytesEach = 12L * Candidates.capacity(k) + 4L * distances.dimension();
        return (int) Math.clamp(each, 1, Math.max(1, Math.min(MAX_QUERIES, BATCH_BYTES / bytesEach)));
    }

    static void scan(Distances distances, Query query, int from, int to, TopK nearest) {
        for (int row = from; row < to; row += BLOCK) {
            int count = Math.min(BLOCK, to - row);
            distances.compute(query, row, count, query.distances);
            int near = KERNELS.atMost(query.distances, count, nearest.threshold(), query.positions);
            for (int i = 0; i < near; i++) {
                int position = query.positions[i];
                nearest.add(query.distances[position], row + position);
            }
        }
    }

    private void scan(Query query, int from, int to, float radius, WithinRadius within) {
        for (int row = from; row < to; row += BLOCK) {
            int count = Math.min(BLOCK, to - row);
            distances.compute(query, row, count, query.distances);
            int near = KERNELS.atMost(query.distances, count, radius, query.positions);
            for (int i = 0; i < near; i++) {
                int position = query.positions[i];
                within.add(query.distances[position], row + position);
            }
        }
    }

    /** Scans the rows in as many equal ranges as there are threads worth waking. */
    private void divide(float[] query, int threads, RangeScan scan) {
        int size = distances.size();
        int ranges = Math.clamp(size / MIN_ROWS_A_THREAD, 1, threads);
        Parallel.run(ranges, threads, i -> {
            int from = (int) ((long) size * i / ranges);
            int to = (int) ((long) size * (i + 1) / ranges);
            scan.run(distances.prepare(query), from, to);
        });
    }

    private Hits.Work work() {
        return new Hits.Work("scan", 0, distances.size());
    }

    private interface RangeScan {
        void run(Query query, int from, int to);
    }
}
