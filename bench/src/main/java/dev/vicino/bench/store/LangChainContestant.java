package dev.vicino.bench.store;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.inmemory.InMemoryEmbeddingStore;
import java.util.ArrayList;
import java.util.List;

/** The store in memory of LangChain4j; effort is nothing to it. */
record LangChainContestant(InMemoryEmbeddingStore<TextSegment> store) implements Contestant {
    /** Holds the first rows. */
    static LangChainContestant of(Material material, int rows) {
        List<String> ids = new ArrayList<>();
        List<Embedding> embeddings = new ArrayList<>();
        List<TextSegment> segments = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            ids.add(String.valueOf(row));
            embeddings.add(Embedding.from(material.base().row(row)));
            segments.add(TextSegment.from(material.payloads().get(row).toString()));
        }
        InMemoryEmbeddingStore<TextSegment> store = new InMemoryEmbeddingStore<>();
        store.addAll(ids, embeddings, segments);
        return new LangChainContestant(store);
    }

    @Override
    public String name() {
        return "LangChain4j InMemoryEmbeddingStore";
    }

    @Override
    public long[] answer(float[] query, int k, int effort) {
        EmbeddingSearchRequest request = EmbeddingSearchRequest.builder()
                .queryEmbedding(Embedding.from(query))
                .maxResults(k)
                .build();
        return store.search(request).matches().stream()
                .map(EmbeddingMatch::embeddingId)
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
