package dev.vicino.lists;

import dev.vicino.rows.Found;
import dev.vicino.rows.Points;
import dev.vicino.scan.Query;
import dev.vicino.scan.Stop;

/**
 * Searches of many queries at once, over lists of rows without a code: each list is gone through for all queries that are near it, one
 * after the other, so that its rows come from the cache for all but the first. The answers are those of one search at a time. For one thread.
 */
final class ListBatch {
    /** Queries of a list from which on that is faster. */
    private static final int LEAST_SHARED = 2;

    private static final int MAX_QUERIES = 1024;

    /** What all searchers together note of lists. */
    private static final int MAX_NOTES = 1 << 24;

    private final Parts parts;
    private final Lists lists;

    ListBatch(Parts parts, Lists lists) {
        this.parts = parts;
        this.lists = lists;
    }

    /** The most queries of a batch. */
    static int queriesAtOnce(Lists lists) {
        return Math.clamp(MAX_NOTES / lists.count(), 1, MAX_QUERIES);
    }

    /** Whether so many queries are better searched for together. */
    static boolean isWorthwhile(Lists lists, int queries, int nprobe) {
        long visits = (long) Math.min(queries, queriesAtOnce(lists)) * Math.min(nprobe, lists.count());
        return lists.learnt().code() == null && visits >= (long) LEAST_SHARED * lists.count();
    }

    /** The k nearest of each query. The caller is in an epoch of which the lists are. */
    Found[] nearest(Query[] queries, int k, int nprobe, Stop stop) {
        ListSearcher.Scratch scratch = ListSearcher.Scratch.of(lists);
        ListSearcher[] searchers = new ListSearcher[queries.length];
        int[][] near = new int[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            searchers[i] = new ListSearcher(parts, lists, scratch);
            searchers[i].begin(null, stop);
            near[i] = searchers[i].plan(queries[i], k, nprobe);
        }
        goThrough(searchers, near);
        Points points = parts.points();
        Found[] found = new Found[queries.length];
        for (int i = 0; i < queries.length; i++) {
            ListSearcher searcher = searchers[i];
            Query query = queries[i];
            searcher.finish(query, k, nprobe);
            found[i] = points.settled(() -> searcher.nearest(query, k, Float.POSITIVE_INFINITY, 0));
        }
        return found;
    }

    /** One list after the other, each for all searchers that it is near to. */
    private void goThrough(ListSearcher[] searchers, int[][] near) {
        int[] ends = new int[lists.count() + 1];
        for (int[] some : near) {
            for (int list : some) {
                ends[list + 1]++;
            }
        }
        for (int list = 0; list < lists.count(); list++) {
            ends[list + 1] += ends[list];
        }
        int[] next = ends.clone();
        int[] sorted = new int[ends[lists.count()]];
        for (int i = 0; i < near.length; i++) {
            for (int list : near[i]) {
                sorted[next[list]++] = i;
            }
        }
        for (int list = 0; list < lists.count(); list++) {
            for (int i = ends[list]; i < ends[list + 1]; i++) {
                searchers[sorted[i]].goThrough(list);
            }
        }
    }
}
