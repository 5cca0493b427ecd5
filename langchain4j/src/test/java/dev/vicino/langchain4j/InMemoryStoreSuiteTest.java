package dev.vicino.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreWithFilteringIT;
import org.junit.jupiter.api.AfterEach;

/** The framework's suite of adding, searching and filtering, in memory. */
final class InMemoryStoreSuiteTest extends EmbeddingStoreWithFilteringIT {
    private final VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory();

    @AfterEach
    void close() {
        store.close();
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
