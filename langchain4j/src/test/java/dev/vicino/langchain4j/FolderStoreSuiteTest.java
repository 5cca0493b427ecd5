package dev.vicino.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithFilteringIT;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The framework's suite of adding, searching and filtering, in one folder for all tests. */
final class FolderStoreSuiteTest extends EmbeddingStoreWithFilteringIT {
    private static VicinoEmbeddingStore store;

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = VicinoEmbeddingStore.open(folder);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    @Override
    protected void clearStore() {
        store.removeAll();
    }

    @Override
    protected EmbeddingStore<TextSegment> embeddingStore() {
        return store;
    }

    @Override
    protected EmbeddingModel embeddingModel() {
        return Model.MINI_LM;
    }

    @Override
    protected boolean supportsContains() {
        return true;
    }
}
