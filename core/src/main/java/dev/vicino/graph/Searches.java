package dev.vicino.graph;

import dev.vicino.graph.Graph.Entry;
import dev.vicino.rows.Allowed;
import dev.vicino.rows.Epochs;
import dev.vicino.rows.Found;
import dev.vicino.rows.Points;
import dev.vicino.rows.RowScorer;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Query;
import dev.vicino.scan.Stop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Searches of a graph, by any number of threads at once, each with a {@link Searcher} of its own. */
/* Concurrency.
 *
 * Searches take no lock. They may walk over links that are being written and over nodes that were removed: an epoch that they are in keeps
 * slots from being used again, and memory from being freed. What they give back is settled (Points), so that a search finds a vector that
 * is updated meanwhile once, the old or the new.
 */
final class Searches {
    private final GraphParameters parameters;
    private final RowStore rows;
    private final Graph graph;
    private final Points points;
    private final Epochs epochs;
    private final Space space;
    private final Removals removals;
    private final Queue<Searcher> idle = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean learning = new AtomicBoolean();
    private final AtomicLong added = new AtomicLong();
    private volatile Reach reach = Reach.NONE;

    Searches(Parts parts, Removals removals) {
        this.parameters = parts.parameters();
        this.rows = parts.rows();
        this.graph = parts.graph();
        this.points = parts.points();
        this.epochs = parts.epochs();
        this.space = parts.space();
        this.removals = removals;
    }

    /** How far walks look. */
    Reach reach() {
        return reach;
    }

    /** Has walks look so far from now on. */
    void reach(Reach other) {
        reach = other;
    }

    /** Hears of a vector that was added; tells whether how far to look is to be learnt anew. */
    boolean added() {
        return Reach.isMeasurable(rows.form()) && reach.isOutdated(points.size(), added.incrementAndGet());
    }

    /** Learns from some of the vectors how far to look. Others may search and change the graph meanwhile. */
    void learnReach() {
        if (!Reach.isMeasurable(rows.form()) || points.size() < Reach.FEWEST || !learning.compareAndSet(false, true)) {
            return;
        }
        try {
            int[] slots = points.slots();
            ReachSample sample = new ReachSample();
            for (int i = 0; i < ReachSample.SIZE; i++) {
                learnFrom(slots[(int) ((long) i * slots.length / ReachSample.SIZE)], sample);
            }
            reach = sample.reach(slots.length);
            added.set(0);
        } finally {
            learning.set(false);
        }
    }

    private void learnFrom(int slot, ReachSample sample) {
        searching((searcher, entry, size) -> {
            if (entry != null && slot < size) {
                float[] row = new float[rows.dimension()];
                rows.get(slot, row);
                searcher.begin(Stop.NEVER, size);
                searcher.sample(row, slot, entry, sample);
            }
            return sample;
        });
    }

    /**
     * The k nearest that a walk finds, as {@link LiveGraph#search} has it. Where removed nodes lie so close together that they hide others from a
     * walk that goes by them, it is walked again with ef nodes held.
     */
    Found nearest(float[] query, int k, int ef, int rerank, @Nullable Allowed allowed, Stop stop) {
        Reach now = reach;
        Found found = nearest(query, k, ef, rerank, now, allowed, stop);
        int there = Math.min(
                points.size(),
                allowed == null ? Integer.MAX_VALUE : allowed.slots().count());
        boolean hidden = found.complete() && found.ids().length < Math.min(k, there);
        return hidden && now != Reach.NONE ? nearest(query, k, ef, rerank, Reach.NONE, allowed, stop) : found;
    }

    private Found nearest(float[] query, int k, int ef, int rerank, Reach now, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            searcher.walk(query, entry, Math.max(k, rerank), removals.width(ef, size), now, allowed);
            return points.settled(() -> searcher.nearest(exact, k, rerank, allowed));
        });
    }

    /** All within a distance that walks find, as {@link LiveGraph#searchWithin} has it. */
    Found within(float[] query, float radius, int ef, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            int width = removals.width(ef, size);
            searcher.walk(query, entry, width, width, Reach.NONE, allowed);
            while (searcher.isFull(radius, width) && width < size) {
                width = removals.width((int) Math.min(size, 4L * width), size);
                searcher.walk(query, entry, width, width, Reach.NONE, allowed);
            }
            return points.settled(() -> searcher.within(exact, radius, allowed));
        });
    }

    /** The k nearest of all within a distance, each compared. */
    Found scan(float[] query, int k, float radius, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            return points.settled(() -> searcher.scan(exact, k, radius, allowed));
        });
    }

    private interface Search<T> {
        T run(Searcher searcher, @Nullable Entry entry, int size);
    }

    private <T> T searching(Search<T> search) {
        long epoch = epochs.enter();
        try {
            Entry entry = graph.entry();
            int size = graph.size(); // after the entry and before the blocks: these are there for all of them
            Searcher searcher = searcher(space.coded());
            T found = search.run(searcher, entry, size);
            idle.add(searcher);
            return found;
        } finally {
            epochs.exit(epoch);
        }
    }

    private Searcher searcher(Coded now) {
        Searcher known = idle.poll();
        if (known != null && known.walk().origin().equals(now)) {
            return known;
        }
        Walk walk = new Walk(graph, now.scorer(rows), now.blocks(), now);
        RowScorer exact = new RowScorer(rows, now.learnt().sphere());
        return new Searcher(walk, exact, rows, points.ids(), points.alive(), parameters.refine(), points::version);
    }
}
