package dev.vicino.store.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vicino.SearchOptions;
import dev.vicino.advise.GuardOptions;
import dev.vicino.advise.RecallWatch;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.payload.Selection;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.truth.TruthReader;
import dev.vicino.store.view.Hits;
import dev.vicino.store.view.VectorView;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Searches a collection. Any number of threads at once. */
/* Consistency.
 *
 * Filter and vectors are of one moment. What is found is told by ordinal, which a point that was deleted since may have left to another
 * one; and of sparse vectors half of a change may be seen. Such a search is done again. After some times it leaves such points out, and
 * takes the scores of sparse vectors as they are.
 */
public final class Searcher {
    /** Searches of one request that changes come between. */
    private static final int TRIES = 4;

    private final CollectionSettings settings;
    private final Truth truth;
    private final Views views;
    private final Reader reader;
    private final Matching matching;
    private final QueryVectors queries;
    private final FilterCache cache = new FilterCache();
    private final LiveRecall recall;

    /**
     * Over the points of a collection.
     *
     * @param embedder null where texts are not understood
     */
    public Searcher(CollectionSettings settings, Truth truth, Views views, @Nullable Embedder embedder) {
        this.settings = settings;
        this.truth = truth;
        this.views = views;
        this.reader = new Reader(settings, truth, views);
        this.matching = new Matching(settings, truth, views);
        this.queries = new QueryVectors(reader, embedder);
        this.recall = new LiveRecall(() -> views.table().size());
    }

    /**
     * Watches the recall of searches by the vectors of a name.
     *
     * @throws IllegalArgumentException where there are no dense vectors of that name
     */
    public RecallWatch watchRecall(String using, GuardOptions options) {
        if (settings.vectors().get(using) instanceof VectorSettings.Dense dense) {
            return recall.watch(using, dense, options);
        }
        throw new IllegalArgumentException("using = \"" + using + "\", expected the name of dense vectors");
    }

    /** Ends what goes on in the background. */
    public void close() {
        recall.close();
    }

    /** What is searched: of one moment. */
    private record Cut(
            long sequence, VectorView.Moment moment, FilterCache.@Nullable Answer answer, Selection selection) {}

    /**
     * Searches.
     *
     * @throws IllegalArgumentException for a vector name that there is not, or a query that does not fit it
     */
    public SearchResult search(SearchRequest request) throws IOException {
        int number = settings.names().indexOf(request.using());
        if (number < 0) {
            throw new IllegalArgumentException(
                    "using = \"" + request.using() + "\", expected one of " + settings.names());
        }
        VectorView view = views.vectors(number);
        QueryVectors.Target target = queries.target(request.query(), request.using(), view.settings());
        Found found = find(request, view, target);
        recall.heard(request, found.explanation(), again -> find(again, view, target));
        return new SearchResult(
                read(request, page(request, view.settings(), target.excluded(), found)), found.explanation());
    }

    private Found find(SearchRequest request, VectorView view, QueryVectors.Target target) throws IOException {
        Found found = null;
        for (int tries = 1; found == null; tries++) {
            found = search(request, view, target, tries == TRIES);
        }
        return found;
    }

    private @Nullable Found search(SearchRequest request, VectorView view, QueryVectors.Target target, boolean last)
            throws IOException {
        Cut cut = cut(request.filter(), view);
        try (VectorView.Moment moment = cut.moment) {
            FilterCache.Answer answer = answer(request.filter(), cut);
            boolean filtered = !request.filter().equals(Filter.ALL);
            long count = answer == null ? -1 : answer.ordinals().getLongCardinality();
            Planner.Choice choice = Planner.choose(view, request.exact(), count);
            SearchOptions options = SearchOptions.DEFAULT
                    .withFilter(answer == null ? null : answer.ids())
                    .withEffort(recall.effort(request, count))
                    .withExact(choice.scans());
            int k = request.limit() + request.offset() + target.excluded().size();
            Hits hits = filtered && count == 0 ? Hits.NONE : moment.search(target.vector(), k, options);
            long estimated = answer == null ? views.table().size() : answer.possible();
            long matched = answer == null ? views.table().size() : count;
            return rows(
                    hits,
                    cut,
                    last,
                    new Explanation(choice.plan(), choice.reason(), estimated, matched, hits.compared()));
        }
    }

    private Cut cut(Filter filter, VectorView view) {
        boolean filtered = !filter.equals(Filter.ALL);
        return views.reading(() -> {
            long sequence = views.published();
            FilterCache.Answer known = filtered ? cache.get(filter, sequence) : null;
            Selection selection = filtered && known == null
                    ? Matching.copy(views.select(filter))
                    : Selection.exact(new RoaringBitmap());
            return new Cut(sequence, view.moment(), known, selection);
        });
    }

    private FilterCache.@Nullable Answer answer(Filter filter, Cut cut) throws IOException {
        if (filter.equals(Filter.ALL)) {
            return null;
        }
        if (cut.answer != null) {
            return cut.answer;
        }
        FilterCache.Answer answer = FilterCache.Answer.of(
                cut.sequence, cut.selection.possible().getLongCardinality(), matching.resolve(filter, cut.selection));
        cache.put(filter, answer);
        return answer;
    }

    /** The points of hits; null where some have changed since and it is not the last try. */
    private @Nullable Found rows(Hits hits, Cut cut, boolean last, Explanation explanation) {
        List<PointRow> rows = new ArrayList<>();
        float[] scores = new float[hits.size()];
        boolean same = views.reading(() -> {
            boolean asFound = true;
            for (int i = 0; i < hits.size(); i++) {
                PointRow row = views.table().at(hits.ordinals()[i]);
                if (row == null || views.table().since(row.ordinal()) > cut.sequence) {
                    asFound = false;
                } else {
                    asFound &= cut.moment.isWhole() || row.moved() <= cut.sequence;
                    scores[rows.size()] = hits.scores()[i];
                    rows.add(row);
                }
            }
            return asFound;
        });
        return same || last ? new Found(rows, scores, explanation) : null;
    }

    /** The page that was asked for, without payload and vectors. */
    private static List<ScoredPoint> page(
            SearchRequest request, VectorSettings settings, Set<PointId> excluded, Found found) {
        boolean higherIsNearer = !(settings instanceof VectorSettings.Dense dense)
                || dense.metric().isSimilarity();
        List<ScoredPoint> page = new ArrayList<>();
        for (int i = 0; i < found.rows().size(); i++) {
            PointRow row = found.rows().get(i);
            float score = found.scores()[i];
            Float threshold = request.threshold();
            boolean near = threshold == null || (higherIsNearer ? score >= threshold : score <= threshold);
            if (near && !excluded.contains(row.id())) {
                page.add(new ScoredPoint(
                        row.id(), score, row.version(), JsonNodeFactory.instance.objectNode(), Map.of()));
            }
        }
        int from = Math.min(request.offset(), page.size());
        return page.subList(from, Math.min(page.size(), from + request.limit()));
    }

    /** Reads what was asked for of some points; one that is gone by now, or matches no more, is left out. */
    private List<ScoredPoint> read(SearchRequest request, List<ScoredPoint> page) throws IOException {
        return request.part().isNothing() ? page : read(page, request.part(), request.filter());
    }

    /** Reads a part of some points. */
    List<ScoredPoint> read(List<ScoredPoint> page, Part part, Filter filter) throws IOException {
        List<ScoredPoint> complete = new ArrayList<>();
        long newest = 0;
        try (TruthReader truthReader = truth.read()) {
            for (ScoredPoint point : page) {
                PointRow row = reader.row(truthReader.rows(), point.id());
                if (row != null
                        && (row.version() == point.version() || matching.matches(filter, row, truthReader.rows()))) {
                    StoredPoint stored = reader.read(truthReader.rows(), row, part);
                    newest = Math.max(newest, stored.version());
                    complete.add(new ScoredPoint(
                            point.id(), point.score(), stored.version(), stored.payload(), stored.vectors()));
                }
            }
        }
        views.awaitPublished(newest);
        return complete;
    }
}
