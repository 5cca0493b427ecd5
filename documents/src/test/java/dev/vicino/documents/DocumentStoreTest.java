package dev.vicino.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vicino.Metric;
import dev.vicino.store.Database;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.IndexKind;
import dev.vicino.store.settings.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds whatever the framework. */
final class DocumentStoreTest {
    private static final float[] EAST = {1, 0};

    @TempDir
    Path folder;

    private static Document document(String id) {
        return new Document(id, "text", Map.of(), EAST);
    }

    private static List<String> ids(DocumentStore store) {
        return store.search(EAST, 100, -1, Filter.ALL, false).stream()
                .map(found -> found.document().id())
                .toList();
    }

    @Test
    void anEmptyStoreAnswersAndForgets() {
        try (DocumentStore store = DocumentStore.inMemory(DocumentSettings.DEFAULT)) {
            assertThat(ids(store)).isEmpty();
            store.add(List.of());
            store.delete(List.of("nobody"));
            store.delete(Filter.ALL);
            assertThat(store.size()).isZero();
            assertThat(store.collection()).isEmpty();
        }
    }

    @Test
    void whatIsMoreThanOneWriteTakesIsAddedAndDeletedToo() {
        List<Document> many = new ArrayList<>();
        for (int i = 0; i < Limits.DEFAULT.batchPoints() + 5; i++) {
            many.add(document("id " + i));
        }
        try (DocumentStore store = DocumentStore.inMemory(DocumentSettings.DEFAULT)) {
            store.add(many);
            assertThat(store.size()).isEqualTo(many.size());
            store.delete(many.stream().map(Document::id).toList());
            assertThat(store.size()).isZero();
        }
    }

    @Test
    void manyThreadsMakeOneCollection() throws Exception {
        try (DocumentStore store = DocumentStore.inMemory(DocumentSettings.DEFAULT);
                ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> added = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                Document document = document(UUID.randomUUID().toString());
                added.add(threads.submit(() -> store.add(List.of(document))));
            }
            for (Future<?> each : added) {
                each.get();
            }
            assertThat(store.size()).isEqualTo(64);
        }
    }

    @Test
    void aFolderIsOpenOnce() {
        try (DocumentStore store = DocumentStore.open(folder, DocumentSettings.DEFAULT)) {
            store.add(List.of(document("a")));
            assertThatThrownBy(() -> DocumentStore.open(folder, DocumentSettings.DEFAULT))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("open already");
            assertThat(ids(store)).containsExactly("a");
        }
    }

    @Test
    void aCollectionOfSomethingElseIsRefused() throws IOException {
        try (Database database = Database.open(folder)) {
            database.create("documents", CollectionSettings.of(2, Metric.L2));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> DocumentStore.in(database, DocumentSettings.DEFAULT))
                    .withMessageStartingWith("collection documents has vectors ")
                    .withMessageEndingWith("expected one unnamed dense vector under cosine");
        }
    }

    @Test
    void filtersOnIndexedKeysFindTheSame() {
        Filter even = MetadataConditions.filter(MetadataConditions.equal("even", true));
        Filter some = MetadataConditions.filter(MetadataConditions.in("n", List.of(1, 2.0, 3L)));
        Map<String, IndexKind> indexes = Map.of("even", IndexKind.BOOL, "n", IndexKind.INTEGER);
        try (DocumentStore plain = DocumentStore.inMemory(DocumentSettings.DEFAULT);
                DocumentStore indexed = DocumentStore.inMemory(DocumentSettings.DEFAULT.withIndexes(indexes))) {
            for (DocumentStore store : List.of(plain, indexed)) {
                for (int i = 0; i < 20; i++) {
                    store.add(List.of(new Document("id " + i, "text", Map.of("n", i, "even", i % 2 == 0), EAST)));
                }
                assertThat(store.search(EAST, 100, -1, even, false)).hasSize(10);
                assertThat(store.search(EAST, 100, -1, some, false)).hasSize(3);
            }
            assertThat(indexed.collection().orElseThrow().settings().payloadIndexes())
                    .isEqualTo(Map.of("metadata.\"even\"", IndexKind.BOOL, "metadata.\"n\"", IndexKind.INTEGER));
        }
    }

    @Test
    void aKeyThatCannotBeAskedForIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetadataConditions.equal("a\"b", 1))
                .withMessageContaining("a\"b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MetadataConditions.compare("a", MetadataConditions.Comparison.LESS, true))
                .withMessageStartingWith("filter on \"a\" = true (java.lang.Boolean), expected a text");
    }

    @Test
    void idsAreTheSameInEveryRelease() {
        assertThat(DocumentIds.point("a")).hasToString("ca978112-ca1b-8dca-bac2-31b39a23dc4d");
        assertThat(DocumentIds.point("0000002a-0000-0000-0000-000000000000"))
                .hasToString("0000002a-0000-0000-0000-000000000000");
        assertThat(DocumentIds.isUuid("2a-0-0-0-0")).isFalse();
        assertThat(DocumentIds.isUuid("0000002A-0000-0000-0000-000000000000")).isFalse();
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentSettings.DEFAULT.withRecallFloor(0))
                .withMessage("recallFloor = 0.0, expected above 0 and at most 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentSettings.DEFAULT.withRecallShare(Double.NaN))
                .withMessage("recallShare = NaN, expected above 0 and at most 1");
    }
}
