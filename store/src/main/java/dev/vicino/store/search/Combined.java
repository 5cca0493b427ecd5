package dev.vicino.store.search;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.filter.Scalar;
import dev.vicino.store.point.PointId;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Searches made of several searches. */
public final class Combined {
    private final CollectionSettings settings;
    private final Searcher searcher;

    /** Over the searches of a collection. */
    public Combined(CollectionSettings settings, Searcher searcher) {
        this.settings = settings;
        this.searcher = searcher;
    }

    /** Points that have one value of a field. */
    public record Group(Scalar value, List<ScoredPoint> points) {}

    /**
     * Several searches, put into one ranking.
     *
     * @param limit points wanted
     * @param part what is wanted of them
     */
    public List<ScoredPoint> fuse(List<SearchRequest> prefetch, Fusion fusion, int limit, Part part)
            throws IOException {
        List<Fusion.Ranking> rankings = new ArrayList<>();
        for (SearchRequest request : prefetch) {
            List<ScoredPoint> points =
                    searcher.search(request.withPart(Part.NONE)).points();
            rankings.add(new Fusion.Ranking(points, higherIsNearer(request.using())));
        }
        List<ScoredPoint> fused = fusion.fuse(rankings).stream().limit(limit).toList();
        return part.isNothing() ? fused : searcher.read(fused, part, Filter.ALL);
    }

    private boolean higherIsNearer(String using) {
        return !(settings.vectors().get(using) instanceof VectorSettings.Dense dense)
                || dense.metric().isSimilarity();
    }

    /** A search among the points that other searches find. */
    public SearchResult rescore(List<SearchRequest> prefetch, SearchRequest request) throws IOException {
        Set<PointId> ids = new HashSet<>();
        for (SearchRequest first : prefetch) {
            searcher.search(first.withPart(Part.NONE)).points().forEach(point -> ids.add(point.id()));
        }
        return searcher.search(request.withFilter(Filter.must(request.filter(), new Condition.HasId(ids))));
    }

    /**
     * The best groups of points with one value of a field, in the order of their best points. A point with several values is in several
     * groups.
     *
     * @param request its limit is the number of groups
     * @param size points in a group at most
     */
    public List<Group> groups(SearchRequest request, JsonPath path, int size) throws IOException {
        if (size < 1) {
            throw new IllegalArgumentException("size = " + size + ", expected at least 1");
        }
        long ask = 2L * request.limit() * size;
        while (true) {
            int limit = (int) Math.min(ask, SearchRequest.MAX_LIMIT);
            List<ScoredPoint> points = searcher.search(request.withLimit(limit).withPart(Part.PAYLOAD))
                    .points();
            List<Group> groups = groups(points, path, request.limit(), size);
            boolean full =
                    groups.size() == request.limit() && groups.stream().allMatch(group -> group.points.size() == size);
            if (full || points.size() < limit || limit == SearchRequest.MAX_LIMIT) {
                return groups;
            }
            ask = 4 * ask;
        }
    }

    private static List<Group> groups(List<ScoredPoint> points, JsonPath path, int limit, int size) {
        Map<Scalar, List<ScoredPoint>> groups = new LinkedHashMap<>();
        for (ScoredPoint point : points) {
            Set<Scalar> values = new HashSet<>();
            for (JsonNode node : path.values(point.payload())) {
                Scalar value = Scalar.of(node);
                if (value != null && values.add(value)) {
                    List<ScoredPoint> group = groups.computeIfAbsent(value, _ -> new ArrayList<>());
                    if (group.size() < size) {
                        group.add(point);
                    }
                }
            }
        }
        return groups.entrySet().stream()
                .limit(limit)
                .map(entry -> new Group(entry.getKey(), entry.getValue()))
                .toList();
    }
}
