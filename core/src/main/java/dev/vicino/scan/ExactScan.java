package dev.vicino.scan;

import static dev.vicino.scan.Query.BLOCK;

import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import dev.vicino.scan.PruningCodes.Prefix;
import java.io.IOException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Exact search over rows: one query or many, on one thread or many, with or without codes that exclude rows, all with the same
 * answers. Safe for use by any number of threads. Whoever calls keeps the memory of the rows alive.
 */
public final class ExactScan implements AutoCloseable {
    private static final int GROUP = Kernels.BEST.groupSize();

    /** Below this many rows a thread is not worth waking: it takes some 20 µs, the time of a thousand rows. */
    private static final int MIN_ROWS_A_THREAD = 4 * 1024;

    /** A batch on one thread keeps no more queries than this, and no more bytes for them. */
    private static final int MAX_QUERIES = 1024;

    private static final long BATCH_BYTES = 16 << 20;

    /** Rows that a pruned batch begins with to have thresholds. */
    private static final int FIRST_ROWS = 2048;

    /** Fewer queries than these are not worth a group of lanes. */
    private static final int MIN_PRUNED = 24;

    private final Distances distances;
    private final Ids ids;
    private volatile @Nullable PruningCodes codes;
    private final Trial prefixTrial = new Trial();
    private final Trial codeTrial = new Trial();
    private final Trial batchTrial = new Trial();

    /** As many as there were searches at once. */
    private final Queue<PrunedScan.Scratch> scratches = new ConcurrentLinkedQueue<>();

    private ExactScan(Distances distances, Ids ids, @Nullable PruningCodes codes) {
        this.distances = distances;
        this.ids = ids;
        this.codes = codes;
    }

    /** Without codes: every row is compared. */
    public static ExactScan plain(Distances distances, Ids ids) {
        return new ExactScan(distances, ids, null);
    }

    /** With codes, where they are worth their memory. */
    public static ExactScan pruned(Distances distances, Ids ids, int threads, Progress progress) {
        return new ExactScan(distances, ids, PruningCodesBuilder.build(distances, threads, progress));
    }

    /** With the codes of a file, where it has any. */
    public static ExactScan open(Distances distances, Ids ids, IndexFile file) throws IOException {
        return new ExactScan(distances, ids, PruningCodesFile.open(file, distances.form()));
    }

    /** Adds the codes to a file that is to be. */
    public void addTo(IndexFileWriter writer) {
        PruningCodes codes = this.codes;
        if (codes != null) {
            PruningCodesFile.addTo(writer, codes);
        }
    }

    /**
     * Copies mapped codes to memory of their own, on large pages; searches take the copy once it is whole. Whoever calls keeps the
     * file open meanwhile.
     */
    public void load() {
        PruningCodes mapped = codes;
        if (mapped != null) {
            codes = mapped.copy();
        }
    }

    /**
     * What is found for one query. The rows are divided into as many equal ranges as there are threads worth waking.
     *
     * @param allowed which rows may be found; null for all
     */
    public Hits search(float[] values, Goal goal, @Nullable Bitmap allowed, int threads) {
        int size = distances.size();
        Goal limited = limit(goal);
        Query query = distances.prepare(values, allowed);
        Plan plan = plan(query, limited.k());
        int ranges = Math.clamp(size / MIN_ROWS_A_THREAD, 1, threads);
        if (ranges == 1) {
            return range(query, plan, 0, size, limited.collect(ids));
        }
        Merger merger = new Merger(limited.collect(ids));
        Parallel.run(ranges, threads, i -> {
            int from = border(i, ranges);
            int to = border(i + 1, ranges);
            merger.add(range(distances.prepare(values, allowed), plan, from, to, limited.collect(ids)));
        });
        return merger.hits();
    }

    /** Where a range of rows begins: at a whole block but for the end. */
    private int border(int range, int ranges) {
        long border = (long) distances.size() * range / ranges;
        return (int) (range == ranges ? border : border / BLOCK * BLOCK);
    }

    /** No more neighbours than rows, so that nothing is allocated for those that there are not. */
    private Goal limit(Goal goal) {
        return goal instanceof Goal.KNearest(int k) ? new Goal.KNearest(Math.min(k, distances.size())) : goal;
    }

    private Hits range(Query query, Plan plan, int from, int to, Nearest nearest) {
        PruningCodes codes = this.codes;
        if (plan == Plan.SCAN || codes == null) {
            long exact = PlainScan.scan(distances, query, from, to, nearest);
            return nearest.drain(new Hits.Work(Plan.SCAN.label, 0, exact));
        }
        PrunedScan.Scratch known = scratches.poll();
        PrunedScan.Scratch scratch = known == null ? new PrunedScan.Scratch(distances.size()) : known;
        PrunedScan scan = new PrunedScan(distances, codes, query, plan == Plan.PREFIX, nearest, scratch);
        scan.search(from, to);
        scratches.add(scratch);
        if (plan == Plan.PREFIX) {
            prefixTrial.report(scan.prefixPaid());
        }
        codeTrial.report(scan.codesPaid());
        return nearest.drain(new Hits.Work(plan.label, scan.compared(), scan.exact()));
    }

    /** How to go about one search. */
    private enum Plan {
        SCAN("scan"),
        CODES("pruned by codes"),
        PREFIX("pruned by components and codes");

        final String label;

        Plan(String label) {
            this.label = label;
        }
    }

    private Plan plan(Query query, int k) {
        PruningCodes codes = this.codes;
        boolean few = query.allowed != null && query.allowed.count() < distances.size() / 16;
        if (codes == null || query.extreme || few || k > distances.size() / 16 || !codeTrial.isOn()) {
            return Plan.SCAN;
        }
        return codes.prefix != null && prefixTrial.isOn() ? Plan.PREFIX : Plan.CODES;
    }

    /** As {@link #search} for each of many queries, in their order. */
    public Hits[] searchAll(float[][] queries, Goal goal, @Nullable Bitmap allowed, int threads) {
        Goal limited = limit(goal);
        int each = queriesAtOnce(queries.length, limited.k(), threads);
        Hits[] hits = new Hits[queries.length];
        Parallel.run(Math.ceilDiv(queries.length, each), threads, chunk -> {
            int from = chunk * each;
            int to = Math.min(from + each, queries.length);
            Query[] usual = new Query[to - from];
            int[] places = new int[to - from];
            int count = 0;
            for (int i = from; i < to; i++) {
                Query query = distances.prepare(queries[i], allowed);
                if (query.extreme || each == 1) {
                    hits[i] = search(queries[i], limited, allowed, 1);
                } else {
                    places[count] = i;
                    usual[count++] = query;
                }
            }
            Hits[] found = searchTogether(Arrays.copyOf(usual, count), limited);
            for (int i = 0; i < count; i++) {
                hits[places[i]] = found[i];
            }
        });
        return hits;
    }

    /** Queries that are not extreme, on one thread. */
    private Hits[] searchTogether(Query[] queries, Goal goal) {
        PruningCodes codes = this.codes;
        Prefix prefix = codes == null ? null : codes.prefix;
        int n = distances.size();
        int first = goal.k() == 0 ? 0 : Math.max(FIRST_ROWS, 16 * goal.k());
        if (codes == null || prefix == null || queries.length < MIN_PRUNED || first > n / 8 || !batchTrial.isOn()) {
            return new BatchScan(distances, queries, goal, ids).search(0, n);
        }
        // The first rows give thresholds that are worth something; a radius is one from the beginning.
        Hits[] found = new BatchScan(distances, queries, goal, ids).search(0, first);
        Nearest[] nearest = new Nearest[queries.length];
        for (int i = 0; i < queries.length; i++) {
            nearest[i] = goal.collect(ids);
            addAll(found[i], nearest[i]);
        }
        PrunedBatch batch = new PrunedBatch(distances, codes, prefix, queries, nearest);
        int reached = batch.search(first, n);
        batchTrial.report(reached == n);
        Hits[] rest = reached == n ? null : new BatchScan(distances, queries, goal, ids).search(reached, n);
        for (int i = 0; i < queries.length; i++) {
            addExtremes(queries[i], first, reached, nearest[i]);
            Hits.Work work = new Hits.Work("pruned batch", batch.compared(), batch.exact(i)).plus(found[i].work());
            if (rest != null) {
                addAll(rest[i], nearest[i]);
                work = work.plus(rest[i].work());
            }
            found[i] = nearest[i].drain(work);
        }
        return found;
    }

    private static void addAll(Hits hits, Nearest nearest) {
        for (int i = 0; i < hits.ordinals().length; i++) {
            nearest.add(hits.distances()[i], hits.ordinals()[i]);
        }
    }

    /** Extreme rows have no codes. */
    private void addExtremes(Query query, int from, int to, Nearest nearest) {
        Norms norms = distances.norms;
        for (int row = norms.nextExtreme(from); row < to; row = norms.nextExtreme(row + 1)) {
            if (query.allowed == null || query.allowed.get(row)) {
                nearest.add(distances.compute(query, row), row);
            }
        }
    }

    /** So many that every thread has work, in whole groups where there are enough, and no more than memory allows. */
    private int queriesAtOnce(int queries, int k, int threads) {
        int each = Math.ceilDiv(queries, threads);
        if (each > GROUP) {
            each = Math.ceilDiv(each, GROUP) * GROUP;
        }
        long bytesEach = 12L * NearestCandidates.capacity(k) + 4L * distances.dimension();
        return (int) Math.clamp(each, 1, Math.max(1, Math.min(MAX_QUERIES, BATCH_BYTES / bytesEach)));
    }

    /** Memory of the codes. */
    public long bytes() {
        PruningCodes codes = this.codes;
        return codes == null ? 0 : codes.bytes();
    }

    @Override
    public void close() {
        PruningCodes codes = this.codes;
        if (codes != null) {
            codes.close();
        }
    }

    /** Puts the hits of several ranges together. */
    private static final class Merger {
        private final Lock lock = new ReentrantLock();
        private final Nearest nearest;
        private Hits.@Nullable Work work;

        Merger(Nearest nearest) {
            this.nearest = nearest;
        }

        void add(Hits hits) {
            lock.lock();
            try {
                addAll(hits, nearest);
                work = work == null ? hits.work() : work.plus(hits.work());
            } finally {
                lock.unlock();
            }
        }

        Hits hits() {
            return nearest.drain(work == null ? new Hits.Work(Plan.SCAN.label, 0, 0) : work);
        }
    }
}
