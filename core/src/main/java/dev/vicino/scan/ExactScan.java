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
public final class ExactScan implements Scan {
    private static final int GROUP = Kernels.BEST.products().groupSize();

    /** A shorter range is not worth handing to a thread: waking it takes some 20 µs, the time of a thousand rows. */
    private static final int MIN_ROWS_A_RANGE = 4 * 1024;

    /** A plain scan is divided finer than there are threads, so that these read near to each other: a tenth faster on two cores. */
    private static final int SPLIT = 8;

    /** For more neighbours than this, putting many parts together costs more than that. */
    private static final int MAX_SPLIT_K = 1024;

    /** A batch on one thread keeps no more queries than this, and no more bytes for them. */
    private static final int MAX_QUERIES = 1024;

    private static final long BATCH_BYTES = 16 << 20;

    /** A pruned batch begins with one in so many rows to have thresholds; more cost more than they save. */
    private static final int FIRST_SHARE = 64;

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

    /** Likewise of batches: some 30 MiB after a batch of 1,000 queries that left many pairs. */
    private final Queue<DeferredPairs> pairs = new ConcurrentLinkedQueue<>();

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

    @Override
    public void addTo(IndexFileWriter writer) {
        PruningCodes codes = this.codes;
        if (codes != null) {
            PruningCodesFile.addTo(writer, codes);
        }
    }

    @Override
    public void load() {
        PruningCodes mapped = codes;
        if (mapped != null) {
            codes = mapped.copy();
        }
    }

    /** With several threads the rows are divided into equal ranges, which the threads take in turn. */
    @Override
    public Hits search(float[] values, Goal goal, @Nullable Bitmap allowed, int threads, Stop stop) {
        int size = distances.size();
        Goal limited = limit(goal);
        Query query = distances.prepare(values, allowed, stop);
        Plan plan = plan(query, limited.k());
        int pieces = threads > 1 && plan == Plan.SCAN && limited.k() <= MAX_SPLIT_K ? SPLIT * threads : threads;
        int ranges = Math.clamp(size / MIN_ROWS_A_RANGE, 1, pieces);
        if (ranges == 1) {
            return range(query, plan, 0, size, limited.collect(ids));
        }
        Merger merger = new Merger(limited.collect(ids));
        Parallel.run(ranges, threads, i -> {
            int from = border(i, ranges);
            int to = border(i + 1, ranges);
            merger.add(range(distances.prepare(values, allowed, stop), plan, from, to, limited.collect(ids)));
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
            return nearest.drain(new Hits.Work(Plan.SCAN.label, 0, exact, query.complete));
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
        return nearest.drain(new Hits.Work(plan.label, scan.compared(), scan.exact(), query.complete));
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

    @Override
    public Hits[] searchAll(float[][] queries, Goal goal, @Nullable Bitmap allowed, int threads, Stop stop) {
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
                Query query = distances.prepare(queries[i], allowed, stop);
                if (query.extreme || each == 1) {
                    hits[i] = search(queries[i], limited, allowed, 1, stop);
                } else {
                    places[count] = i;
                    usual[count++] = query;
                }
            }
            Hits[] found = searchTogether(Arrays.copyOf(usual, count), limited);
            for (int i = 0; i < count; i++) {
                hits[places[i]] = usual[0].complete ? found[i] : found[i].cutShort();
            }
        });
        return hits;
    }

    /** Queries that are not extreme, on one thread. */
    private Hits[] searchTogether(Query[] queries, Goal goal) {
        PruningCodes codes = this.codes;
        Prefix prefix = codes == null ? null : codes.prefix;
        boolean tooMany = goal.k() > distances.size() / 128;
        if (codes == null || prefix == null || queries.length < MIN_PRUNED || tooMany || !batchTrial.isOn()) {
            BatchScan scan = new BatchScan(distances, queries, goal, ids);
            scan.search(0, distances.size());
            return scan.finish();
        }
        return searchTogether(queries, goal, codes, prefix);
    }

    /**
     * Takes pieces of the rows in an order that goes all over them, for rows are often sorted by where they come from. The first
     * pieces give thresholds that are worth something; a radius is one from the beginning.
     */
    private Hits[] searchTogether(Query[] queries, Goal goal, PruningCodes codes, Prefix prefix) {
        Pieces pieces = new Pieces(distances.size());
        int first = goal.k() == 0 ? 0 : Math.max(pieces.count() / FIRST_SHARE, pieces.holding(16 * goal.k()));
        Hits[] found = search(queries, goal, pieces, 0, first);
        Nearest[] nearest = new Nearest[queries.length];
        for (int i = 0; i < queries.length; i++) {
            nearest[i] = goal.collect(ids);
            addAll(found[i], nearest[i]);
        }
        DeferredPairs known = pairs.poll();
        DeferredPairs deferred = known == null ? new DeferredPairs() : known;
        PrunedBatch batch = new PrunedBatch(distances, codes, prefix, queries, nearest, deferred);
        int next = first;
        boolean pays = true;
        while (next < pieces.count() && pays && !queries[0].isOver()) {
            batch.search(pieces.from(next), pieces.to(next));
            next++;
            pays = batch.pays(pieces.rows(next - 1, next), (double) pieces.rows(0, next), distances.size());
        }
        batch.finish();
        pairs.add(deferred);
        batchTrial.report(pays);
        Hits[] rest = search(queries, goal, pieces, next, pieces.count());
        for (int i = 0; i < queries.length; i++) {
            for (int piece = first; piece < next; piece++) {
                PlainScan.scanExtremes(distances, queries[i], pieces.from(piece), pieces.to(piece), nearest[i]);
            }
            addAll(rest[i], nearest[i]);
            Hits.Work work = new Hits.Work("pruned batch", batch.compared(), batch.exact(i));
            found[i] = nearest[i].drain(work.plus(found[i].work()).plus(rest[i].work()));
        }
        return found;
    }

    private Hits[] search(Query[] queries, Goal goal, Pieces pieces, int from, int to) {
        BatchScan scan = new BatchScan(distances, queries, goal, ids);
        for (int piece = from; piece < to; piece++) {
            scan.search(pieces.from(piece), pieces.to(piece));
        }
        return scan.finish();
    }

    private static void addAll(Hits hits, Nearest nearest) {
        for (int i = 0; i < hits.ordinals().length; i++) {
            nearest.add(hits.distances()[i], hits.ordinals()[i]);
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

    @Override
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
