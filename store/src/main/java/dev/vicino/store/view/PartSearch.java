package dev.vicino.store.view;

import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.roaringbitmap.RoaringBitmap;

/** One search through the parts of a view. */
final class PartSearch {
    private final Metric metric;
    private final float[] query;
    private final int k;
    private final SearchOptions options;

    PartSearch(Metric metric, float[] query, int k, SearchOptions options) {
        this.metric = metric;
        this.query = query;
        this.k = k;
        this.options = options;
    }

    /** The k nearest in all parts. */
    Hits run(Parts parts) {
        Hits hits = Hits.NONE;
        for (Parts.Part part : parts.segments()) {
            RoaringBitmap live = part.live();
            int dead = part.segment().size() - live.getCardinality();
            hits = hits.merge(
                    search(part.segment().index(), live::contains, dead).withoutGraph(), k, metric);
        }
        GraphPart graph = parts.graph();
        if (graph == null) {
            return hits;
        }
        RoaringBitmap masked = parts.masked();
        int unwanted = masked.getCardinality();
        return hits.merge(search(graph.index(), ordinal -> !masked.contains(ordinal), unwanted), k, metric);
    }

    /** The k nearest of an index that are wanted; asks for more where too many of those found are not. */
    private Hits search(VectorIndex index, IntPredicate wanted, int unwanted) {
        long most = (long) k + unwanted;
        long ask = k;
        while (true) {
            Neighbors found = index.search(query, (int) Math.min(ask, Integer.MAX_VALUE), options);
            Hits hits = wanted(found, wanted);
            boolean enough = hits.size() >= k || found.size() < ask || ask >= most;
            if (enough || !hits.work().complete()) {
                return hits;
            }
            ask = Math.min(most, 4 * ask);
        }
    }

    private Hits wanted(Neighbors found, IntPredicate wanted) {
        int[] ordinals = new int[found.size()];
        float[] scores = new float[found.size()];
        int size = 0;
        for (int i = 0; i < found.size() && size < k; i++) {
            int ordinal = (int) found.id(i);
            if (wanted.test(ordinal)) {
                ordinals[size] = ordinal;
                scores[size] = found.score(i);
                size++;
            }
        }
        Neighbors.Work work = found.work();
        return new Hits(
                size == ordinals.length ? ordinals : Arrays.copyOf(ordinals, size),
                size == scores.length ? scores : Arrays.copyOf(scores, size),
                new Hits.Work(work.plan(), work.compared() + work.exact(), work.complete()));
    }
}
