package dev.vicino.documents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.Metric;
import dev.vicino.advise.GuardOptions;
import dev.vicino.advise.RecallWatch;
import dev.vicino.store.Collection;
import dev.vicino.store.Database;
import dev.vicino.store.filter.Filter;
import dev.vicino.store.point.Point;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.search.Part;
import dev.vicino.store.search.Query;
import dev.vicino.store.search.ScoredPoint;
import dev.vicino.store.search.SearchRequest;
import dev.vicino.store.settings.CollectionSettings;
import dev.vicino.store.settings.VectorSettings;
import dev.vicino.store.write.PointSelector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Documents in a collection, compared by cosine; in a folder, where a write that has returned is on disk, or in memory.
 *
 * <p>The collection is made with the first document, whose vector says how many values all of them have. Any number of threads may use a
 * store. What the disk refuses is an {@link UncheckedIOException}.
 *
 * <p>Each document is a point with this payload, {@code id} being there only where the id is no UUID:
 *
 * <pre>{@code {"text": "…", "metadata": {"key": …}, "id": "…"}}</pre>
 */
public final class DocumentStore implements AutoCloseable {
    /** The field of a payload that holds the metadata. */
    static final String METADATA = "metadata";

    private static final String TEXT = "text";
    private static final String ID = "id";

    private final Database database;
    private final boolean owner;
    private final DocumentSettings settings;
    private volatile @Nullable Documents documents;

    /** The collection, once it is there, and who watches its recall; nobody where every search is exact. */
    private record Documents(
            Collection collection, @Nullable RecallWatch watch) {
        int dimension() {
            VectorSettings vectors = collection.settings().vectors().get(Point.UNNAMED);
            if (vectors instanceof VectorSettings.Dense dense && dense.metric() == Metric.COSINE) {
                return dense.dimension();
            }
            throw new IllegalArgumentException("collection " + collection.name() + " has vectors "
                    + collection.settings().vectors() + ", expected one unnamed dense vector under cosine");
        }
    }

    private DocumentStore(Database database, boolean owner, DocumentSettings settings) {
        this.database = database;
        this.owner = owner;
        this.settings = settings;
        if (isThere()) {
            documents = open(database.collection(settings.collection()));
        }
    }

    /** A store whose documents are gone when it is closed. */
    public static DocumentStore inMemory(DocumentSettings settings) {
        try {
            return new DocumentStore(Database.inMemory(), true, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A store in a folder, which is made where it is not there.
     *
     * @throws UncheckedIOException when somebody has the folder open, or something in it is damaged or of another format
     * @throws IllegalArgumentException when the collection holds something else than documents
     */
    public static DocumentStore open(Path folder, DocumentSettings settings) {
        try {
            Database database = Database.open(folder);
            try {
                return new DocumentStore(database, true, settings);
            } catch (Throwable e) {
                database.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A store in a database, which somebody else closes: several stores may share a folder that way. */
    public static DocumentStore in(Database database, DocumentSettings settings) {
        return new DocumentStore(database, false, settings);
    }

    private boolean isThere() {
        return database.names().contains(settings.collection())
                || database.aliases().containsKey(settings.collection());
    }

    private Documents open(Collection collection) {
        Documents opened = new Documents(collection, null);
        opened.dimension(); // which fails where it is none of ours
        if (settings.isExact()) {
            return opened;
        }
        GuardOptions options = GuardOptions.keeping(settings.recallFloor()).withShare(settings.recallShare());
        return new Documents(collection, collection.watchRecall(Point.UNNAMED, options));
    }

    private synchronized Documents create(int dimension) throws IOException {
        Documents known = documents;
        if (known != null) {
            return known;
        }
        CollectionSettings created = CollectionSettings.of(dimension, Metric.COSINE);
        for (var index : settings.indexes().entrySet()) {
            created = created.withPayloadIndex(
                    MetadataConditions.path(index.getKey()).toString(), index.getValue());
        }
        known = open(database.create(settings.collection(), created));
        documents = known;
        return known;
    }

    /** What it was told. */
    public DocumentSettings settings() {
        return settings;
    }

    /** The collection; empty before the first document. */
    public Optional<Collection> collection() {
        return Optional.ofNullable(documents).map(Documents::collection);
    }

    /** What live checks have seen of the recall; empty before the first document, and where every search is exact. */
    public Optional<RecallWatch> recall() {
        return Optional.ofNullable(documents).map(Documents::watch);
    }

    /** How many documents there are. */
    public long size() {
        return collection().map(Collection::size).orElse(0L);
    }

    /**
     * Checks that vectors of a model fit those that are there.
     *
     * @param dimension values in a vector
     * @throws IllegalArgumentException where they do not
     */
    public void checkDimension(int dimension) {
        Documents known = documents;
        if (known != null && known.dimension() != dimension) {
            throw new IllegalArgumentException("vector of " + dimension + " values, expected " + known.dimension()
                    + " as all documents of the collection " + settings.collection()
                    + " have them; vectors of another embedding model need another collection");
        }
    }

    /**
     * Adds documents, in the place of those of the same ids. As many as the collection takes in one write, {@code batchPoints} of its limits,
     * are added all together or not at all.
     *
     * @throws IllegalArgumentException for vectors of different dimensions, or of another one than before
     */
    public void add(List<Document> added) {
        if (added.isEmpty()) {
            return;
        }
        try {
            int dimension = added.getFirst().vector().length;
            added.forEach(document -> checkAlike(document, dimension));
            checkDimension(dimension);
            List<Point> points = added.stream().map(DocumentStore::point).toList();
            Collection collection = create(dimension).collection;
            checkDimension(dimension);
            for (List<Point> batch : batches(points, collection)) {
                collection.upsert(batch);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void checkAlike(Document document, int dimension) {
        if (document.vector().length != dimension) {
            throw new IllegalArgumentException("document " + document.id() + " has a vector of "
                    + document.vector().length + " values, expected " + dimension + " as the first one has them");
        }
    }

    private static <T> List<List<T>> batches(List<T> items, Collection collection) {
        int size = collection.settings().limits().batchPoints();
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < items.size(); from += size) {
            batches.add(items.subList(from, Math.min(items.size(), from + size)));
        }
        return batches;
    }

    private static Point point(Document document) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        if (document.text() != null) {
            payload.put(TEXT, document.text());
        }
        payload.set(METADATA, MetadataJson.write(document.metadata()));
        if (!DocumentIds.isUuid(document.id())) {
            payload.put(ID, document.id());
        }
        return Point.of(DocumentIds.point(document.id()), document.vector()).withPayload(payload);
    }

    /** Deletes the documents of some ids; ids that are not there are no error. */
    public void delete(java.util.Collection<String> ids) {
        Documents known = documents;
        if (known == null) {
            return;
        }
        List<PointId> points = ids.stream().map(DocumentIds::point).toList();
        try {
            for (List<PointId> batch : batches(points, known.collection)) {
                known.collection.delete(new PointSelector.Ids(batch));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the documents that match, all at once. */
    public void delete(Filter filter) {
        Documents known = documents;
        if (known != null) {
            try {
                known.collection.delete(PointSelector.of(filter));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * The documents nearest to a vector, nearest first.
     *
     * @param limit documents wanted, at least 1
     * @param threshold the lowest similarity, itself included; −1 for all
     * @param withVectors whether the vectors are wanted; they are empty else
     * @throws IllegalArgumentException for a vector that does not fit
     */
    public List<ScoredDocument> search(
            float[] vector, int limit, double threshold, Filter filter, boolean withVectors) {
        Documents known = documents;
        if (known == null) {
            return List.of();
        }
        checkDimension(vector.length);
        SearchRequest request = SearchRequest.of(Query.of(vector), limit)
                .withFilter(filter)
                .withExact(settings.isExact())
                .withPart(withVectors ? Part.PAYLOAD.withVectors(Point.UNNAMED) : Part.PAYLOAD);
        try {
            return known.collection.search(request).points().stream()
                    .filter(point -> point.score() >= threshold)
                    .map(DocumentStore::document)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ScoredDocument document(ScoredPoint point) {
        ObjectNode payload = point.payload();
        String id = payload.path(ID).asText(point.id().toString());
        Map<String, Object> metadata = MetadataJson.read(payload.get(METADATA));
        VectorValue vector = point.vectors().get(Point.UNNAMED);
        float[] values = vector instanceof VectorValue.Dense(float[] dense) ? dense : new float[0];
        return new ScoredDocument(new Document(id, payload.path(TEXT).textValue(), metadata, values), point.score());
    }

    /** Frees what it owns; documents in a folder stay there. */
    @Override
    public void close() {
        if (owner) {
            try {
                database.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
