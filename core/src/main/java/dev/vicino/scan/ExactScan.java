package dev.vicino.scan;

import dev.vicino.format.IndexFile;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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

    private final Distances distances;
    private final Ids ids;
    private volatile @Nullable PruningCodes codes;
    private final Trial prefixTrial = new Trial();
    private final Trial codeTrial = new Trial();

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
     * The k nearest rows, all where there are fewer.
     *
     * @param allowed which rows may be found; null for all
     */
    public Hits search(float[] query, int k, @Nullable Bitmap allowed, int threads) {
        int wanted = Math.min(k, distances.size());
        return search(query, allowed, threads, () -> new TopK(wanted, ids));
    }

    /** All rows at a distance of at most {@code radius}. */
    public Hits searchWithin(float[] query, float radius, @Nullable Bitmap allowed, int threads) {
        return search(query, allowed, threads, () -> new WithinRadius(radius, ids));
    }

    /** Searches the rows in as many equal ranges as there are threads worth waking. */
    private Hits search(float[] query, @Nullable Bitmap allowed, int threads, Supplier<Nearest> collector) {
        int size = distances.size();
        Plan plan = plan(distances.prepare(query, allowed), collector.get().k());
        int ranges = Math.clamp(size / MIN_ROWS_A_THREAD, 1, threads);
        if (ranges == 1) {
            return range(distances.prepare(query, allowed), plan, 0, size, collector.get());
        }
        Merger merger = new Merger(collector.get());
        Parallel.run(ranges, threads, i -> {
            int from = (int) ((long) size * i / ranges);
            int to = (int) ((long) size * (i + 1) / ranges);
            merger.add(range(distances.prepare(query, allowed), plan, from, to, collector.get()));
        });
        return merger.hits();
    }

    private Hits range(Query query, Plan plan, int from, int to, Nearest nearest) {
        PruningCodes codes = this.codes;
        if (plan == Plan.SCAN || codes == null) {
            long exact = PlainScan.scan(distances, query, from, to, nearest);
            return nearest.drain(new Hits.Work(Plan.SCAN.label, 0, exact));
        }
        PrunedScan scan = new PrunedScan(distances, codes, query, plan == Plan.PREFIX, nearest);
        scan.search(from, to);
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
    public Hits[] searchAll(float[][] queries, int k, @Nullable Bitmap allowed, int threads) {
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
                Query query = distances.prepare(queries[i], allowed);
                if (query.extreme || each == 1) {
                    hits[i] = search(queries[i], k, allowed, 1);
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
                for (int i = 0; i < hits.ordinals().length; i++) {
                    nearest.add(hits.distances()[i], hits.ordinals()[i]);
                }
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
