package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.Metric;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.Query.Strategy;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rankings by examples, against the formulas in plain loops. */
@ExtendWith(Seeds.class)
final class RecommendTest {
    private static final int DIMENSION = 8;
    private static final int POINTS = 300;
    private static final List<Integer> POSITIVE = List.of(3, 40, 41);
    private static final List<Integer> NEGATIVE = List.of(7, 8);

    @TempDir
    Path folder;

    private static List<PointId> ids(List<Integer> numbers) {
        return numbers.stream().map(PointId::of).toList();
    }

    /** A place in a ranking. */
    private record Place(int id, double score) {}

    @ParameterizedTest
    @EnumSource(names = {"BEST_SCORE", "SUM_SCORES"})
    void ranksAsTheFormulaSays(Strategy strategy) throws IOException {
        Random random = Seeds.random();
        for (Metric metric : new Metric[] {Metric.DOT, Metric.L2}) {
            List<float[]> vectors = new ArrayList<>();
            for (int i = 0; i < POINTS; i++) {
                vectors.add(Seeds.reals(random, DIMENSION));
            }
            try (Database database = Database.open(folder.resolve(metric.name()))) {
                Collection points = database.create("points", CollectionSettings.of(DIMENSION, metric));
                points.upsert(Stream.iterate(0, i -> i < POINTS, i -> i + 1)
                        .map(i -> Point.of(i, vectors.get(i)))
                        .toList());
                SearchRequest request =
                        SearchRequest.of(new Query.Recommend(ids(POSITIVE), ids(NEGATIVE), strategy), POINTS);
                List<Place> expected = ranking(vectors, strategy, metric);
                assertRanked(points.search(request.withExact(true)).points(), expected);
                assertRanked(
                        points.search(request.withExact(true).withOffset(5).withLimit(7))
                                .points(),
                        expected.subList(5, 12));
                float threshold = (float) ((expected.get(19).score + expected.get(20).score) / 2);
                assertThat(points.search(request.withExact(true).withThreshold(threshold))
                                .points())
                        .hasSize(20);
                List<ScoredPoint> best = points.search(request.withLimit(5).withPart(Part.NONE.withVectors("")))
                        .points();
                assertThat(best).hasSize(5).allMatch(point -> point.vectors().size() == 1);
                assertThat(best.getFirst().id()).isEqualTo(PointId.of(expected.getFirst().id));
            }
        }
    }

    private static void assertRanked(List<ScoredPoint> found, List<Place> expected) {
        assertThat(found)
                .extracting(ScoredPoint::id)
                .containsExactlyElementsOf(
                        expected.stream().map(place -> PointId.of(place.id)).toList());
        for (int i = 0; i < found.size(); i++) {
            assertThat((double) found.get(i).score()).isCloseTo(expected.get(i).score, within(1e-4));
        }
    }

    private static List<Place> ranking(List<float[]> vectors, Strategy strategy, Metric metric) {
        List<Place> ranking = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            if (!POSITIVE.contains(i) && !NEGATIVE.contains(i)) {
                ranking.add(new Place(i, score(vectors, i, strategy, metric)));
            }
        }
        ranking.sort(Comparator.comparingDouble(Place::score).reversed());
        return ranking;
    }

    private static double score(List<float[]> vectors, int point, Strategy strategy, Metric metric) {
        double[] near = similarities(vectors, point, POSITIVE, metric);
        double[] far = similarities(vectors, point, NEGATIVE, metric);
        if (strategy == Strategy.SUM_SCORES) {
            return Arrays.stream(near).sum() - Arrays.stream(far).sum();
        }
        double nearest = Arrays.stream(near).max().orElseThrow();
        double farthest = Arrays.stream(far).max().orElseThrow();
        double decisive = Math.max(nearest, farthest);
        double squeezed = 0.5 * (decisive / (1 + Math.abs(decisive)) + 1);
        return nearest > farthest ? squeezed : -squeezed;
    }

    private static double[] similarities(List<float[]> vectors, int point, List<Integer> examples, Metric metric) {
        return examples.stream()
                .mapToDouble(example -> similarity(vectors.get(point), vectors.get(example), metric))
                .toArray();
    }

    private static double similarity(float[] a, float[] b, Metric metric) {
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squares += Math.pow((double) a[i] - b[i], 2);
        }
        return metric == Metric.DOT ? dot : -Math.sqrt(squares);
    }

    @Test
    void sparseVectorsHaveNoExamples() throws IOException {
        try (Database database = Database.open(folder)) {
            Collection words = database.create("words", CollectionSettings.of(Map.of("", new VectorSettings.Sparse())));
            Query query = new Query.Recommend(List.of(PointId.of(1)), List.of(), Strategy.BEST_SCORE);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> words.search(SearchRequest.of(query, 1)))
                    .withMessageContaining("expected dense vectors");
        }
    }
}
