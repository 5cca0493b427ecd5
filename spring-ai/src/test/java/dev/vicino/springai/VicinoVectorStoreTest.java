package dev.vicino.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.documents.DocumentSettings;
import dev.vicino.documents.DocumentStore;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;
import org.springframework.ai.vectorstore.filter.FilterExpressionBuilder;
import org.springframework.ai.vectorstore.observation.DefaultVectorStoreObservationConvention;

/** What suites of other stores ask, and what is beyond them. */
final class VicinoVectorStoreTest {
    private static final String WORLD = "The World is Big and Salvation Lurks Around the Corner";

    private final TestObservationRegistry observations = TestObservationRegistry.create();

    @TempDir
    Path folder;

    private VicinoVectorStore store;

    @BeforeEach
    void open() {
        store = VicinoVectorStore.builder(DocumentStore.open(folder, DocumentSettings.DEFAULT), LocalModel.MINI_LM)
                .observationRegistry(observations)
                .build();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private List<Document> search(String query, String filter) {
        return store.similaritySearch(SearchRequest.builder()
                .query(query)
                .topK(10)
                .filterExpression(filter)
                .build());
    }

    private List<String> found(String filter) {
        return search(WORLD, filter).stream().map(Document::getId).sorted().toList();
    }

    private void addCountries() {
        store.add(List.of(
                new Document("bg2020", WORLD, Map.of("country", "BG", "year", 2020, "active", true)),
                new Document("nl", WORLD, Map.of("country", "NL", "tags", List.of("sea", "flat"))),
                new Document("bg2023", WORLD, Map.of("country", "BG", "year", 2023, "foo bar 1", "bar.foo"))));
    }

    @Test
    void filtersMeanWhatTheySay() {
        addCountries();
        assertThat(found("country == 'NL'")).containsExactly("nl");
        assertThat(found("country == 'BG'")).containsExactly("bg2020", "bg2023");
        assertThat(found("country != 'BG'")).containsExactly("nl");
        assertThat(found("country == 'BG' && year == 2020")).containsExactly("bg2020");
        assertThat(found("country in ['BG'] && year >= 2021")).containsExactly("bg2023");
        assertThat(found("country in ['BG','NL'] && year != 2023")).containsExactly("bg2020", "nl");
        assertThat(found("NOT(country == 'BG' && year == 2020)")).containsExactly("bg2023", "nl");
        assertThat(found("year > 2020 || country == 'NL'")).containsExactly("bg2023", "nl");
        assertThat(found("(year < 2021 && country == 'BG') || tags == 'sea'")).containsExactly("bg2020", "nl");
        assertThat(found("year nin [2020, 2021]")).containsExactly("bg2023", "nl");
        assertThat(found("year in [2020.0]")).containsExactly("bg2020");
        assertThat(found("year <= 2023")).containsExactly("bg2020", "bg2023");
        assertThat(found("year == '2020'")).isEmpty();
        assertThat(found("country > 'C'")).containsExactly("nl");
        assertThat(found("active == true")).containsExactly("bg2020");
        assertThat(found("year is null")).containsExactly("nl");
        assertThat(found("year is not null")).containsExactly("bg2020", "bg2023");
        assertThat(found("\"foo bar 1\" == 'bar.foo'")).containsExactly("bg2023");
    }

    @Test
    void datesAreCompared() {
        Instant then = Instant.parse("2026-02-01T10:00:00Z");
        store.add(List.of(
                new Document("before", WORLD, Map.of("at", Date.from(then.minusSeconds(1)))),
                new Document("then", WORLD, Map.of("at", then.toString()))));
        FilterExpressionBuilder filter = new FilterExpressionBuilder();
        assertThat(store.similaritySearch(SearchRequest.builder()
                        .query(WORLD)
                        .filterExpression(filter.gte("at", Date.from(then)).build())
                        .build()))
                .singleElement()
                .satisfies(document -> assertThat(document.getId()).isEqualTo("then"));
        assertThat(store.similaritySearch(SearchRequest.builder()
                        .query(WORLD)
                        .filterExpression(
                                filter.eq("at", Date.from(then.minusSeconds(1))).build())
                        .build()))
                .singleElement()
                .satisfies(document -> assertThat(document.getId()).isEqualTo("before"));
    }

    @Test
    void theThresholdCuts() {
        store.add(List.of(
                new Document("Spring is a framework for Java"),
                new Document("A depression is a mental state of low mood"),
                new Document("Great Danes are large dogs")));
        List<Document> all = search("low mood", null);
        assertThat(all).hasSize(3).isSortedAccordingTo((a, b) -> Double.compare(b.getScore(), a.getScore()));
        double between = (all.get(0).getScore() + all.get(1).getScore()) / 2;
        List<Document> near = store.similaritySearch(SearchRequest.builder()
                .query("low mood")
                .similarityThreshold(between)
                .build());
        assertThat(near).singleElement().satisfies(document -> {
            assertThat(document.getText()).startsWith("A depression");
            assertThat(document.getScore()).isGreaterThan(between);
            assertThat((double) document.getMetadata().get("distance") + document.getScore())
                    .isEqualTo(1);
        });
    }

    @Test
    void anotherDocumentOfTheIdTakesThePlace() {
        String id = UUID.randomUUID().toString();
        store.add(List.of(new Document(id, "Spring AI rocks!!", Map.of("meta1", "one"))));
        store.add(List.of(new Document(id, "The World is Big", Map.of("meta2", "two"))));
        assertThat(search("Spring", null)).singleElement().satisfies(document -> {
            assertThat(document.getId()).isEqualTo(id);
            assertThat(document.getText()).isEqualTo("The World is Big");
            assertThat(document.getMetadata()).containsOnlyKeys("meta2", "distance");
        });
        store.delete(List.of(id));
        assertThat(search("Spring", null)).isEmpty();
    }

    @Test
    void metadataComeBackAsTheyWent() {
        UUID uuid = UUID.randomUUID();
        Map<String, Object> metadata = Map.of(
                "text",
                "a",
                "int",
                7,
                "long",
                Long.MAX_VALUE,
                "double",
                0.1,
                "float",
                0.1f,
                "bool",
                false,
                "uuid",
                uuid,
                "list",
                List.of(1, "two"),
                "map",
                Map.of("inner", List.of(true)));
        store.add(List.of(new Document(WORLD, metadata)));
        assertThat(search(WORLD, null).getFirst().getMetadata())
                .containsEntry("text", "a")
                .containsEntry("int", 7)
                .containsEntry("long", Long.MAX_VALUE)
                .containsEntry("double", 0.1)
                .containsEntry("float", 0.1)
                .containsEntry("bool", false)
                .containsEntry("uuid", uuid.toString())
                .containsEntry("list", List.of(1, "two"))
                .containsEntry("map", Map.of("inner", List.of(true)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.add(List.of(new Document(WORLD, Map.of("key", new Object())))))
                .withMessageStartingWith("metadata \"key\" = java.lang.Object@");
    }

    @Test
    void documentsAreThereAfterARestart() {
        addCountries();
        store.close();
        open();
        assertThat(found("country == 'BG'")).containsExactly("bg2020", "bg2023");
    }

    @Test
    void manyDocumentsAreEmbeddedInBatches() {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            many.add(new Document("id " + i, "text number " + i, Map.of("n", i)));
        }
        store.add(many);
        assertThat(store.documents().size()).isEqualTo(300);
        assertThat(search("text number 123", null).getFirst().getId()).isEqualTo("id 123");
        store.delete("n >= 100");
        assertThat(store.documents().size()).isEqualTo(100);
    }

    @Test
    void everyCallIsObserved() {
        addCountries();
        search(WORLD, null);
        store.delete(List.of("nl"));
        for (String operation : List.of("add", "query", "delete")) {
            TestObservationRegistryAssert.assertThat(observations)
                    .doesNotHaveAnyRemainingCurrentObservation()
                    .hasAnObservation(observation -> observation
                            .hasNameEqualTo(DefaultVectorStoreObservationConvention.DEFAULT_NAME)
                            .hasContextualNameEqualTo("vicino " + operation)
                            .hasLowCardinalityKeyValue("db.system", "vicino")
                            .hasLowCardinalityKeyValue("db.operation.name", operation)
                            .hasHighCardinalityKeyValue("db.collection.name", "documents")
                            .hasHighCardinalityKeyValue("db.vector.dimension_count", "384"));
        }
    }

    @Test
    void aModelOfAnotherDimensionIsRefusedAtTheStart() {
        addCountries();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> VicinoVectorStore.builder(store.documents(), new FourValues())
                        .build())
                .withMessage("vector of 4 values, expected 384 as all documents of the collection documents have them; "
                        + "vectors of another embedding model need another collection");
    }

    @Test
    void filesOfTheSimpleStoreAreImported() throws IOException {
        SimpleVectorStore simple = SimpleVectorStore.builder(LocalModel.MINI_LM).build();
        simple.add(List.of(
                new Document("1", "Rome is in Italy", Map.of("country", "IT", "people", 2.8)),
                new Document("2", "Bern is in Switzerland", Map.of("country", "CH"))));
        Path file = folder.resolve("simple.json");
        simple.save(file.toFile());
        assertThat(store.importSimpleVectorStore(file)).isEqualTo(2);
        assertThat(search("Italy", null).stream().map(Document::getText).toList())
                .isEqualTo(simple.similaritySearch("Italy").stream()
                        .map(Document::getText)
                        .toList());
        assertThat(search("Italy", "country == 'IT' && people > 2"))
                .singleElement()
                .satisfies(document -> assertThat(document.getId()).isEqualTo("1"));
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        Path file = folder.resolve("simple.json");
        for (String text : List.of(
                "",
                "7",
                "{\"a\":",
                "{\"a\":{\"id\":\"a\"}}",
                "{\"a\":{\"id\":\"a\",\"embedding\":7}}",
                "{\"a\":{\"id\":\"a\",\"embedding\":[]}}",
                "{\"a\":{\"id\":\"a\",\"embedding\":[\"x\"]}}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> store.importSimpleVectorStore(file))
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(file + ": document 0: ");
        }
    }

    @Test
    void whatIsUnderneathIsToBeHad() {
        assertThat(store.<DocumentStore>getNativeClient()).contains(store.documents());
    }
}
