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

    Searches(Parts parts, Removals removals) {
        this.parameters = parts.parameters();
        this.rows = parts.rows();
        this.graph = parts.graph();
        this.points = parts.points();
        this.epochs = parts.epochs();
        this.space = parts.space();
        this.removals = removals;
    }

    /** The k nearest that a walk finds, as {@link LiveGraph#search} has it. */
    Found nearest(float[] query, int k, int ef, int rerank, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            searcher.walk(query, entry, removals.width(ef, size), allowed);
            return points.settled(() -> searcher.nearest(exact, k, rerank, allowed));
        });
    }

    /** All within a distance that walks find, as {@link LiveGraph#searchWithin} has it. */
    Found within(float[] query, float radius, int ef, @Nullable Allowed allowed, Stop stop) {
        Query exact = rows.prepare(query);
        return searching((searcher, entry, size) -> {
            searcher.begin(stop, size);
            int width = removals.width(ef, size);
            searcher.walk(query, entry, width, allowed);
            while (searcher.isFull(radius, width) && width < size) {
                width = removals.width((int) Math.min(size, 4L * width), size);
                searcher.walk(query, entry, width, allowed);
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

    private interface Search {
        Found run(Searcher searcher, @Nullable Entry entry, int size);
    }

    private Found searching(Search search) {
        long epoch = epochs.enter();
        try {
            Entry entry = graph.entry();
            int size = graph.size(); // after the entry and before the blocks: these are there for all of them
            Searcher searcher = searcher(space.coded());
            Found found = search.run(searcher, entry, size);
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
