package dev.vicino.graph;

import dev.vicino.graph.Graph.Entry;
import dev.vicino.scan.Bitmap;
import dev.vicino.scan.Hits;
import dev.vicino.scan.Ids;
import dev.vicino.scan.Query;
import dev.vicino.scan.TopK;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** One search after another: chooses the way, walks, and compares what was found again exactly. Scratch memory of one thread. */
final class Searcher {
    static final String GRAPH = "graph";
    static final String FILTERED = "filtered graph";
    static final String SCAN = "scan of the allowed";

    /**
     * A filtered walk compares and passes by so many nodes for each that it keeps. Where no more are allowed than it would meet, comparing
     * all of them is faster and finds everything.
     */
    private static final int SCANNED_PER_EF = 64;

    /** Allowed nodes that a filtered walk begins with beside the usual one. */
    private static final int SEEDS = 16;

    /** An estimate is off by more than so many deviations once in some hundred times, and rarer in the bad direction. */
    private static final float DEVIATIONS = 2.5f;

    private final Walk walk;
    private final RowStore rows;
    private final Ids ids;
    private final IntPredicate alive;
    private final boolean refine;
    private String plan = GRAPH;

    Searcher(Walk walk, RowStore rows, Ids ids, IntPredicate alive, boolean refine) {
        this.walk = walk;
        this.rows = rows;
        this.ids = ids;
        this.alive = alive;
        this.refine = refine;
    }

    Walk walk() {
        return walk;
    }

    /** Fills the beam. */
    void walk(float[] query, int ef, @Nullable Bitmap allowed, Stop stop, int size) {
        walk.begin(stop, size);
        Entry entry = walk.entry();
        if (entry == null) {
            walk.beam().clear(1);
            plan = GRAPH;
            return;
        }
        walk.scorer().prepare(query);
        if (allowed == null) {
            plan = GRAPH;
            walk.search(walk.descend(entry, 0), ef, 0);
        } else if (allowed.count() <= (long) SCANNED_PER_EF * ef) {
            scan(ef, allowed);
        } else {
            plan = FILTERED;
            walk.searchAllowed(walk.descend(entry, 0), seeds(allowed, size), ef, allowed);
            if (walk.isComplete() && walk.beam().size() < ef) {
                scan(ef, allowed); // cut off from the rest: it is more than are in the beam
            }
        }
    }

    private void scan(int ef, Bitmap allowed) {
        plan = SCAN;
        walk.scanAllowed(ef, allowed);
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
        return java.util.Arrays.copyOf(seeds, count);
    }

    /** Whether a node in the beam may be found. */
    private boolean counts(int slot, @Nullable Bitmap allowed) {
        return alive.test(slot) && (allowed == null || allowed.get(slot));
    }

    /**
     * The k nearest of those in the beam.
     *
     * @param rerank how many are compared again; 0 to go by the error of the code
     */
    Found nearest(Query query, int k, int rerank, @Nullable Bitmap allowed) {
        Beam beam = walk.beam();
        TopK nearest = new TopK(Math.min(k, beam.size()), ids);
        boolean again = refine || walk.scorer() instanceof RowScorer;
        float margin = DEVIATIONS * walk.scorer().error();
        long exact = 0;
        long taken = 0;
        for (int i = 0; i < beam.size(); i++) {
            int slot = beam.slot(i);
            if (!counts(slot, allowed)) {
                continue;
            }
            taken++;
            if (!again) {
                nearest.add(beam.distance(i), slot);
                if (taken == k) {
                    break;
                }
            } else if (rerank > 0 ? taken > Math.max(k, rerank) : beam.distance(i) - margin > nearest.threshold()) {
                break;
            } else {
                nearest.add(rows.exact(query, slot), slot);
                exact++;
            }
        }
        return found(nearest.drain(new Hits.Work(plan, 0, 0)), exact);
    }

    /** Those in the beam that lie within a distance. */
    Found within(Query query, float radius, @Nullable Bitmap allowed) {
        Beam beam = walk.beam();
        TopK nearest = new TopK(beam.size(), ids);
        boolean again = refine || walk.scorer() instanceof RowScorer;
        long exact = 0;
        for (int i = 0; i < beam.size(); i++) {
            int slot = beam.slot(i);
            if (counts(slot, allowed)) {
                float distance = again ? rows.exact(query, slot) : beam.distance(i);
                exact += again ? 1 : 0;
                if (distance <= radius) {
                    nearest.add(distance, slot);
                }
            }
        }
        return found(nearest.drain(new Hits.Work(plan, 0, 0)), exact);
    }

    /** Whether a larger beam may hold more within a distance. */
    boolean isFull(float radius, int ef) {
        Beam beam = walk.beam();
        float margin = DEVIATIONS * walk.scorer().error();
        return walk.isComplete() && beam.size() == ef && beam.distance(ef - 1) - margin <= radius;
    }

    private Found found(Hits hits, long exact) {
        int[] slots = hits.ordinals();
        long[] found = new long[slots.length];
        for (int i = 0; i < slots.length; i++) {
            found[i] = ids.of(slots[i]);
        }
        boolean rowsWalked = walk.scorer() instanceof RowScorer;
        return new Found(
                slots,
                found,
                hits.distances(),
                plan,
                rowsWalked ? 0 : walk.compared(),
                rowsWalked ? walk.compared() : exact,
                walk.hops(),
                walk.isComplete());
    }
}
