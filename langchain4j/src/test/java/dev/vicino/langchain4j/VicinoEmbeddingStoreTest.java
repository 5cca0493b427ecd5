package dev.vicino.langchain4j;

import static dev.langchain4j.store.embedding.filter.MetadataFilterBuilder.metadataKey;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.langchain4j.store.embedding.filter.comparison.IsGreaterThan;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import dev.vicino.documents.DocumentSettings;
import dev.vicino.store.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is beyond the suites of the framework. */
final class VicinoEmbeddingStoreTest {
    private static final Embedding EAST = Embedding.from(new float[] {1, 0});
    private static final Embedding NORTH = Embedding.from(new float[] {0, 1});

    @TempDir
    Path folder;

    private static List<EmbeddingMatch<TextSegment>> search(
            VicinoEmbeddingStore store, Embedding query, @Nullable Filter filter) {
        return store.search(EmbeddingSearchRequest.builder()
                        .queryEmbedding(query)
                        .filter(filter)
                        .maxResults(10)
                        .build())
                .matches();
    }

    private static List<String> ids(List<EmbeddingMatch<TextSegment>> matches) {
        return matches.stream().map(EmbeddingMatch::embeddingId).toList();
    }

    @Test
    void segmentsAreThereAfterARestart() {
        Metadata metadata =
                new Metadata().put("page", 7).put("big", Long.MAX_VALUE).put("share", 0.1f);
        String id;
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(folder)) {
            id = store.add(EAST, TextSegment.from("east", metadata));
        }
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(folder)) {
            EmbeddingMatch<TextSegment> match = search(store, EAST, null).getFirst();
            assertThat(match.embeddingId()).isEqualTo(id);
            assertThat(match.embedding()).isEqualTo(EAST);
            assertThat(match.embedded().text()).isEqualTo("east");
            assertThat(match.embedded().metadata().getInteger("page")).isEqualTo(7);
            assertThat(match.embedded().metadata().getLong("big")).isEqualTo(Long.MAX_VALUE);
            assertThat(match.embedded().metadata().getFloat("share")).isEqualTo(0.1f);
        }
    }

    @Test
    void anyTextIsAnId() {
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
            String upper = UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT);
            List<String> ids = List.of("1", "chapter 1/ü", UUID.randomUUID().toString(), upper);
            ids.forEach(id -> store.add(id, EAST));
            assertThat(ids(search(store, EAST, null))).containsExactlyInAnyOrderElementsOf(ids);
            store.add("1", NORTH);
            assertThat(search(store, NORTH, null)).hasSize(4).first().satisfies(match -> {
                assertThat(match.embeddingId()).isEqualTo("1");
                assertThat(match.score()).isEqualTo(1);
            });
            store.removeAll(List.of("chapter 1/ü", upper, "nobody"));
            assertThat(ids(search(store, EAST, null))).containsExactlyInAnyOrder("1", ids.get(2));
            assertThatIllegalArgumentException().isThrownBy(() -> store.add(" ", EAST));
        }
    }

    @Test
    void anotherDimensionIsRefusedByName() {
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(folder)) {
            store.add(EAST);
        }
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(folder)) {
            Embedding other = Embedding.from(new float[] {1, 2, 3});
            String message = "vector of 3 values, expected 2 as all documents of the collection documents have them; "
                    + "vectors of another embedding model need another collection";
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.add(other))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> search(store, other, null))
                    .withMessage(message);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.addAll(List.of(EAST, other)))
                    .withMessageEndingWith("has a vector of 3 values, expected 2 as the first one has them");
            assertThat(search(store, EAST, null)).hasSize(1);
        }
    }

    @Test
    void storesShareADatabase() throws IOException {
        try (Database database = Database.open(folder)) {
            VicinoEmbeddingStore one =
                    VicinoEmbeddingStore.in(database, DocumentSettings.DEFAULT.withCollection("one"));
            VicinoEmbeddingStore two =
                    VicinoEmbeddingStore.in(database, DocumentSettings.DEFAULT.withCollection("two"));
            one.add(EAST);
            two.add(Embedding.from(new float[] {1, 2, 3}));
            assertThat(search(one, EAST, null)).hasSize(1);
            one.close();
            assertThat(search(two, Embedding.from(new float[] {1, 0, 0}), null)).hasSize(1);
        }
    }

    @Test
    void aValueOfAnotherSortIsNoMatch() {
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
            store.add(EAST, TextSegment.from("a number", new Metadata().put("key", 1)));
            store.add(EAST, TextSegment.from("a text", new Metadata().put("key", "1")));
            assertThat(search(store, EAST, metadataKey("key").isEqualTo("1"))).hasSize(1);
            assertThat(search(store, EAST, metadataKey("key").isNotEqualTo("1")))
                    .hasSize(1);
            assertThat(search(store, EAST, metadataKey("key").isEqualTo(1.0))).hasSize(1);
            assertThat(search(store, EAST, metadataKey("key").isGreaterThan(0L)))
                    .hasSize(1);
            assertThat(search(store, EAST, metadataKey("other.key").isNotIn(1))).hasSize(2);
        }
    }

    @Test
    void wholeNumbersBeyondDoublesAreToldApart() {
        long big = (1L << 53) + 1;
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
            store.add(EAST, TextSegment.from("that", new Metadata().put("n", big)));
            store.add(EAST, TextSegment.from("the one before", new Metadata().put("n", big - 1)));
            assertThat(search(store, EAST, metadataKey("n").isEqualTo(big))).hasSize(1);
            assertThat(search(store, EAST, metadataKey("n").isIn(big, big - 1))).hasSize(2);
        }
    }

    @Test
    void whatCannotBeReadIsSaid() {
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
            assertThatThrownBy(() -> search(store, EAST, object -> true))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageStartingWith("filter of class ");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> search(store, EAST, new IsGreaterThan("key", Double.NaN)))
                    .withMessage("metadata \"key\" = NaN, expected a finite number");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.add(
                            EAST, TextSegment.from("text", new Metadata().put("key", Double.POSITIVE_INFINITY))))
                    .withMessage("metadata \"key\" = Infinity, expected a finite number");
        }
    }

    @Test
    void filesOfTheInMemoryStoreAreImported() throws IOException {
        InMemoryEmbeddingStore<TextSegment> old = new InMemoryEmbeddingStore<>();
        UUID uuid = UUID.randomUUID();
        old.add(
                "east",
                EAST,
                TextSegment.from("to the east", new Metadata().put("km", 1.5).put("uuid", uuid)));
        old.add("north", NORTH);
        Path file = folder.resolve("old.json");
        old.serializeToFile(file);
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
            assertThat(store.importInMemoryStore(file)).isEqualTo(2);
            List<EmbeddingMatch<TextSegment>> matches = search(store, EAST, null);
            assertThat(ids(matches)).containsExactly("east", "north");
            assertThat(matches.getFirst().embedded().text()).isEqualTo("to the east");
            assertThat(matches.getFirst().embedded().metadata().getDouble("km")).isEqualTo(1.5);
            assertThat(matches.getFirst().embedded().metadata().getUUID("uuid")).isEqualTo(uuid);
            assertThat(matches.getLast().embedded()).isNull();
        }
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        Path file = folder.resolve("old.json");
        try (VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory()) {
            for (String text :
                    List.of("", "[]", "{\"entries\":[", "{\"entries\":[{\"id\":\"a\"}]}", "{\"entries\":[7]}")) {
                Files.writeString(file, text);
                assertThatThrownBy(() -> store.importInMemoryStore(file))
                        .as(text)
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining(file + ": document 0: ");
            }
            assertThat(store.documents().size()).isZero();
        }
    }
}
