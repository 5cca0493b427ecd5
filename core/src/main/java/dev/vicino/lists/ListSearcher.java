package dev.vicino.lists;

import dev.vicino.code.BlockCode;
import dev.vicino.code.BlockScorer;
import dev.vicino.code.Sphere;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.RowKernels;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Found;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowScorer;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Norms;
import dev.vicino.scan.Query;
import dev.vicino.scan.Stop;
import dev.vicino.scan.TopK;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One search after another of some lists: goes through those near the query, keeps what may be among the nearest by code, and compares that
 * again exactly, in the order of the least that the distances may be. Scratch memory of one thread.
 */
final class ListSearcher {
    static final String LISTS = "lists";
    static final String FILTERED = "filtered lists";

    private static final RowKernels KERNELS = Kernels.BEST.rows();

    /** Rows estimated in one call: enough to make it cheap, few enough that the estimates stay in the L1 cache. */
    private static final int AT_ONCE = 32 * BlockCode.ROWS;

    /** Rows that are compared exactly together. */
    private static final int GROUP = 12;

    /** Where more lists are wanted than were ranked, so many times more are ranked. */
    private static final int RANKED_MORE = 4;

    /** An estimate is off by more than this many deviations once in some ten times; more effort wants to be surer. */
    private static final double DEVIATIONS = 1;

    private static final double DEVIATIONS_PER_DOUBLING = 0.25;

    private final Lists lists;
    private final RowStore rows;
    private final Points points;
    private final Space space;
    private final boolean refine;
    private final Coarse.Ranking ranking;
    private final @Nullable BlockScorer scorer;
    private final RowScorer exact;
    private final float rounding;
    private final float[] origin;
    private final float[] estimates;
    private final int[] positions;
    private final int[] group;
    private final float[] distances;
    private final Reservoir kept = new Reservoir();
    private final DiskWaits waits;

    /** Slots that were met whose ids may have others now. */
    private int[] left = new int[16];

    private int leftCount;
    private @Nullable Allowed allowed;
    private boolean changed;
    private Stop stop = Stop.NEVER;
    private String plan = LISTS;
    private float deviations;
    /** Whether single precision may overflow, so that estimates need not be numbers. */
    private boolean careful;

    private long compared;
    /** Lists that were gone through. */
    private int scanned;
    /** As many of them as count. */
    private double probed;
    /** As many of them as counted when the last one brought something nearer. */
    private double gained;
    /** The last search that went through each list. */
    private final int[] searchOf;
    /** Counts searches. */
    private int search;
    /** The place in the order of the lists. */
    private int next;
    /** Lists whose order is known. */
    private int ranked;
    /** Of the rows that are allowed. */
    private double share;

    private boolean complete;

    /** What is of no use any more once a list has been gone through: several searchers of one thread may share it. */
    record Scratch(Coarse.Ranking ranking, float[] estimates, int[] positions, int[] group, float[] distances) {
        static Scratch of(Lists lists) {
            return new Scratch(
                    lists.learnt().coarse().new Ranking(),
                    new float[AT_ONCE],
                    new int[AT_ONCE],
                    new int[AT_ONCE],
                    new float[AT_ONCE]);
        }
    }

    ListSearcher(Parts parts, Lists lists) {
        this(parts, lists, Scratch.of(lists));
    }

    ListSearcher(Parts parts, Lists lists, Scratch scratch) {
        this.lists = lists;
        this.rows = parts.rows();
        this.points = parts.points();
        this.space = parts.space();
        BlockCode code = lists.learnt().code();
        this.refine = parts.parameters().refine() && code != null;
        this.ranking = scratch.ranking;
        this.estimates = scratch.estimates;
        this.positions = scratch.positions;
        this.group = scratch.group;
        this.distances = scratch.distances;
        this.scorer = code == null ? null : code.scorer();
        this.exact = new RowScorer(rows, new Sphere(0));
        this.rounding = (float) Kernels.relativeError(rows.dimension());
        this.origin = new float[rows.dimension()];
        this.waits = new DiskWaits(rows);
        this.searchOf = new int[lists.count()];
    }

    /** The lists that it searches. */
    Lists lists() {
        return lists;
    }

    /** Begins a search. */
    void begin(@Nullable Allowed allowed, Stop stop) {
        this.allowed = allowed;
        this.changed = allowed != null && allowed.version() != points.version();
        this.stop = stop;
        plan = allowed == null ? LISTS : FILTERED;
        leftCount = 0;
        compared = 0;
        scanned = 0;
        probed = 0;
        gained = 0;
        ranked = 0;
        next = 0;
        search++;
        share = allowed == null ? 1 : (double) Math.max(1, allowed.slots().count()) / Math.max(1, points.size());
        complete = true;
    }

    /** Goes through lists until so many were, and k rows were met that may be found. */
    void probe(Query query, int k, int nprobe, int rerank) {
        deviations = refine && rerank == 0 ? deviations(nprobe) : 0;
        kept.clear(Math.max(k, rerank));
        prepare(query);
        scan(query, nprobe, k);
        kept.sort();
    }

    /** Begins as {@link #probe} does; tells the lists to be gone through, in any order, before {@link #finish}. */
    int[] plan(Query query, int k, int nprobe) {
        kept.clear(k);
        prepare(query);
        ranked = Math.min(lists.count(), nprobe);
        ranking.rank(query.values(), ranked);
        int[] near = new int[ranked];
        for (int i = 0; i < ranked; i++) {
            near[i] = ranking.list(i);
        }
        next = ranked;
        return near;
    }

    /** Ends as {@link #probe} does. */
    void finish(Query query, int k, int nprobe) {
        scan(query, nprobe, k);
        kept.sort();
    }

    private static float deviations(int nprobe) {
        return (float) (DEVIATIONS + DEVIATIONS_PER_DOUBLING * Math.log(nprobe) / Math.log(2));
    }

    /** Goes through lists until so many were, and as many again as long as the last ones had rows within the radius. */
    void probeWithin(Query query, float radius, int nprobe) {
        deviations = refine ? deviations(nprobe) : 0;
        kept.clearWithin(radius);
        prepare(query);
        double wanted = nprobe;
        int before = -1;
        while (before < kept.size()) {
            before = kept.size();
            scan(query, wanted, 0);
            wanted *= 2;
        }
        kept.sort();
    }

    private void prepare(Query query) {
        careful = rows.hasExtremes() || Norms.isExtreme(query.norm());
        if (scorer == null) {
            exact.prepare(query);
        } else {
            scorer.prepare(query.values());
        }
    }

    /** Goes on until so many lists were probed in all, and so many rows were met that may be found. */
    private void scan(Query query, double wanted, int least) {
        while (complete && scanned < lists.count() && (probed < wanted || kept.size() < least || isGaining(wanted))) {
            if (next == ranked) {
                ranked = (int) Math.min(lists.count(), Math.max(Math.ceil(wanted), RANKED_MORE * ranked));
                ranking.rank(query.values(), ranked);
                next = 0;
            }
            goThrough(ranking.list(next++));
        }
    }

    /** Goes through a list unless this search has done so. */
    void goThrough(int list) {
        if (searchOf[list] != search) {
            searchOf[list] = search;
            scan(lists.run(list), list);
            scanned++;
            gained = allowed != null && kept.comesNearer() ? probed : gained;
        }
    }

    /** Whether the allowed may lie beyond what is near: then lists far apart have some that are nearer than those found so far. */
    private boolean isGaining(double wanted) {
        return allowed != null && probed < gained + wanted;
    }

    private void scan(Run run, int list) {
        int count = run.count();
        double weight = weight(run, count);
        probed += weight;
        if (count == 0 || weight == 0) {
            return;
        }
        if (scorer != null) {
            lists.learnt().coarse().get(list, origin);
            scorer.origin(origin);
        }
        for (int from = 0; from < count && complete; from += AT_ONCE) {
            int some = Math.min(AT_ONCE, count - from);
            estimate(run, from, some);
            compared += some;
            int near = KERNELS.atMost(estimates, some, kept.threshold(), positions);
            for (int i = 0; i < near; i++) {
                meet(run, from + positions[i], estimates[positions[i]]);
            }
            complete = !stop.isNow();
        }
    }

    /** How much of a list counts as probed: less where fewer of its rows are allowed than elsewhere. */
    private double weight(Run run, int count) {
        if (allowed == null) {
            return 1;
        }
        int some = 0;
        for (int i = 0; i < count; i++) {
            some += isAllowed(run.slot(i)) ? 1 : 0;
        }
        return count == 0 ? 0 : Math.min(1, some / (share * count));
    }

    private void estimate(Run run, int from, int some) {
        if (scorer == null) {
            run.slots(from, some, group);
            exact.score(group, some, estimates);
        } else {
            scorer.score(run.region().base(), run.block(from), Run.blocks(some), estimates);
        }
        if (careful) {
            for (int i = 0; i < some; i++) {
                estimates[i] = Float.isNaN(estimates[i]) ? Float.MAX_VALUE : estimates[i];
            }
        }
    }

    private void meet(Run run, int place, float estimate) {
        int slot = run.slot(place);
        if (!points.alive().test(slot)) {
            if (!space.isGone(slot)) {
                leave(slot);
            }
        } else if (isAllowed(slot)) {
            kept.add(estimate, error(run, place), slot);
        }
    }

    private float error(Run run, int place) {
        if (scorer == null || deviations == 0) {
            return 0;
        }
        float error = deviations * scorer.error(run.region().base(), run.block(place), Run.lane(place));
        return error >= 0 ? error : Float.MAX_VALUE;
    }

    private boolean isAllowed(int slot) {
        Allowed some = allowed;
        return some == null
                || (changed
                        ? some.ids().test(points.ids().of(slot))
                        : some.slots().get(slot));
    }

    private void leave(int slot) {
        if (leftCount == left.length) {
            left = Arrays.copyOf(left, 2 * leftCount);
        }
        left[leftCount++] = slot;
    }

    /** The k nearest within a distance of those kept. The caller sees to it that points are settled. */
    Found nearest(Query query, int k, float radius, int rerank) {
        int begun = leftCount;
        TopK nearest = new TopK(Math.min(k, 2 * kept.size() + leftCount), points.ids());
        long compared = refine ? rerank(query, radius, rerank, nearest) : take(radius, nearest);
        compared += follow(query, radius, nearest);
        leftCount = begun;
        Hits hits = nearest.drain(new Hits.Work(plan, 0, 0));
        long[] ids = new long[hits.ordinals().length];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = points.ids().of(hits.ordinals()[i]);
        }
        long byCode = scorer == null ? 0 : this.compared;
        long byRow = scorer == null ? this.compared + compared : compared;
        return new Found(hits.ordinals(), ids, hits.distances(), plan, byCode, byRow, scanned, complete);
    }

    /** Takes the estimates for distances; tells how many rows were compared: none. */
    private long take(float radius, TopK nearest) {
        for (int i = 0; i < kept.size(); i++) {
            float distance = scorer == null ? kept.lower(i) : clamp(kept.lower(i));
            if (!points.alive().test(kept.slot(i))) {
                leave(kept.slot(i));
            } else if (distance <= radius) {
                nearest.add(distance, kept.slot(i));
            }
        }
        return 0;
    }

    /** Compares those kept again; tells how many. */
    private long rerank(Query query, float radius, int rerank, TopK nearest) {
        exact.prepare(query);
        int most = rerank == 0 ? kept.size() : Math.min(rerank, kept.size());
        int next = 0;
        long began = waits.begin(kept, most);
        while (next < most && (rerank > 0 || isPossible(kept.lower(next), Math.min(radius, nearest.threshold())))) {
            int some = 0;
            for (; next < most && some < Math.max(GROUP, Math.min(nearest.k() - next, AT_ONCE)); next++) {
                if (points.alive().test(kept.slot(next))) {
                    group[some++] = kept.slot(next);
                } else {
                    leave(kept.slot(next));
                }
            }
            compare(some, radius, nearest);
        }
        waits.end(began, next);
        return next;
    }

    private boolean isPossible(float lower, float threshold) {
        return !(lower - threshold > rounding * (Math.abs(lower) + Math.abs(threshold)));
    }

    private void compare(int some, float radius, TopK nearest) {
        exact.score(group, some, distances);
        for (int i = 0; i < some; i++) {
            if (distances[i] <= radius) {
                nearest.add(distances[i], group[i]);
            }
        }
    }

    /** An id that got another vector meanwhile is where that is; tells how many rows were compared. */
    private long follow(Query query, float radius, TopK nearest) {
        long followed = 0;
        for (int i = 0; i < leftCount; i++) {
            long id = points.ids().of(left[i]);
            int slot = points.ids().slot(id);
            boolean found = slot != IdTable.NONE && points.alive().test(slot) && !isKept(slot) && isAllowedId(id);
            if (found && isFirst(i, id)) {
                exact.prepare(query);
                group[0] = slot;
                compare(1, radius, nearest);
                followed++;
            }
        }
        return followed;
    }

    private boolean isAllowedId(long id) {
        Allowed some = allowed;
        return some == null || some.ids().test(id);
    }

    private boolean isKept(int slot) {
        for (int i = 0; i < kept.size(); i++) {
            if (kept.slot(i) == slot) {
                return true;
            }
        }
        return false;
    }

    /** Whether none before a place in what was left had the same id. */
    private boolean isFirst(int place, long id) {
        for (int i = 0; i < place; i++) {
            if (points.ids().of(left[i]) == id) {
                return false;
            }
        }
        return true;
    }

    /** An estimate may be what no distance is. */
    private float clamp(float estimate) {
        return switch (rows.form()) {
            case COSINE -> Math.clamp(estimate, -1, 1);
            case SQUARED_L2, L1 -> Math.clamp(estimate, 0, Float.MAX_VALUE);
            case DOT -> Math.clamp(estimate, -Float.MAX_VALUE, Float.MAX_VALUE);
        };
    }
}
