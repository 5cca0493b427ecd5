package dev.vicino.bench.frameworks;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import java.util.List;
import java.util.Objects;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.VectorStore;

/** A store that is searched as its framework does it. */
@FunctionalInterface
interface Engine {
    /** Neighbours that every search looks for. */
    int K = 10;

    /** The texts of the documents nearest to a query of the corpus, by its number. */
    List<String> search(int query);

    static Engine of(EmbeddingStore<TextSegment> store, Corpus corpus) {
        return query -> store
                .search(EmbeddingSearchRequest.builder()
                        .queryEmbedding(Embedding.from(corpus.queries()[query]))
                        .maxResults(K)
                        .build())
                .matches()
                .stream()
                .map(match -> match.embedded().text())
                .toList();
    }

    static Engine of(VectorStore store) {
        return query ->
                store
                        .similaritySearch(SearchRequest.builder()
                                .query(LookupModel.query(query))
                                .topK(K)
                                .build())
                        .stream()
                        .map(Document::getText)
                        .map(Objects::requireNonNull)
                        .toList();
    }
}
