package dev.vicino.documents;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON file of documents in the form of another program, which is read document by document and never held as a whole. */
public final class DocumentFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** As many documents go to the store in one write. */
    private static final int BATCH = 1000;

    private final Path file;
    private final List<String> path;
    private final Function<JsonNode, Document> form;

    /**
     * A file.
     *
     * @param path fields to follow from the root, each the first of its object, to the array or object whose elements are documents
     * @param form makes a document of an element; fails with an {@link IllegalArgumentException} where it is none
     */
    public DocumentFile(Path file, List<String> path, Function<JsonNode, Document> form) {
        this.file = file;
        this.path = List.copyOf(path);
        this.form = form;
    }

    /** The metadata of an element; empty where there is nothing. */
    public static Map<String, Object> metadata(JsonNode node) {
        return MetadataJson.read(node.isMissingNode() || node.isNull() ? null : node);
    }

    /**
     * The vector of an element.
     *
     * @throws IllegalArgumentException where it is no list of numbers, or an empty one
     */
    public static float[] vector(JsonNode node) {
        if (!node.isArray() || node.isEmpty()) {
            throw new IllegalArgumentException("vector is " + node.getNodeType() + ", expected a list of numbers");
        }
        float[] vector = new float[node.size()];
        for (int i = 0; i < vector.length; i++) {
            if (!node.path(i).isNumber()) {
                throw new IllegalArgumentException("vector has " + node.path(i) + " at " + i + ", expected a number");
            }
            vector[i] = node.path(i).floatValue();
        }
        return vector;
    }

    /**
     * Adds all documents to a store.
     *
     * @return how many these were
     * @throws IOException naming the file and the document at fault; those of the batches before it are added
     */
    public long copyTo(DocumentStore store) throws IOException {
        long count = 0;
        try (JsonParser parser = MAPPER.createParser(file.toFile())) {
            open(parser);
            List<Document> batch = new ArrayList<>();
            while (isElement(parser, count)) {
                batch.add(document(parser, count));
                count++;
                if (batch.size() == BATCH) {
                    store.add(batch);
                    batch.clear();
                }
            }
            store.add(batch);
            return count;
        } catch (JacksonException e) {
            throw wrong(count, e.getOriginalMessage(), e);
        }
    }

    private void open(JsonParser parser) throws IOException {
        JsonToken token = parser.nextToken();
        for (String field : path) {
            if (token != JsonToken.START_OBJECT || !field.equals(parser.nextFieldName())) {
                throw wrong(0, "found no field \"" + field + "\", expected it at the beginning", null);
            }
            token = parser.nextToken();
        }
        if (token != JsonToken.START_OBJECT && token != JsonToken.START_ARRAY) {
            throw wrong(0, "found " + parser.currentToken() + ", expected documents", null);
        }
    }

    private boolean isElement(JsonParser parser, long count) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            token = parser.nextToken();
        }
        if (token == JsonToken.START_OBJECT) {
            return true;
        }
        if (token == JsonToken.END_ARRAY || token == JsonToken.END_OBJECT) {
            return false;
        }
        throw wrong(count, "found " + (token == null ? "the end of the file" : token) + ", expected an object", null);
    }

    private Document document(JsonParser parser, long count) throws IOException {
        JsonNode element = MAPPER.readTree(parser);
        try {
            return form.apply(element);
        } catch (IllegalArgumentException e) {
            throw wrong(count, String.valueOf(e.getMessage()), e);
        }
    }

    private IOException wrong(long count, String what, @Nullable Exception cause) {
        return new IOException(file + ": document " + count + ": " + what, cause);
    }
}
