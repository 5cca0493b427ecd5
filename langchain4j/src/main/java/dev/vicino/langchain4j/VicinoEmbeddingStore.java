package dev.vicino.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.internal.ValidationUtils;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingSearchResult;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.RelevanceScore;
import dev.langchain4j.store.embedding.filter.Filter;
import dev.vicino.documents.Document;
import dev.vicino.documents.DocumentFile;
import dev.vicino.documents.DocumentSettings;
import dev.vicino.documents.DocumentStore;
import dev.vicino.documents.ScoredDocument;
import dev.vicino.store.Database;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An embedding store of LangChain4j, in a folder or in memory.
 *
 * <pre>{@code
 * try (VicinoEmbeddingStore store = VicinoEmbeddingStore.open(Path.of("data"))) {
 *     store.add(embedding, TextSegment.from("Rome is the capital of Italy"));
 *     store.search(EmbeddingSearchRequest.builder().queryEmbedding(question).maxResults(3).build());
 * }
 * }</pre>
 *
 * <p>Scores are relevance scores, (1 + cosine) / 2. Any number of threads may use a store. A segment added under an id takes the place of
 * the one that was there. What the disk refuses is an {@link java.io.UncheckedIOException}.
 */
public final class VicinoEmbeddingStore implements EmbeddingStore<TextSegment>, AutoCloseable {
    private final DocumentStore documents;

    private VicinoEmbeddingStore(DocumentStore documents) {
        this.documents = documents;
    }

    /** A store that is gone when it is closed. */
    public static VicinoEmbeddingStore inMemory() {
        return inMemory(DocumentSettings.DEFAULT);
    }

    /** As {@link #inMemory()}, told how to keep and search. */
    public static VicinoEmbeddingStore inMemory(DocumentSettings settings) {
        return new VicinoEmbeddingStore(DocumentStore.inMemory(settings));
    }

    /** A store in a folder, which is made where it is not there; as {@link DocumentStore#open}. */
    public static VicinoEmbeddingStore open(Path folder) {
        return open(folder, DocumentSettings.DEFAULT);
    }

    /** As {@link #open(Path)}, told how to keep and search. */
    public static VicinoEmbeddingStore open(Path folder, DocumentSettings settings) {
        return new VicinoEmbeddingStore(DocumentStore.open(folder, settings));
    }

    /** A store in a database, which somebody else closes: several stores may share a folder that way. */
    public static VicinoEmbeddingStore in(Database database, DocumentSettings settings) {
        return new VicinoEmbeddingStore(DocumentStore.in(database, settings));
    }

    /** What is underneath, for metrics and for what the framework has no word for. */
    public DocumentStore documents() {
        return documents;
    }

    @Override
    public String add(Embedding embedding) {
        return add(List.of(embedding), null).getFirst();
    }

    @Override
    public void add(String id, Embedding embedding) {
        addAll(List.of(id), List.of(embedding), null);
    }

    @Override
    public String add(Embedding embedding, @Nullable TextSegment segment) {
        return add(List.of(embedding), segment == null ? null : List.of(segment))
                .getFirst();
    }

    @Override
    public List<String> addAll(List<Embedding> embeddings) {
        return add(embeddings, null);
    }

    private List<String> add(List<Embedding> embeddings, @Nullable List<TextSegment> segments) {
        List<String> ids = generateIds(embeddings.size());
        addAll(ids, embeddings, segments);
        return ids;
    }

    /**
     * Adds embeddings, of which the store takes 10,000 at once, all of them or none.
     *
     * @throws IllegalArgumentException when the lists are not of one size, or vectors not of one dimension
     */
    @Override
    public void addAll(
            @Nullable List<String> ids, @Nullable List<Embedding> embeddings, @Nullable List<TextSegment> segments) {
        ValidationUtils.ensureConsistentSizes(ids, embeddings, segments);
        if (ids == null || embeddings == null) {
            return; // then both are, and there is nothing to add
        }
        List<Document> added = new ArrayList<>(ids.size());
        for (int i = 0; i < ids.size(); i++) {
            TextSegment segment = segments == null || segments.isEmpty() ? null : segments.get(i);
            added.add(Segments.document(ids.get(i), embeddings.get(i), segment));
        }
        documents.add(added);
    }

    @Override
    public void removeAll(@Nullable Collection<String> ids) {
        if (ids != null && !ids.isEmpty()) {
            documents.delete(ids);
        }
    }

    /**
     * Removes what matches; as {@link #search} reads filters.
     *
     * @throws IllegalArgumentException for null
     */
    @Override
    public void removeAll(@Nullable Filter filter) {
        documents.delete(Filters.filter(ValidationUtils.ensureNotNull(filter, "filter")));
    }

    @Override
    public void removeAll() {
        documents.delete(dev.vicino.store.filter.Filter.ALL);
    }

    /**
     * The segments nearest to an embedding, by relevance score, falling.
     *
     * <p>A filter finds what has a value of the sort that it names: where the in-memory store fails for a value of another class, here it is
     * no match, or, of a negation, one. Without the key only negations match.
     *
     * @throws IllegalArgumentException for an embedding of another dimension than those that are there
     * @throws UnsupportedOperationException for a filter of a class that is not one of the framework's
     */
    @Override
    public EmbeddingSearchResult<TextSegment> search(EmbeddingSearchRequest request) {
        double threshold = 2 * request.minScore() - 1;
        var filter = request.filter() == null ? dev.vicino.store.filter.Filter.ALL : Filters.filter(request.filter());
        List<ScoredDocument> found =
                documents.search(request.queryEmbedding().vector(), request.maxResults(), threshold, filter, true);
        return new EmbeddingSearchResult<>(
                found.stream().map(VicinoEmbeddingStore::match).toList());
    }

    private static EmbeddingMatch<TextSegment> match(ScoredDocument found) {
        Document document = found.document();
        return new EmbeddingMatch<>(
                RelevanceScore.fromCosineSimilarity(found.similarity()),
                document.id(),
                Embedding.from(document.vector()),
                Segments.segment(document));
    }

    /**
     * Adds what an in-memory store of the framework has written with {@code serializeToFile}, or {@code serializeToJson}.
     *
     * @return how many segments these were
     * @throws IOException naming the file and the document at fault; as {@link DocumentFile#copyTo}
     */
    public long importInMemoryStore(Path file) throws IOException {
        return InMemoryStoreFile.of(file).copyTo(documents);
    }

    /** Frees what it owns; segments in a folder stay there. */
    @Override
    public void close() {
        documents.close();
    }
}
