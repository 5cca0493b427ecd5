package dev.vicino.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import dev.vicino.store.filter.Condition;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.filter.JsonPath;
import dev.vicino.store.filter.Scalar;
import dev.vicino.store.payload.Facets;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.search.Explanation.Plan;
import dev.vicino.store.search.Fusion;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.Scroll;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.Limits;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.write.Operation;
import dev.vicino.store.write.PointSelector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each operation and each question means, on a few points that one can see through. */
final class CollectionTest {
    @TempDir
    Path folder;

    private Database database;
    private Collection places;

    private static ObjectNode payload(String city, int size) {
        return JsonNodeFactory.instance.objectNode().put("city", city).put("size", size);
    }

    @BeforeEach
    void open() throws IOException {
        database = Database.open(folder);
        places = database.create("places", CollectionSettings.of(2, Metric.DOT));
        places.upsert(List.of(
                Point.of(1, 1, 0).withPayload(payload("Rome", 3)),
                Point.of(2, 0, 1).withPayload(payload("Pisa", 1)),
                Point.of(3, 1, 1).withPayload(payload("Rome", 2))));
    }

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    private void reopen() throws IOException {
        database.close();
        database = Database.open(folder);
        places = database.collection("places");
    }

    private static List<String> ids(List<ScoredPoint> points) {
        return points.stream().map(point -> point.id().toString()).toList();
    }

    private List<String> nearest(SearchRequest request) throws IOException {
        return ids(places.search(request).points());
    }

    private StoredPoint get(long id) throws IOException {
        return places.get(List.of(PointId.of(id)), Part.PAYLOAD.withVectors("")).getFirst();
    }

    @Test
    void findsReadsAndForgets() throws IOException {
        assertThat(places.size()).isEqualTo(3);
        assertThat(nearest(SearchRequest.of(Query.of(2, 1), 2))).containsExactly("3", "1");
        assertThat(places.get(List.of(PointId.of(2), PointId.of(9)), Part.PAYLOAD))
                .containsExactly(new StoredPoint(PointId.of(2), 1, payload("Pisa", 1), Map.of()));
        places.delete(PointSelector.of(3, 9));
        assertThat(places.exists(PointId.of(3))).isFalse();
        assertThat(nearest(SearchRequest.of(Query.of(2, 1), 2))).containsExactly("1", "2");
        reopen();
        assertThat(places.size()).isEqualTo(2);
        assertThat(nearest(SearchRequest.of(Query.of(2, 1), 5))).containsExactly("1", "2");
        assertThat(get(1).payload()).isEqualTo(payload("Rome", 3));
        assertThat(get(1).vectors()).isEqualTo(Map.of("", VectorValue.of(1, 0)));
    }

    @Test
    void anUpsertTakesThePlaceOfAllThatWasThere() throws IOException {
        places.upsert(List.of(new Point(PointId.of(1), Map.of(), JsonNodeFactory.instance.objectNode())));
        assertThat(get(1).payload()).isEmpty();
        assertThat(get(1).vectors()).isEmpty();
        assertThat(nearest(SearchRequest.of(Query.of(1, 0), 5))).containsExactly("3", "2");
    }

    @Test
    void upsertsOnConditions() throws IOException {
        Point other = Point.of(1, 0, 9).withPayload(payload("Bari", 9));
        places.write(new Operation.Upsert(List.of(other), Operation.Mode.INSERT_ONLY, null));
        assertThat(get(1).payload()).isEqualTo(payload("Rome", 3));
        places.write(new Operation.Upsert(
                List.of(other), Operation.Mode.UPSERT, Filter.must(Condition.match("city", "Pisa"))));
        assertThat(get(1).payload()).isEqualTo(payload("Rome", 3));
        places.write(new Operation.Upsert(
                List.of(other, Point.of(7, 1, 1)),
                Operation.Mode.UPDATE_ONLY,
                Filter.must(Condition.match("size", 3))));
        assertThat(get(1).payload()).isEqualTo(payload("Bari", 9));
        assertThat(places.exists(PointId.of(7))).isFalse();
    }

    @Test
    void editsPayloads() throws IOException {
        PointSelector rome = PointSelector.of(Filter.must(Condition.match("city", "Rome")));
        places.write(
                new Operation.SetPayload(
                        rome, JsonNodeFactory.instance.objectNode().put("old", true)),
                new Operation.SetPayload(
                        PointSelector.of(3),
                        JsonNodeFactory.instance.objectNode().put("x", 1),
                        JsonPath.parse("a.b")),
                new Operation.DeletePayload(PointSelector.of(1), List.of(JsonPath.parse("size"))));
        assertThat(get(1).payload().toString()).isEqualTo("{\"city\":\"Rome\",\"old\":true}");
        assertThat(get(3).payload().toString())
                .isEqualTo("{\"city\":\"Rome\",\"size\":2,\"old\":true,\"a\":{\"b\":{\"x\":1}}}");
        places.write(
                new Operation.OverwritePayload(PointSelector.of(2), payload("Bari", 5)),
                new Operation.ClearPayload(PointSelector.of(1)));
        assertThat(get(2).payload()).isEqualTo(payload("Bari", 5));
        assertThat(get(1).payload()).isEmpty();
        assertThat(places.count(Filter.must(Condition.match("city", "Rome")))).isEqualTo(1);
    }

    /** A filter in a batch sees what the operations before it did. */
    @Test
    void operationsOfABatchSeeEachOther() throws IOException {
        places.write(
                new Operation.Upsert(List.of(Point.of(4, 5, 5).withPayload(payload("Bari", 1)))),
                new Operation.SetPayload(
                        PointSelector.of(Filter.must(Condition.match("city", "Bari"))), payload("Lodi", 1)),
                new Operation.Delete(PointSelector.of(Filter.must(Condition.match("city", "Rome")))));
        assertThat(get(4).payload()).isEqualTo(payload("Lodi", 1));
        assertThat(nearest(SearchRequest.of(Query.of(1, 1), 9))).containsExactly("4", "2");
    }

    /** Vectors outside the graph are compared as they came, so those in it have to be. */
    @Test
    void aGraphThatDoesNotKeepVectorsIsRefused() {
        VectorSettings.Dense dense = VectorSettings.dense(2, Metric.L2);
        for (String spec : List.of("HNSW16,RaBitQ2,Refine(SQ8)", "HNSW16,SQ8,Refine(FP16)", "L2norm,HNSW16")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> dense.withSpec(IndexSpec.parse(spec)))
                    .withMessageStartingWith("spec = " + spec + ", expected one that keeps vectors as they are");
        }
    }

    /** What is refused leaves nothing behind, and what came before it in the batch neither. */
    @Test
    void aBatchIsDoneAsAWholeOrNotAtAll() throws IOException {
        places.setLimits(Limits.DEFAULT.withPoints(4).withPayloadBytes(40));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> places.write(
                        new Operation.Delete(PointSelector.of(1)),
                        new Operation.Upsert(List.of(Point.of(5, 1, 1), Point.of(6, 1, 1), Point.of(7, 1, 1)))))
                .withMessageContaining("5 points, expected at most 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> places.upsert(List.of(Point.of(9, 1, 1).withPayload(payload("x".repeat(40), 1)))))
                .withMessageContaining("expected at most 40");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> places.upsert(List.of(Point.of(9, 1, 1, 1))))
                .withMessageContaining("3 values");
        assertThat(places.size()).isEqualTo(3);
        assertThat(nearest(SearchRequest.of(Query.of(1, 0), 9))).containsExactly("1", "3", "2");
        places.upsert(List.of(Point.of(5, 9, 9)));
        assertThat(nearest(SearchRequest.of(Query.of(1, 0), 1))).containsExactly("5");
        reopen();
        assertThat(places.size()).isEqualTo(4);
    }

    @Test
    void scrollsCountsAndFacets() throws IOException {
        UUID uuid = new UUID(-1, 5);
        places.upsert(List.of(
                Point.of(-1L, 0, 0).withPayload(payload("Bari", 7)),
                Point.of(PointId.of(uuid), 0, 0).withPayload(payload("Bari", 0))));
        Scroll.Page page = places.scroll(null, 3, Filter.ALL, Part.NONE);
        assertThat(page.points()).extracting(point -> point.id().toString()).containsExactly("1", "2", "3");
        assertThat(page.next()).isEqualTo(PointId.of(-1L));
        page = places.scroll(page.next(), 3, Filter.ALL, Part.NONE);
        assertThat(page.points())
                .extracting(point -> point.id().toString())
                .containsExactly("18446744073709551615", uuid.toString());
        assertThat(page.next()).isNull();
        assertThat(places.scrollBy(JsonPath.parse("size"), true, 3.0, 2, Filter.ALL, Part.NONE))
                .extracting(point -> point.id().toString())
                .containsExactly("1", "3");
        List<Facets.Hit> facets = places.facets(JsonPath.parse("city"), Filter.ALL, 2);
        assertThat(facets).containsExactly(new Facets.Hit(Scalar.of("Bari"), 2), new Facets.Hit(Scalar.of("Rome"), 2));
        places.createPayloadIndex("city", IndexKind.KEYWORD);
        while (places.status().building()) {
            Thread.onSpinWait();
        }
        assertThat(places.status().payloadIndexes()).containsExactly("city");
        assertThat(places.facets(JsonPath.parse("city"), Filter.ALL, 2)).isEqualTo(facets);
        assertThat(places.count(Filter.must(Condition.match("city", "Bari")))).isEqualTo(2);
    }

    @Test
    void searchesByThresholdOffsetPartAndExample() throws IOException {
        SearchRequest request = SearchRequest.of(Query.of(2, 1), 5);
        assertThat(nearest(request.withThreshold(2f))).containsExactly("3", "1");
        assertThat(nearest(request.withOffset(1).withLimit(1))).containsExactly("1");
        assertThat(nearest(request.withFilter(Filter.mustNot(Condition.match("city", "Rome")))))
                .containsExactly("2");
        ScoredPoint best = places.search(request.withPart(new Part(true, Set.of("city"), Set.of(), Set.of(""))))
                .points()
                .getFirst();
        assertThat(best.payload().toString()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(best.vectors()).isEqualTo(Map.of("", VectorValue.of(1, 1)));
        assertThat(nearest(SearchRequest.of(new Query.NearestTo(PointId.of(1)), 5)))
                .containsExactly("3", "2");
        assertThat(nearest(SearchRequest.of(new Query.Recommend(List.of(PointId.of(3)), List.of(PointId.of(2))), 5)))
                .containsExactly("1");
        assertThat(places.search(request).explanation().plan()).isEqualTo(Plan.SCAN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> places.search(SearchRequest.of(Query.of(1, 2, 3), 5)))
                .withMessageContaining("3 dense values");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> places.search(SearchRequest.of(new Query.NearestTo(PointId.of(77)), 5)))
                .withMessageContaining("point 77");
    }

    @Test
    void groupsAndFuses() throws IOException {
        SearchRequest east = SearchRequest.of(Query.of(1, 0), 2);
        SearchRequest north = SearchRequest.of(Query.of(0, 1), 2);
        var groups = places.searchGroups(east, JsonPath.parse("city"), 1);
        assertThat(groups).extracting(group -> group.value()).containsExactly(Scalar.of("Rome"), Scalar.of("Pisa"));
        assertThat(groups).allMatch(group -> group.points().size() == 1);
        assertThat(ids(places.fuse(List.of(east, north), Fusion.RRF, 5, Part.NONE)))
                .containsExactly("3", "1", "2");
        assertThat(ids(places.fuse(List.of(east, north), Fusion.DBSF, 1, Part.PAYLOAD)))
                .hasSize(1);
        assertThat(ids(places.rescore(List.of(east), SearchRequest.of(Query.of(0, 1), 5))
                        .points()))
                .containsExactly("3", "1");
    }

    @Test
    void keepsNamedAndSparseVectors() throws IOException {
        Collection mixed = database.create(
                "mixed",
                CollectionSettings.of(
                        Map.of("text", VectorSettings.dense(2, Metric.L2), "words", new VectorSettings.Sparse())));
        VectorValue sparse = new VectorValue.Sparse(new int[] {3, 7}, new float[] {1, 2});
        VectorValue other = new VectorValue.Sparse(new int[] {7}, new float[] {5});
        ObjectNode none = JsonNodeFactory.instance.objectNode();
        mixed.upsert(List.of(
                new Point(PointId.of(1), Map.of("text", VectorValue.of(0, 0), "words", sparse), none),
                new Point(PointId.of(2), Map.of("words", other), none)));
        SearchRequest request = SearchRequest.of(new Query.Nearest(sparse), 5).using("words");
        assertThat(mixed.search(request).points())
                .extracting(ScoredPoint::score)
                .containsExactly(10f, 5f);
        mixed.write(
                new Operation.UpdateVectors(Map.of(PointId.of(2), Map.of("text", VectorValue.of(3, 4)))),
                new Operation.DeleteVectors(PointSelector.of(1), Set.of("words")));
        assertThat(ids(mixed.search(request).points())).containsExactly("2");
        assertThat(mixed.search(SearchRequest.of(Query.of(0, 0), 5).using("text"))
                        .points())
                .extracting(ScoredPoint::score)
                .containsExactly(0f, 5f);
        assertThat(mixed.count(Filter.must(new Condition.HasVector("words")))).isEqualTo(1);
        reopen();
        mixed = database.collection("mixed");
        assertThat(ids(mixed.search(request).points())).containsExactly("2");
        mixed.verify();
    }

    @Test
    void isInMemoryWhereThereIsNoFolder() throws IOException {
        try (Database memory = Database.inMemory()) {
            Collection points = memory.create("points", CollectionSettings.of(2, Metric.COSINE));
            points.upsert(List.of(Point.of(1, 1, 0), Point.of(2, 0, 1)));
            assertThat(ids(points.search(SearchRequest.of(Query.of(1, 9), 1)).points()))
                    .containsExactly("2");
            assertThat(points.get(List.of(PointId.of(1)), Part.NONE)).hasSize(1);
            points.verify();
        }
    }
}
