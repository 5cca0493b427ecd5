package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vicino.Metric;
import dev.vicino.store.filter.Bounds;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.FieldTest;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.search.Explanation;
import dev.vicino.store.search.Explanation.Plan;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.write.PointSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The graph that a collection has unless told otherwise, over points around some centres: recall, plans, recall that is asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DefaultGraphTest {
    private static final int DIMENSION = 32;
    private static final int CENTRES = 60;
    private static final int POINTS = 8000;
    private static final int BATCH = 500;
    private static final int QUERIES = 100;
    private static final int K = 10;

    /** Recall of a fixed seed is a fixed number. */
    private final Random random = new Random(1);

    private final float[][] centres = new float[CENTRES][];

    private Database database;
    private Collection points;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        for (int i = 0; i < CENTRES; i++) {
            centres[i] = Seeds.reals(random, DIMENSION);
        }
        database = Database.open(folder);
        points = database.create(
                "points",
                CollectionSettings.of(Map.of(
                                "",
                                VectorSettings.dense(DIMENSION, Metric.COSINE).withThreshold(2000)))
                        .withPayloadIndex("pick", IndexKind.INTEGER));
        for (long first = 0; first < POINTS; first += BATCH) {
            points.upsert(
                    LongStream.range(first, first + BATCH).mapToObj(this::point).toList());
        }
        Waiting.forGraph(points);
    }

    @AfterAll
    void close() throws IOException {
        database.close();
    }

    private Point point(long id) {
        return Point.of(id, vector())
                .withPayload(JsonNodeFactory.instance
                        .objectNode()
                        .put("pick", random.nextInt(1000))
                        .put("note", random.nextInt(2)));
    }

    private float[] vector() {
        float[] vector = centres[random.nextInt(CENTRES)].clone();
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] += 0.4f * (float) random.nextGaussian();
        }
        return vector;
    }

    private static Filter below(int bound) {
        return Filter.must(
                new Condition.Field(JsonPath.parse("pick"), new FieldTest.NumberRange(Bounds.below((double) bound))));
    }

    private List<SearchRequest> requests(Filter filter) {
        List<SearchRequest> requests = new ArrayList<>();
        for (int i = 0; i < QUERIES; i++) {
            requests.add(SearchRequest.of(Query.of(vector()), K).withFilter(filter));
        }
        return requests;
    }

    private static Set<PointId> found(Collection collection, SearchRequest request) throws IOException {
        return collection.search(request).points().stream().map(ScoredPoint::id).collect(Collectors.toSet());
    }

    /** The share of what exact searches find that others do. */
    private static double recall(Collection collection, List<SearchRequest> requests) throws IOException {
        int right = 0;
        int all = 0;
        for (SearchRequest request : requests) {
            Set<PointId> expected =
                    found(collection, request.withRecall(null).withEffort(0).withExact(true));
            Set<PointId> found = found(collection, request);
            assertThat(found).hasSameSizeAs(expected);
            all += expected.size();
            found.retainAll(expected);
            right += found.size();
        }
        return (double) right / all;
    }

    /** 50, 10, 1 and 0.1 % of the points match, or all do. */
    @Test
    void recallUnderFilters() throws IOException {
        assertThat(recall(points, requests(Filter.ALL))).isGreaterThan(0.95);
        for (int bound : new int[] {500, 100, 10, 1}) {
            assertThat(recall(points, requests(below(bound))))
                    .as("below %d", bound)
                    .isGreaterThan(0.95);
        }
    }

    /** Where most points match the others are passed by on the graph, few are compared one by one; the counts are those of the filter. */
    @Test
    void plansByWhatMatches() throws IOException {
        assertExplains(Filter.ALL, Plan.GRAPH);
        assertExplains(below(900), Plan.FILTERED_GRAPH);
        assertExplains(below(10), Plan.FILTER_THEN_SCAN);
        assertExplains(below(0), Plan.FILTER_THEN_SCAN);
        Explanation exact =
                points.search(requests(below(500)).getFirst().withExact(true)).explanation();
        assertThat(exact.plan()).isEqualTo(Plan.FILTER_THEN_SCAN);
        assertThat(exact.compared()).isEqualTo(exact.matching());
    }

    private void assertExplains(Filter filter, Plan plan) throws IOException {
        Explanation explanation = points.search(requests(filter).getFirst()).explanation();
        assertThat(explanation.plan()).isEqualTo(plan);
        assertThat(explanation.matching()).isEqualTo(points.count(filter));
        assertThat(explanation.estimated()).isEqualTo(explanation.matching());
        assertThat(explanation.complete()).isTrue();
        assertThat(explanation.compared()).isLessThan(POINTS);
    }

    /** What no index knows may be all that the others leave. */
    @Test
    void estimatesWhatPayloadsDecide() throws IOException {
        Filter both = Filter.must(below(100), Condition.match("note", 1));
        Explanation explanation = points.search(requests(both).getFirst()).explanation();
        assertThat(explanation.matching()).isEqualTo(points.count(both));
        assertThat(explanation.estimated()).isEqualTo(points.count(below(100))).isGreaterThan(explanation.matching());
    }

    @Test
    void recallThatIsAskedForIsReached() throws IOException {
        long before = 0;
        for (double recall : new double[] {0.5, 0.9, 0.99}) {
            List<SearchRequest> requests = requests(Filter.ALL).stream()
                    .map(request -> request.withRecall(recall))
                    .toList();
            assertThat(recall(points, requests)).isGreaterThan(recall - 0.02);
            long compared = points.search(
                            SearchRequest.of(Query.of(centres[0]), K).withRecall(recall))
                    .explanation()
                    .compared();
            assertThat(compared).isGreaterThanOrEqualTo(before);
            before = compared;
        }
        Explanation all =
                points.search(requests(Filter.ALL).getFirst().withRecall(1.0)).explanation();
        assertThat(all.plan()).isEqualTo(Plan.SCAN);
    }

    @Test
    void whoHasNoTimeGetsWhatThereIs() throws IOException {
        SearchRequest request = requests(Filter.ALL).getFirst();
        assertThat(points.search(request.withTimeLimit(Duration.ofNanos(1)))
                        .explanation()
                        .complete())
                .isFalse();
        assertThat(points.search(request.withTimeLimit(Duration.ofMinutes(1)))
                        .explanation()
                        .complete())
                .isTrue();
    }

    /** Points that change, come and go are found as well as those that stay, while the graph takes them in and afterwards. */
    @Test
    void recallWhilePointsChange() throws IOException {
        Collection changing = database.create(
                "changing",
                CollectionSettings.of(Map.of(
                        "", VectorSettings.dense(DIMENSION, Metric.COSINE).withThreshold(1000))));
        for (long first = 0; first < 4000; first += BATCH) {
            changing.upsert(
                    LongStream.range(first, first + BATCH).mapToObj(this::point).toList());
            changing.upsert(LongStream.range(first / 2, first / 2 + 50)
                    .mapToObj(this::point)
                    .toList());
            changing.delete(PointSelector.of(LongStream.range(first, first + 20).toArray()));
            assertThat(recall(changing, requests(Filter.ALL).subList(0, 20))).isGreaterThan(0.9);
        }
        Waiting.forGraph(changing);
        assertThat(recall(changing, requests(Filter.ALL))).isGreaterThan(0.95);
        database.delete("changing");
    }
}
