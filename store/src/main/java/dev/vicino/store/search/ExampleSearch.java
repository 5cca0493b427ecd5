package dev.vicino.store.search;

import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.point.VectorValue.Dense;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Searches by examples, each of which scores points: those near to the positive ones, or every point that matches where exact search is
 * asked for. These candidates are compared with all examples exactly.
 */
final class ExampleSearch {
    /** Points looked for near each positive example, for each that is wanted. */
    private static final long CANDIDATES = 4;

    private static final IndexSpec SCAN = IndexSpec.parse("Flat(prune=false)");

    private final Searcher searcher;
    private final Reader reader;
    private final QueryVectors queries;

    ExampleSearch(Searcher searcher, Reader reader, QueryVectors queries) {
        this.searcher = searcher;
        this.reader = reader;
        this.queries = queries;
    }

    /** Points that may be wanted, with their vectors in the same order. */
    private record Candidates(List<ScoredPoint> points, List<float[]> vectors, Explanation explanation) {}

    /**
     * Searches; a higher score is better, whatever the metric is.
     *
     * @param points how many there are
     * @throws IllegalArgumentException for sparse vectors, or an example without a vector
     */
    SearchResult search(SearchRequest request, Query.Recommend recommend, VectorSettings settings, long points)
            throws IOException {
        if (!(settings instanceof VectorSettings.Dense dense)) {
            throw new IllegalArgumentException(
                    "strategy = " + recommend.strategy() + ", expected dense vectors, found " + settings);
        }
        List<float[]> positive = vectors(recommend.positive(), request.using());
        List<float[]> negative = vectors(recommend.negative(), request.using());
        Candidates candidates = candidates(request, recommend, positive, points);
        float[] scores = scores(recommend.strategy(), positive, negative, candidates.vectors, dense.metric());
        List<ScoredPoint> ranked = IntStream.range(0, scores.length)
                .filter(i -> request.threshold() == null || scores[i] >= request.threshold())
                .mapToObj(i -> candidates.points.get(i).withScore(scores[i]))
                .sorted(Comparator.comparingDouble(ScoredPoint::score)
                        .reversed()
                        .thenComparing(ScoredPoint::id))
                .skip(request.offset())
                .limit(request.limit())
                .toList();
        return new SearchResult(searcher.read(request, ranked), candidates.explanation);
    }

    private List<float[]> vectors(List<PointId> ids, String using) throws IOException {
        List<float[]> vectors = new ArrayList<>();
        for (PointId id : ids) {
            vectors.add(queries.dense(id, using));
        }
        return vectors;
    }

    private Candidates candidates(SearchRequest request, Query.Recommend recommend, List<float[]> positive, long points)
            throws IOException {
        long wanted =
                (long) request.limit() + request.offset() + recommend.examples().size();
        long ask = Math.max(1, Math.min(points, request.exact() ? points : CANDIDATES * wanted));
        SearchRequest near = request.withLimit((int) Math.min(ask, SearchRequest.MAX_LIMIT))
                .withOffset(0)
                .withThreshold(null)
                .withPart(Part.NONE);
        Map<PointId, ScoredPoint> found = new LinkedHashMap<>();
        List<Explanation> explanations = new ArrayList<>();
        for (float[] example : positive) {
            SearchResult result = searcher.search(near.withQuery(Query.of(example)));
            result.points().forEach(point -> found.put(point.id(), point));
            explanations.add(result.explanation());
        }
        found.keySet().removeAll(recommend.examples());
        return withVectors(
                found,
                request.using(),
                explanations.stream().reduce(Explanation::and).orElseThrow());
    }

    /** Points that have lost their vector meanwhile are left out. */
    private Candidates withVectors(Map<PointId, ScoredPoint> found, String using, Explanation explanation)
            throws IOException {
        List<ScoredPoint> points = new ArrayList<>();
        List<float[]> vectors = new ArrayList<>();
        Part part = Part.NONE.withVectors(using);
        for (StoredPoint stored : reader.get(List.copyOf(found.keySet()), part)) {
            VectorValue vector = stored.vectors().get(using);
            ScoredPoint point = found.get(stored.id());
            if (point != null && vector instanceof Dense(float[] values)) {
                points.add(point);
                vectors.add(values);
            }
        }
        return new Candidates(points, vectors, explanation);
    }

    private static float[] scores(
            Query.Strategy strategy,
            List<float[]> positive,
            List<float[]> negative,
            List<float[]> candidates,
            Metric metric) {
        float[] scores = new float[candidates.size()];
        if (candidates.isEmpty()) {
            return scores;
        }
        try (VectorIndex index = Vicino.index(Vectors.of(candidates.toArray(float[][]::new)))
                .metric(metric)
                .spec(SCAN)
                .threads(1)
                .build()) {
            float[][] near = similarities(index, positive);
            float[][] far = similarities(index, negative);
            for (int i = 0; i < scores.length; i++) {
                scores[i] = (float) (strategy == Query.Strategy.BEST_SCORE ? best(near, far, i) : sum(near, far, i));
            }
        }
        return scores;
    }

    /** The similarity of every row to every example. */
    private static float[][] similarities(VectorIndex index, List<float[]> examples) {
        float[][] similarities = new float[examples.size()][index.size()];
        int sign = index.metric().isSimilarity() ? 1 : -1;
        for (int example = 0; example < similarities.length; example++) {
            Neighbors all = index.search(examples.get(example), index.size(), SearchOptions.DEFAULT);
            for (int i = 0; i < all.size(); i++) {
                similarities[example][(int) all.id(i)] = sign * all.score(i);
            }
        }
        return similarities;
    }

    private static double best(float[][] near, float[][] far, int row) {
        double nearest = highest(near, row);
        double farthest = highest(far, row);
        return nearest > farthest ? squeezed(nearest) : -squeezed(farthest);
    }

    private static double highest(float[][] similarities, int row) {
        return Arrays.stream(similarities)
                .mapToDouble(example -> example[row])
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    private static double squeezed(double similarity) {
        return 0.5 + 0.5 * similarity / (1 + Math.abs(similarity));
    }

    private static double sum(float[][] near, float[][] far, int row) {
        return total(near, row) - total(far, row);
    }

    private static double total(float[][] similarities, int row) {
        return Arrays.stream(similarities).mapToDouble(example -> example[row]).sum();
    }
}
