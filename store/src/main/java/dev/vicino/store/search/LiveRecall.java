package dev.vicino.store.search;

import dev.vicino.IndexSpec;
import dev.vicino.advise.GuardOptions;
import dev.vicino.advise.Questions;
import dev.vicino.advise.RecallWatch;
import dev.vicino.advise.Selectivity;
import dev.vicino.store.point.PointId;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.truth.PointRow;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** The recall of the searches that walk a graph, by vector name, where somebody wants it watched. Safe for use by any number of threads. */
final class LiveRecall implements AutoCloseable {
    private final LongSupplier size;
    private final Map<String, Watched> watched = new ConcurrentHashMap<>();

    private record Watched(RecallWatch watch, VectorSettings.Dense settings) {}

    /** Does a search as it is asked for. */
    interface Search {
        Found run(SearchRequest request) throws IOException;
    }

    /** @param size how many points there are */
    LiveRecall(LongSupplier size) {
        this.size = size;
    }

    /** Watches from now on, in the place of who did before. */
    RecallWatch watch(String using, VectorSettings.Dense settings, GuardOptions options) {
        int effort = ((IndexSpec.Hnsw) settings.spec().navigator()).efSearch();
        RecallWatch watch = new RecallWatch(options, effort);
        Watched before = watched.put(using, new Watched(watch, settings));
        if (before != null) {
            before.watch.close();
        }
        return watch;
    }

    /**
     * The effort of a search: its own, or what the recall of those like it asks for.
     *
     * @param matching points that match its filter; −1 where it has none
     */
    int effort(SearchRequest request, long matching) {
        Watched by = watched.get(request.using());
        return by == null || request.effort() != 0 ? request.effort() : by.watch.effort(selectivity(matching));
    }

    private Selectivity selectivity(long matching) {
        return matching < 0 ? Selectivity.ALL : Selectivity.of(matching, size.getAsLong());
    }

    /** Hears of a search, and has it done again, both ways, if it is due. */
    void heard(SearchRequest request, Explanation explanation, Search search) {
        Watched by = watched.get(request.using());
        if (by != null && isOrdinary(request) && explanation.plan().walks() && by.watch.isDue()) {
            long matching = explanation.plan() == Explanation.Plan.GRAPH ? -1 : explanation.matching();
            by.watch.check(() -> look(request, explanation.plan(), selectivity(matching), by, search));
        }
    }

    /** Whether a request leaves to the collection how far to look. */
    private static boolean isOrdinary(SearchRequest request) {
        return request.effort() == 0 && request.recall() == null && request.timeLimit() == null;
    }

    private RecallWatch.Seen look(
            SearchRequest request, Explanation.Plan plan, Selectivity selectivity, Watched by, Search search)
            throws IOException {
        int effort = by.watch.effort(selectivity);
        Found found = search.run(request.withEffort(effort));
        Found truth = search.run(request.withExact(true));
        int k = request.limit() + request.offset();
        int most = (int) Math.min(Integer.MAX_VALUE, size.getAsLong());
        String label = plan.name().toLowerCase(Locale.ROOT);
        return new RecallWatch.Seen(label, selectivity, effort, recall(found, truth, by.settings), k, most);
    }

    /** The share of the true neighbours that was found; who is as near as the last of them is one too, where scores are true ones. */
    private static double recall(Found found, Found truth, VectorSettings.Dense settings) {
        int wanted = truth.rows().size();
        if (wanted == 0) {
            return 1;
        }
        boolean ties = Questions.hasTrueScores(settings.spec());
        Set<PointId> right = truth.rows().stream().map(PointRow::id).collect(Collectors.toSet());
        float last = truth.scores()[wanted - 1];
        int hits = 0;
        for (int i = 0; i < found.rows().size(); i++) {
            float score = found.scores()[i];
            boolean asNear = settings.metric().isSimilarity() ? score >= last : score <= last;
            hits += (ties && asNear) || right.contains(found.rows().get(i).id()) ? 1 : 0;
        }
        return Math.min(1.0, (double) hits / wanted);
    }

    @Override
    public void close() {
        watched.values().forEach(by -> by.watch.close());
    }
}
