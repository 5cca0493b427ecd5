package dev.vicino.lists;

import dev.vicino.rows.Allowed;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.Found;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowScan;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Parallel;
import dev.vicino.scan.Query;
import dev.vicino.scan.Stop;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Searches of lists, by any number of threads at once, each with a {@link ListSearcher} of its own. */
/* Concurrency.
 *
 * Searches take no lock. Rows of a run never move, and an epoch that a search is in keeps runs from being freed and slots from being used
 * again. A row that is not to be found any more stays in its list until every search has ended that began before, so that a search meets
 * the old or the new vector of an id wherever that has gone. What searches give back is settled (Points).
 */
final class ListSearches {
    static final String EXACT = "scan";
    static final String ALLOWED = "scan of the allowed";

    /** A row that is compared exactly costs as much as so many that are estimated. */
    private static final double ROW_COST = 8;

    private final Parts parts;
    private final RowStore rows;
    private final Points points;
    private final Epochs epochs;
    private final Space space;
    private final RowScan rowScan;
    private final Queue<ListSearcher> idle = new ConcurrentLinkedQueue<>();

    ListSearches(Parts parts) {
        this.parts = parts;
        this.rows = parts.rows();
        this.points = parts.points();
        this.epochs = parts.epochs();
        this.space = parts.space();
        this.rowScan = new RowScan(rows, points);
    }

    /** The k nearest of some lists, as {@link LiveLists#search} has it. */
    Found nearest(float[] query, int k, int nprobe, int rerank, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        if (allowed != null && isScanCheaper(nprobe, k, allowed)) {
            return scan(exact, k, Float.POSITIVE_INFINITY, allowed, stop, ALLOWED);
        }
        return searching(searcher -> {
            searcher.begin(allowed, stop);
            searcher.probe(exact, k, allowed == null ? nprobe : widened(nprobe, allowed), rerank);
            return points.settled(() -> searcher.nearest(exact, k, Float.POSITIVE_INFINITY, rerank));
        });
    }

    /** As {@link #nearest}, of many queries at once where that is faster; null where it is not. */
    Found @Nullable [] nearest(IntFunction<float[]> queries, int count, int k, int nprobe, int threads, Stop stop) {
        long epoch = epochs.enter();
        try {
            Lists now = space.lists();
            if (!ListBatch.isWorthwhile(now, count, nprobe)) {
                return null;
            }
            int piece = Math.min(ListBatch.queriesAtOnce(now), Math.ceilDiv(count, threads));
            Found[] found = new Found[count];
            Parallel.run(Math.ceilDiv(count, piece), threads, i -> {
                int from = i * piece;
                Query[] some = new Query[Math.min(count, from + piece) - from];
                Arrays.setAll(some, j -> rows.prepare(queries.apply(from + j)));
                Found[] answers = new ListBatch(parts, now).nearest(some, k, nprobe, stop);
                System.arraycopy(answers, 0, found, from, answers.length);
            });
            return found;
        } finally {
            epochs.exit(epoch);
        }
    }

    /** All within a distance of some lists, as {@link LiveLists#searchWithin} has it. */
    Found within(float[] query, float radius, int nprobe, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        if (allowed != null && isScanCheaper(nprobe, 1, allowed)) {
            return scan(exact, Integer.MAX_VALUE, radius, allowed, stop, ALLOWED);
        }
        return searching(searcher -> {
            searcher.begin(allowed, stop);
            searcher.probeWithin(exact, radius, allowed == null ? nprobe : widened(nprobe, allowed));
            return points.settled(() -> searcher.nearest(exact, Integer.MAX_VALUE, radius, 0));
        });
    }

    /** The k nearest of all within a distance, each compared. */
    Found scan(float[] query, int k, float radius, @Nullable Allowed allowed, Stop stop) {
        return scan(rows.prepare(query), k, radius, allowed, stop, EXACT);
    }

    private Found scan(Query query, int k, float radius, @Nullable Allowed allowed, Stop stop, String plan) {
        long epoch = epochs.enter();
        try {
            return points.settled(() -> rowScan.nearest(query, k, radius, allowed, stop, plan));
        } finally {
            epochs.exit(epoch);
        }
    }

    private boolean isScanCheaper(int nprobe, int k, Allowed allowed) {
        double probed = (double) points.size()
                * Math.min(1, (double) widened(nprobe, allowed) / space.lists().count());
        return allowed.slots().count() <= Math.max(k, probed / ROW_COST);
    }

    /** The nearest of a few lie farther away than the nearest of all: more lists have them. */
    private int widened(int nprobe, Allowed allowed) {
        double share = Math.max(1, allowed.slots().count()) / (double) Math.max(1, points.size());
        return (int) Math.min(space.lists().count(), Math.ceil(nprobe / Math.sqrt(Math.min(1, share))));
    }

    private Found searching(Function<ListSearcher, Found> search) {
        long epoch = epochs.enter();
        try {
            ListSearcher searcher = searcher(space.lists());
            Found found = search.apply(searcher);
            idle.add(searcher);
            return found;
        } finally {
            epochs.exit(epoch);
        }
    }

    private ListSearcher searcher(Lists now) {
        ListSearcher known = idle.poll();
        return known != null && known.lists().equals(now) ? known : new ListSearcher(parts, now);
    }
}
