package dev.vicino.langchain4j;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.documents.Document;
import dev.vicino.documents.DocumentFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of the framework's in-memory store:
 *
 * <pre>{@code {"entries": [{"id": "…", "embedding": {"vector": [0.1, …]},
 *               "embedded": {"text": "…", "metadata": {"metadata": {"key": …}}}}, …]}}</pre>
 *
 * <p>{@code embedded} is null where an embedding was added without a text.
 */
final class InMemoryStoreFile {
    private InMemoryStoreFile() {}

    static DocumentFile of(Path file) {
        return new DocumentFile(file, List.of("entries"), InMemoryStoreFile::document);
    }

    private static Document document(JsonNode entry) {
        JsonNode embedded = entry.path("embedded");
        return new Document(
                entry.required("id").asText(),
                embedded.path("text").textValue(),
                DocumentFile.metadata(embedded.path("metadata").path("metadata")),
                DocumentFile.vector(entry.required("embedding").required("vector")));
    }
}
