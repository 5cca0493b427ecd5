package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.advise.GuardOptions;
import dev.vicino.advise.RecallWatch;
import dev.vicino.advise.Selectivity;
import dev.vicino.advise.Watched;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What searches find of the truth, as a collection sees it while it serves. */
@ExtendWith(Seeds.class)
final class LiveRecallTest {
    private static final int D = 24;
    private static final int POINTS = 8000;
    private static final int K = 10;
    private static final double FLOOR = 0.9;
    private static final GuardOptions ALL =
            GuardOptions.keeping(FLOOR).withShare(1).withCpu(1).withWindow(300, 100);

    private final Random random = Seeds.random();
    private Database database;
    private Collection points;

    @BeforeEach
    void fill() throws Exception {
        database = Database.inMemory();
        VectorSettings vectors = VectorSettings.dense(D, Metric.L2)
                .withSpec(IndexSpec.parse("HNSW8(efConstruction=40,efSearch=12)"))
                .withThreshold(POINTS);
        points = database.create("points", CollectionSettings.of(Map.of(Point.UNNAMED, vectors)));
        List<Point> some = new ArrayList<>();
        for (int i = 0; i < POINTS; i++) {
            some.add(Point.of(i, Seeds.reals(random, D))
                    .withPayload(JsonNodeFactory.instance.objectNode().put("even", i % 2 == 0)));
        }
        points.upsert(some);
        while (points.status().vectors().get(Point.UNNAMED).indexed() < POINTS) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    private SearchRequest anywhere() {
        return SearchRequest.of(Query.of(Seeds.reals(random, D)), K);
    }

    private double recall(SearchRequest request) throws IOException {
        var truth = points.search(request.withExact(true)).points();
        var found = points.search(request).points();
        return (double) found.stream()
                        .filter(point ->
                                truth.stream().anyMatch(each -> each.id().equals(point.id())))
                        .count()
                / K;
    }

    private double meanRecall() throws IOException {
        double sum = 0;
        for (int i = 0; i < 300; i++) {
            sum += recall(anywhere());
        }
        return sum / 300;
    }

    @Test
    void theFloorIsReachedWhileItServes() throws IOException {
        assertThat(meanRecall()).as("unwatched").isLessThan(FLOOR);
        RecallWatch watch = points.watchRecall(Point.UNNAMED, ALL);
        double reached = 0;
        for (int i = 0; i < 60 && reached < FLOOR; i++) {
            reached = meanRecall();
        }
        assertThat(reached).isGreaterThanOrEqualTo(FLOOR);
        assertThat(watch.effort(Selectivity.ALL)).isGreaterThan(12);
        assertThat(watch.changes()).isNotEmpty();
    }

    @Test
    void whatItTellsIsWhatOneCounts() throws Exception {
        RecallWatch watch = points.watchRecall(
                Point.UNNAMED, GuardOptions.keeping(0.01).withShare(1).withCpu(1));
        double counted = meanRecall();
        while (watch.watched().isEmpty() || watch.watched().getFirst().recall().queries() < 100) {
            points.search(anywhere());
            Thread.sleep(1);
        }
        Watched watched = watch.watched().getFirst();
        assertThat(watched.plan()).isEqualTo("graph");
        assertThat(watched.selectivity()).isEqualTo(Selectivity.ALL);
        assertThat(watched.recall().mean()).isBetween(counted - 0.06, counted + 0.06);
    }

    @Test
    void filteredSearchesAreWatchedByThemselves() throws Exception {
        RecallWatch watch = points.watchRecall(Point.UNNAMED, ALL);
        Filter even = Filter.must(Condition.match("even", true));
        while (watch.watched().isEmpty()) {
            points.search(anywhere().withFilter(even));
            Thread.sleep(1);
        }
        assertThat(watch.watched()).singleElement().satisfies(watched -> {
            assertThat(watched.plan()).isEqualTo("filtered_graph");
            assertThat(watched.selectivity()).isEqualTo(Selectivity.MANY);
        });
    }

    @Test
    void exactSearchesAndEffortsOfTheirOwnAreLeftAlone() throws Exception {
        RecallWatch watch = points.watchRecall(Point.UNNAMED, ALL);
        for (int i = 0; i < 200; i++) {
            points.search(anywhere().withExact(true));
            points.search(anywhere().withEffort(20));
        }
        Thread.sleep(50);
        assertThat(watch.watched()).isEmpty();
    }

    @Test
    void onlyDenseVectorsAreWatched() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> points.watchRecall("text", ALL))
                .withMessage("using = \"text\", expected the name of dense vectors");
    }
}
