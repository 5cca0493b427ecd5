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
import dev.vicino.store.truth.Rows;
import dev.vicino.store.truth.Truth;
import dev.vicino.store.truth.TruthReader;
import dev.vicino.store.view.Hits;
import dev.vicino.store.view.VectorView;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
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
    private final ExampleSearch examples;
    private final MeasuredEfforts efforts;
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
        this.examples = new ExampleSearch(this, reader, queries);
        this.efforts = new MeasuredEfforts(views, reader);
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
        if (request.query() instanceof Query.Recommend recommend
                && recommend.strategy() != Query.Strategy.AVERAGE_VECTOR) {
            return examples.search(
                    request, recommend, view.settings(), views.table().size());
        }
        QueryVectors.Target target = queries.target(request.query(), request.using(), view.settings());
        Found found = find(request, number, view, target);
        recall.heard(request, found.explanation(), again -> find(again, number, view, target));
        return new SearchResult(
                read(request, page(request, view.settings(), target.excluded(), found)), found.explanation());
    }

    private Found find(SearchRequest request, int number, VectorView view, QueryVectors.Target target)
            throws IOException {
        SearchOptions options = options(request, number);
        Found found = null;
        for (int tries = 1; found == null; tries++) {
            found = search(request, view, target, options, tries == TRIES);
        }
        return found;
    }

    private SearchOptions options(SearchRequest request, int number) throws IOException {
        SearchOptions options = SearchOptions.DEFAULT.withTimeLimit(request.timeLimit());
        Double recall = request.recall();
        if (recall == null) {
            return options.withEffort(request.effort()).withExact(request.exact());
        }
        OptionalInt effort = efforts.effort(request.using(), number, recall, request.limit());
        return effort.isPresent() ? options.withEffort(effort.getAsInt()) : options.withExact(true);
    }

    private @Nullable Found search(
            SearchRequest request, VectorView view, QueryVectors.Target target, SearchOptions options, boolean last)
            throws IOException {
        Cut cut = cut(request.filter(), view);
        try (VectorView.Moment moment = cut.moment) {
            FilterCache.Answer answer = answer(request.filter(), cut);
            long matching = answer == null ? -1 : answer.ordinals().getLongCardinality();
            SearchOptions own = options.effort() == 0 ? options.withEffort(recall.effort(request, matching)) : options;
            int k = request.limit() + request.offset() + target.excluded().size();
            Hits hits = answer != null && answer.ordinals().isEmpty()
                    ? Hits.NONE
                    : moment.search(target.vector(), k, own.withFilter(answer == null ? null : answer.ids()));
            return rows(hits, cut, last, explanation(view, options.exact(), answer, hits.work()));
        }
    }

    private Explanation explanation(
            VectorView view, boolean exact, FilterCache.@Nullable Answer answer, Hits.Work work) {
        long matching = answer == null ? -1 : answer.ordinals().getLongCardinality();
        Planner.Choice choice = Planner.of(view, exact, matching, work.graphPlan());
        long all = views.table().size();
        return new Explanation(
                choice.plan(),
                choice.reason(),
                answer == null ? all : answer.possible(),
                answer == null ? all : matching,
                work.compared(),
                work.complete());
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
    List<ScoredPoint> read(SearchRequest request, List<ScoredPoint> page) throws IOException {
        return request.part().isNothing() ? page : read(page, request.part(), request.filter());
    }

    /** Reads a part of some points. */
    List<ScoredPoint> read(List<ScoredPoint> page, Part part, Filter filter) throws IOException {
        List<ScoredPoint> complete = new ArrayList<>();
        long newest = 0;
        try (TruthReader look = truth.read()) {
            Rows rows = look.rows();
            long sequence = rows.sequence();
            for (ScoredPoint point : page) {
                PointRow row = reader.row(rows, point.id(), sequence);
                if (row != null && (row.version() == point.version() || matching.matches(filter, row, rows))) {
                    StoredPoint stored = reader.read(rows, row, part);
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
