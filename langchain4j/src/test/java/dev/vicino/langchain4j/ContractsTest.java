package dev.vicino.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.EmbeddingStoreAddAllContract;
import dev.langchain4j.store.embedding.EmbeddingStoreRemoveAllContract;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** The framework's contracts of what is asked for in bulk. */
final class ContractsTest implements EmbeddingStoreAddAllContract, EmbeddingStoreRemoveAllContract {
    private final List<VicinoEmbeddingStore> opened = new ArrayList<>();

    @AfterEach
    void close() {
        opened.forEach(VicinoEmbeddingStore::close);
    }

    @Override
    public EmbeddingStore<TextSegment> embeddingStore() {
        VicinoEmbeddingStore store = VicinoEmbeddingStore.inMemory();
        opened.add(store);
        return store;
    }
}
