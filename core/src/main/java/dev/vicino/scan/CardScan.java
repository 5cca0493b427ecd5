package dev.vicino.scan;

import dev.vicino.card.BoundedQuery;
import dev.vicino.card.Card;
import dev.vicino.card.CardRows;
import dev.vicino.card.HostRows;
import dev.vicino.card.Precision;
import dev.vicino.card.Survivors;
import dev.vicino.format.IndexFileWriter;
import dev.vicino.kernel.Rows;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Exact search with the help of a card, which multiplies queries with all rows and keeps those whose {@link Bounds} leave them
 * possible; {@link Distances} then decides. Where a card keeps too many for a query it is asked again with greater precision, which
 * leaves fewer; what is still open, and what a card cannot do, is done by a plain scan: extreme queries, a radius, more neighbours
 * than the card keeps. So every answer is that of {@link PlainScan}, however many rows are near each other.
 *
 * <p>Time is looked at between the queries that a card takes at once.
 */
public final class CardScan implements Scan {
    private static final String PLAN = "card";

    private final Distances distances;
    private final Ids ids;
    private final ExactScan processor;
    private final CardRows card;
    private final Map<Precision, Bounds> bounds;

    private CardScan(Distances distances, Ids ids, CardRows card, Map<Precision, Bounds> bounds) {
        this.distances = distances;
        this.ids = ids;
        this.processor = ExactScan.plain(distances, ids);
        this.card = card;
        this.bounds = bounds;
    }

    /**
     * Puts the rows on a card.
     *
     * @throws IllegalArgumentException under L1, which has no product
     * @throws dev.vicino.card.CardException when the card does not allow it
     */
    public static CardScan load(Card card, Distances distances, Ids ids) {
        Bounds usual = distances.bounds();
        if (usual == null) {
            throw new IllegalArgumentException(
                    "metric = l1, expected cosine, dot or l2 on a card: there is no product behind l1");
        }
        CardRows rows = card.load(new Source(distances.rows, usual));
        Map<Precision, Bounds> bounds = new EnumMap<>(Precision.class);
        for (Precision precision : Precision.values()) {
            bounds.put(precision, Objects.requireNonNull(distances.bounds(rows.relativeError(precision))));
        }
        return new CardScan(distances, ids, rows, bounds);
    }

    /** What scales and terms a row has does not depend on the error of products. */
    private record Source(Rows rows, Bounds bounds) implements HostRows {
        @Override
        public int size() {
            return rows.size();
        }

        @Override
        public int dimension() {
            return rows.dimension();
        }

        @Override
        public MemorySegment values() {
            return rows.base().asSlice(rows.start(), rows.size() * rows.stride());
        }

        @Override
        public void terms(int from, int count, float[] scales, float[] terms) {
            bounds.rows(from, count, scales, terms);
        }
    }

    @Override
    public Hits search(float[] values, Goal goal, @Nullable Bitmap allowed, int threads, Stop stop) {
        return searchAll(new float[][] {values}, goal, allowed, threads, stop)[0];
    }

    @Override
    public Hits[] searchAll(float[][] queries, Goal goal, @Nullable Bitmap allowed, int threads, Stop stop) {
        int k = Math.min(goal.k(), distances.size());
        if (k == 0 || k > card.maxNeighbours()) {
            return processor.searchAll(queries, goal, allowed, threads, stop);
        }
        Hits[] hits = new Hits[queries.length];
        for (int from = 0; from < queries.length; from += card.maxQueries()) {
            int to = Math.min(from + card.maxQueries(), queries.length);
            Batch batch = new Batch(Arrays.copyOfRange(queries, from, to), k, allowed, threads, stop);
            System.arraycopy(batch.search(), 0, hits, from, to - from);
        }
        return hits;
    }

    /** Queries that a card takes at once. */
    private final class Batch {
        private final float[][] values;
        private final int k;
        private final @Nullable Bitmap allowed;
        private final int threads;
        private final Stop stop;
        private final Query[] queries;
        private final float[] thresholds;
        private final Hits[] hits;

        Batch(float[][] values, int k, @Nullable Bitmap allowed, int threads, Stop stop) {
            this.values = values;
            this.k = k;
            this.allowed = allowed;
            this.threads = threads;
            this.stop = stop;
            this.queries = Arrays.stream(values)
                    .map(query -> distances.prepare(query, allowed, stop))
                    .toArray(Query[]::new);
            this.thresholds = new float[values.length];
            this.hits = new Hits[values.length];
            Arrays.fill(thresholds, Float.POSITIVE_INFINITY);
        }

        Hits[] search() {
            int[] open = places(i -> !queries[i].extreme);
            for (Precision precision : Precision.values()) {
                if (open.length > 0 && !stop.isNow()) {
                    pass(precision, open);
                    open = places(i -> hits[i] == null && !queries[i].extreme);
                }
            }
            plainly(places(i -> hits[i] == null));
            return hits;
        }

        private int[] places(IntPredicate which) {
            return IntStream.range(0, queries.length).filter(which).toArray();
        }

        private void pass(Precision precision, int[] open) {
            List<BoundedQuery> bounded =
                    Arrays.stream(open).mapToObj(i -> bounded(precision, i)).toList();
            List<Survivors> survivors = card.search(precision, bounded, k, allowed == null ? null : allowed.words());
            Parallel.run(open.length, threads, i -> {
                Survivors left = survivors.get(i);
                thresholds[open[i]] = left.threshold();
                if (left.complete()) {
                    hits[open[i]] = decide(queries[open[i]], left.ordinals());
                }
            });
        }

        private BoundedQuery bounded(Precision precision, int place) {
            Bounds.OfQuery of = Objects.requireNonNull(bounds.get(precision)).of(queries[place]);
            return new BoundedQuery(
                    queries[place].values,
                    of.factor(),
                    of.termFactor(),
                    of.offset(),
                    of.slackFactor(),
                    of.slack(),
                    thresholds[place]);
        }

        /** The nearest of the rows that are left, and of those that have no bounds. */
        private Hits decide(Query query, int[] ordinals) {
            TopK nearest = new TopK(k, ids);
            for (int ordinal : ordinals) {
                nearest.add(distances.compute(query, ordinal), ordinal);
            }
            PlainScan.scanExtremes(distances, query, 0, distances.size(), nearest);
            return nearest.drain(new Hits.Work(PLAN, distances.size(), ordinals.length));
        }

        /** What the card has left open. */
        private void plainly(int[] open) {
            float[][] rest = Arrays.stream(open).mapToObj(i -> values[i]).toArray(float[][]::new);
            Hits[] found = processor.searchAll(rest, new Goal.KNearest(k), allowed, threads, stop);
            for (int i = 0; i < open.length; i++) {
                hits[open[i]] = found[i];
            }
        }
    }

    @Override
    public void addTo(IndexFileWriter writer) {
        // a card needs no codes
    }

    @Override
    public void load() {
        // the rows are on the card already
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public void close() {
        card.close();
    }
}
