package dev.vicino.bench.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.ai.document.Document;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingRequest;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.SimpleVectorStore;

/** The store in memory of Spring AI, which asks a model for the vectors of texts; effort is nothing to it. */
final class SpringContestant implements Contestant {
    private final KnownVectors model;
    private final SimpleVectorStore store;

    private SpringContestant(KnownVectors model, SimpleVectorStore store) {
        this.model = model;
        this.store = store;
    }

    /** Holds the first rows. */
    static SpringContestant of(Material material, int rows) {
        KnownVectors model = new KnownVectors(material);
        SimpleVectorStore store = SimpleVectorStore.builder(model).build();
        List<Document> documents = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            String id = String.valueOf(row);
            documents.add(new Document(id, id, Map.of(Material.FIELD, material.pick(row))));
        }
        store.doAdd(documents);
        return new SpringContestant(model, store);
    }

    @Override
    public String name() {
        return "Spring AI SimpleVectorStore";
    }

    @Override
    public long[] answer(float[] query, int k, int effort) {
        model.query = query;
        SearchRequest request = SearchRequest.builder()
                .query(KnownVectors.QUERY)
                .topK(k)
                .similarityThresholdAll()
                .build();
        return Objects.requireNonNull(store.doSimilaritySearch(request)).stream()
                .mapToLong(document -> Long.parseLong(document.getId()))
                .toArray();
    }

    /** A model that knows the vectors of all texts it is asked for: numbers of rows, and the query of the moment. */
    private static final class KnownVectors implements EmbeddingModel {
        static final String QUERY = "query";

        private final Material material;
        private float[] query = {};

        KnownVectors(Material material) {
            this.material = material;
        }

        @Override
        public float[] embed(String text) {
            return text.equals(QUERY) ? query : material.base().row(Integer.parseInt(text));
        }

        @Override
        public float[] embed(Document document) {
            return embed(document.getId());
        }

        @Override
        public EmbeddingResponse call(EmbeddingRequest request) {
            throw new UnsupportedOperationException("texts are asked for one at a time");
        }
    }
}
