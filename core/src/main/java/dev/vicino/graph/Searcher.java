package dev.vicino.graph;

import dev.vicino.graph.Graph.Entry;
import dev.vicino.kernel.Kernels;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Found;
import dev.vicino.rows.IdTable;
import dev.vicino.rows.RowScorer;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Query;
import dev.vicino.scan.Select;
import dev.vicino.scan.Stop;
import dev.vicino.scan.TopK;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** One search after another: chooses the way, walks, and compares what was found again exactly. Scratch memory of one thread. */
final class Searcher {
    static final String GRAPH = "graph";
    static final String FILTERED = "filtered graph";
    static final String EXACT = "scan";
    static final String SCAN = "scan of the allowed";

    /**
     * A filtered walk compares and passes by so many nodes for each that it keeps. Where no more are allowed than it would meet, comparing
     * all of them is faster and finds everything.
     */
    private static final int SCANNED_PER_EF = 64;

    /** Where so many times fewer of the nodes near the query are allowed than of all, the allowed lie far away. */
    private static final double FAR = 4;

    /** Where so large a share is allowed, walking over all with a beam that holds as many allowed nodes is faster than passing by others. */
    private static final double COMMON = 0.25;

    /** Rows of a scan between two looks at the clock. */
    private static final int SCANNED_PER_LOOK = 1024;

    /** Rows that are fetched together to be compared again. */
    private static final int GROUP = 12;

    /** Allowed nodes that a filtered walk begins with beside the usual one. */
    private static final int SEEDS = 16;

    /** An estimate is off by more than this many deviations once in some ten times; more effort wants to be surer. */
    private static final double DEVIATIONS = 1;

    private static final double DEVIATIONS_PER_DOUBLING = 0.25;

    private final Walk walk;
    private final RowScorer exact;
    private final RowStore rows;
    private final IdTable ids;
    private final IntPredicate alive;
    private final boolean refine;
    /** Whether walks compare the rows themselves. */
    private final boolean byRows;

    private final LongSupplier version;
    private final float rounding;
    private String plan = GRAPH;
    private int[] slots = new int[64];
    private float[] distances = new float[64];
    private int[] group = new int[64];
    private float[] groupDistances = new float[64];

    Searcher(
            Walk walk,
            RowScorer exact,
            RowStore rows,
            IdTable ids,
            IntPredicate alive,
            boolean refine,
            LongSupplier version) {
        this.walk = walk;
        this.exact = exact;
        this.rows = rows;
        this.ids = ids;
        this.alive = alive;
        this.byRows = walk.scorer() instanceof RowScorer;
        this.refine = refine && !byRows;
        this.version = version;
        this.rounding = (float) Kernels.relativeError(rows.dimension());
    }

    Walk walk() {
        return walk;
    }

    /** Begins a search. */
    void begin(Stop stop, int size) {
        walk.begin(stop, size);
        walk.beam().clear(Width.fixed(1));
        plan = GRAPH;
    }

    /**
     * Fills the beam.
     *
     * @param k nodes wanted, by which it is told how far to look; where {@code reach} is {@link Reach#NONE} that goes by ef alone
     * @param ef nodes held; on average, where there is a reach
     */
    void walk(float[] query, @Nullable Entry entry, int k, int ef, Reach reach, @Nullable Allowed allowed) {
        if (entry == null) {
            return;
        }
        walk.scorer().prepare(query);
        if (allowed == null) {
            int from = walk.descend(entry, 0);
            walk.search(from, width(from, k, ef, reach), 0);
        } else if (allowed.slots().count() <= (long) SCANNED_PER_EF * ef) {
            scan(allowed);
        } else {
            int from = walk.descend(entry, 0);
            double share = (double) allowed.slots().count() / walk.size();
            double near = walk.shareAround(from, allowed.slots());
            if (near < share / FAR) {
                scan(allowed); // a walk would find one side of the many on which the allowed lie
                return;
            }
            plan = FILTERED;
            if (Math.min(near, share) >= COMMON) {
                walk.search(from, width(from, among(k, share), among(ef, share), reach), 0);
                if (!walk.isComplete() || walk.allowed(allowed.slots()) >= k) {
                    return;
                }
            }
            long before = walk.compared();
            walk.searchAllowed(from, seeds(allowed.slots(), walk.size()), width(from, k, ef, reach), allowed.slots());
            if (walk.isComplete() && walk.compared() - before < ef) {
                scan(allowed); // cut off from the rest: more are allowed than were met
            }
        }
    }

    /** Adds the neighbours of a node to a sample. */
    void sample(float[] vector, int slot, Entry entry, ReachSample sample) {
        walk.scorer().prepare(vector);
        walk.search(walk.descend(entry, 0), Width.fixed(ReachSample.HELD), 0);
        sample.add(walk.beam(), slot, Reach.zero(rows.form()));
    }

    private Width width(int from, int k, int ef, Reach reach) {
        return reach.width(k, ef, walk.size(), rows.form(), walk.scorer().error(from));
    }

    /** How many nodes have so many allowed ones among them, nearly always. */
    private int among(int few, double share) {
        double spread = Math.sqrt(few * (1 - share));
        return (int) Math.min(walk.size(), Math.ceil((few + 2 * spread) / share));
    }

    private void scan(Allowed allowed) {
        plan = SCAN;
        walk.scanAllowed(allowed.slots());
    }

    private static int[] seeds(Bitmap allowed, int size) {
        int[] seeds = new int[SEEDS];
        int count = 0;
        for (int i = 0; i < SEEDS; i++) {
            int seed = allowed.next((int) ((long) size * i / SEEDS));
            if (seed < size && (count == 0 || seeds[count - 1] != seed)) {
                seeds[count++] = seed;
            }
        }
        return Arrays.copyOf(seeds, count);
    }

    /**
     * The k nearest of those in the beam.
     *
     * @param rerank how many are compared again; 0 to go by the error of the code
     */
    Found nearest(Query query, int k, int rerank, @Nullable Allowed allowed) {
        TopK nearest = new TopK(Math.min(k, found()), ids);
        if (!refine) {
            return asFound(k, allowed, nearest);
        }
        int count = rerank > 0
                ? collect(Math.max(k, rerank), Math.max(k, rerank), allowed)
                : collect(k, Integer.MAX_VALUE, allowed);
        float deviations = deviations(found());
        int compared = 0;
        exact.prepare(query);
        for (int next = 0; next < count; ) {
            int most = compared == 0 ? Math.max(k, GROUP) : GROUP;
            int some = 0;
            for (; next < count && some < most; next++) {
                group(some);
                group[some] = slots[next];
                some += rerank > 0 || isPossible(next, deviations, nearest.threshold()) ? 1 : 0;
            }
            exact.score(group, some, groupDistances);
            for (int i = 0; i < some; i++) {
                nearest.add(groupDistances[i], group[i]);
            }
            compared += some;
        }
        return found(nearest.drain(new Hits.Work(plan, 0, 0)), compared);
    }

    private static float deviations(int ef) {
        return (float) (DEVIATIONS + DEVIATIONS_PER_DOUBLING * Math.log(Math.max(1, ef)) / Math.log(2));
    }

    private void group(int size) {
        if (size == group.length) {
            group = Arrays.copyOf(group, 2 * size);
            groupDistances = new float[2 * size];
        }
    }

    /** Whether the error of the code, or rounding, explains why one of those collected is not nearer. */
    private boolean isPossible(int place, float deviations, float threshold) {
        float distance = distances[place];
        float excess = distance - threshold;
        return !(excess > 0)
                || excess
                        <= deviations * walk.scorer().error(slots[place])
                                + rounding * (Math.abs(distance) + Math.abs(threshold));
    }

    /** An estimate may be what no distance is. */
    private float clamp(float estimate) {
        if (Float.isNaN(estimate)) {
            return rows.form() == Form.COSINE ? 1 : Float.MAX_VALUE;
        }
        return switch (rows.form()) {
            case COSINE -> Math.clamp(estimate, -1, 1);
            case SQUARED_L2, L1 -> Math.clamp(estimate, 0, Float.MAX_VALUE);
            case DOT -> Math.clamp(estimate, -Float.MAX_VALUE, Float.MAX_VALUE);
        };
    }

    private Found asFound(int k, @Nullable Allowed allowed, TopK nearest) {
        int count = collect(k, byRows ? Integer.MAX_VALUE : k, allowed); // exact distances may be equal
        for (int i = 0; i < count; i++) {
            nearest.add(clamp(distances[i]), slots[i]);
        }
        return found(nearest.drain(new Hits.Work(plan, 0, 0)), 0);
    }

    /** Nodes that the walk found. */
    private int found() {
        return plan.equals(SCAN) ? walk.scanned() : walk.beam().size();
    }

    /**
     * Takes those found that may be, and tells how many there are.
     *
     * @param forward how many are taken first; of a beam all are, the nearest first
     * @param limit more need not be taken
     */
    private int collect(int forward, int limit, @Nullable Allowed allowed) {
        boolean scanned = plan.equals(SCAN);
        Beam beam = walk.beam();
        int found = found();
        if (slots.length < found) {
            slots = new int[found];
            distances = new float[found];
        }
        boolean changed = allowed != null && allowed.version() != version.getAsLong();
        int count = 0;
        for (int i = 0; i < found && (scanned || count < limit); i++) {
            int slot = scanned ? walk.scannedSlot(i) : beam.slot(i);
            if (!alive.test(slot)) {
                count = follow(slot, count, allowed);
            } else if (allowed == null
                    || (changed
                            ? allowed.ids().test(ids.of(slot))
                            : allowed.slots().get(slot))) {
                slots[count] = slot;
                distances[count++] = scanned ? walk.scannedDistance(i) : beam.distance(i);
            }
        }
        if (!scanned || forward == 0 || count == 0) {
            return count;
        }
        int front = bringForward(Math.min(forward, count), count);
        return limit == Integer.MAX_VALUE ? count : front;
    }

    /** Moves the nearest few of those scanned to the front, in no order, and those as near as they; tells how many these are. */
    private int bringForward(int few, int count) {
        float[] copy = Arrays.copyOf(distances, count);
        for (int i = 0; i < count; i++) {
            copy[i] = Float.isNaN(copy[i]) ? Float.MAX_VALUE : copy[i];
        }
        float border = Select.smallest(copy, count, few);
        int front = 0;
        for (int i = 0; i < count; i++) {
            if (distances[i] <= border) {
                int slot = slots[i];
                float distance = distances[i];
                slots[i] = slots[front];
                distances[i] = distances[front];
                slots[front] = slot;
                distances[front++] = distance;
            }
        }
        return front;
    }

    /** An id that got another vector meanwhile is where that is. */
    private int follow(int before, int count, @Nullable Allowed allowed) {
        long id = ids.of(before);
        int slot = ids.slot(id);
        if (slot == Graph.NONE || !alive.test(slot) || isFound(slot)) {
            return count;
        }
        if (Linker.contains(slots, count, slot)
                || (allowed != null && !allowed.ids().test(id))) {
            return count;
        }
        if (refine) {
            distances[count] = Float.NEGATIVE_INFINITY; // to be compared in any case
        } else if (slot < walk.blocks().capacity()) {
            walk.scorer().score(new int[] {slot}, 1, one);
            distances[count] = one[0];
        } else {
            return count;
        }
        slots[count] = slot;
        return count + 1;
    }

    private boolean isFound(int slot) {
        return plan.equals(SCAN) ? walk.hasScanned(slot) : walk.beam().contains(slot);
    }

    private final float[] one = new float[1];

    /** Those in the beam that lie within a distance. */
    Found within(Query query, float radius, @Nullable Allowed allowed) {
        TopK nearest = new TopK(found(), ids);
        int count = collect(0, Integer.MAX_VALUE, allowed);
        if (refine) {
            exact.prepare(query);
            exact.score(slots, count, distances);
        }
        for (int i = 0; i < count; i++) {
            float distance = clamp(distances[i]);
            if (distance <= radius) {
                nearest.add(distance, slots[i]);
            }
        }
        return found(nearest.drain(new Hits.Work(plan, 0, 0)), refine ? count : 0);
    }

    /** The k nearest of all rows within a distance, each compared. */
    Found scan(Query query, int k, float radius, @Nullable Allowed allowed) {
        TopK nearest = new TopK(Math.min(k, walk.size()), ids);
        exact.prepare(query);
        long compared = 0;
        boolean complete = true;
        for (int slot = 0; slot < walk.size() && complete; slot++) {
            if (alive.test(slot) && (allowed == null || allowed.ids().test(ids.of(slot)))) {
                float distance = exact.score(slot);
                compared++;
                if (distance <= radius) {
                    nearest.add(distance, slot);
                }
                complete = (compared & SCANNED_PER_LOOK - 1) != 0 || !walk.isStopped();
            }
        }
        Hits hits = nearest.drain(new Hits.Work(EXACT, 0, 0));
        return new Found(hits.ordinals(), idsOf(hits), hits.distances(), EXACT, 0, compared, 0, complete);
    }

    /** Whether a larger beam may hold more within a distance. */
    boolean isFull(float radius, int ef) {
        Beam beam = walk.beam();
        int last = beam.size() - 1;
        return walk.isComplete()
                && !plan.equals(SCAN)
                && last >= ef - 1
                && beam.distance(last) - deviations(ef) * walk.scorer().error(beam.slot(last)) <= radius;
    }

    private Found found(Hits hits, long compared) {
        return new Found(
                hits.ordinals(),
                idsOf(hits),
                hits.distances(),
                plan,
                byRows ? 0 : walk.compared(),
                byRows ? walk.compared() : compared,
                walk.hops(),
                walk.isComplete());
    }

    private long[] idsOf(Hits hits) {
        long[] found = new long[hits.ordinals().length];
        for (int i = 0; i < found.length; i++) {
            found[i] = ids.of(hits.ordinals()[i]);
        }
        return found;
    }
}
