package dev.vicino.springai;

import dev.vicino.documents.DocumentFile;
import dev.vicino.documents.DocumentStore;
import dev.vicino.documents.ScoredDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.ai.document.Document;
import org.springframework.ai.document.DocumentMetadata;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.observation.conventions.VectorStoreSimilarityMetric;
import org.springframework.ai.vectorstore.AbstractVectorStoreBuilder;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.filter.Filter;
import org.springframework.ai.vectorstore.observation.AbstractObservationVectorStore;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;

/**
 * A vector store of Spring AI, in a folder or in memory.
 *
 * <pre>{@code
 * try (VicinoVectorStore store = VicinoVectorStore.builder(
 *                 DocumentStore.open(Path.of("data"), DocumentSettings.DEFAULT), embeddingModel)
 *         .build()) {
 *     store.add(List.of(new Document("Rome is the capital of Italy", Map.of("country", "IT"))));
 *     store.similaritySearch(SearchRequest.builder().query("Italian cities").filterExpression("country == 'IT'").build());
 * }
 * }</pre>
 *
 * <p>Scores are cosines, and the metadata {@code distance} is 1 − score. Any number of threads may use a store. A document added under an id
 * takes the place of the one that was there. What the disk refuses is an {@link java.io.UncheckedIOException}.
 */
public final class VicinoVectorStore extends AbstractObservationVectorStore implements AutoCloseable {
    /** What observations call the system. */
    public static final String PROVIDER = "vicino";

    private final DocumentStore documents;
    private final int dimension;

    private VicinoVectorStore(Builder builder) {
        super(builder);
        this.documents = builder.documents;
        this.dimension = embeddingModel.dimensions();
        documents.checkDimension(dimension);
    }

    /**
     * A builder of a store.
     *
     * @param documents what it keeps its documents in; closed with it
     */
    public static Builder builder(DocumentStore documents, EmbeddingModel embeddingModel) {
        return new Builder(documents, embeddingModel);
    }

    /** What a store is built of. */
    public static final class Builder extends AbstractVectorStoreBuilder<Builder> {
        private final DocumentStore documents;

        private Builder(DocumentStore documents, EmbeddingModel embeddingModel) {
            super(embeddingModel);
            this.documents = documents;
        }

        /**
         * Builds the store.
         *
         * @throws IllegalArgumentException when documents are there whose vectors have another dimension than those of the model
         */
        @Override
        public VicinoVectorStore build() {
            return new VicinoVectorStore(this);
        }
    }

    /** What is underneath, for metrics and for what the framework has no word for. */
    public DocumentStore documents() {
        return documents;
    }

    /** The {@link DocumentStore}. */
    @Override
    @SuppressWarnings("unchecked") // the framework leaves the class to the caller
    public <T> Optional<T> getNativeClient() {
        return Optional.of((T) documents);
    }

    @Override
    public void doAdd(List<Document> added) {
        List<float[]> vectors =
                embeddingModel.embed(added, EmbeddingOptions.builder().build(), batchingStrategy);
        List<dev.vicino.documents.Document> embedded = new ArrayList<>(added.size());
        for (int i = 0; i < added.size(); i++) {
            Document document = added.get(i);
            embedded.add(new dev.vicino.documents.Document(
                    document.getId(), document.getText(), document.getMetadata(), vectors.get(i)));
        }
        documents.add(embedded);
    }

    @Override
    public void doDelete(List<String> ids) {
        documents.delete(ids);
    }

    @Override
    protected void doDelete(Filter.Expression expression) {
        documents.delete(Filters.filter(expression));
    }

    /** Threshold 0, which the framework calls accepting all, finds documents of negative similarity too. */
    @Override
    public List<Document> doSimilaritySearch(SearchRequest request) {
        double least = request.getSimilarityThreshold();
        double threshold = least == SearchRequest.SIMILARITY_THRESHOLD_ACCEPT_ALL ? -1 : least;
        Filter.Expression expression = request.getFilterExpression();
        var filter = expression == null ? dev.vicino.store.filter.Filter.ALL : Filters.filter(expression);
        float[] query = embeddingModel.embed(request.getQuery());
        return documents.search(query, request.getTopK(), threshold, filter, false).stream()
                .map(VicinoVectorStore::document)
                .toList();
    }

    private static Document document(ScoredDocument found) {
        Map<String, Object> metadata = new HashMap<>(found.document().metadata());
        double score = found.similarity();
        metadata.put(DocumentMetadata.DISTANCE.value(), 1 - score);
        return Document.builder()
                .id(found.document().id())
                .text(Objects.requireNonNullElse(found.document().text(), ""))
                .metadata(metadata)
                .score(score)
                .build();
    }

    @Override
    public VectorStoreObservationContext.Builder createObservationContextBuilder(String operationName) {
        return VectorStoreObservationContext.builder(PROVIDER, operationName)
                .dimensions(dimension)
                .collectionName(documents.settings().collection())
                .similarityMetric(VectorStoreSimilarityMetric.COSINE.value());
    }

    /**
     * Adds what a {@code SimpleVectorStore} has written with {@code save}, with the vectors that are there: nothing is embedded again.
     *
     * @return how many documents these were
     * @throws IOException naming the file and the document at fault; as {@link DocumentFile#copyTo}
     */
    public long importSimpleVectorStore(Path file) throws IOException {
        return SimpleStoreFile.of(file).copyTo(documents);
    }

    /** Frees what it owns; documents in a folder stay there. */
    @Override
    public void close() {
        documents.close();
    }
}
