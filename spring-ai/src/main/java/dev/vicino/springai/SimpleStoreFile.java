package dev.vicino.springai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vicino.documents.Document;
import dev.vicino.documents.DocumentFile;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of the framework's {@code SimpleVectorStore}:
 *
 * <pre>{@code {"id": {"id": "…", "text": "…", "metadata": {"key": …}, "embedding": [0.1, …]}, …}}</pre>
 *
 * <p>Older ones have {@code content} for {@code text}.
 */
final class SimpleStoreFile {
    private SimpleStoreFile() {}

    static DocumentFile of(Path file) {
        return new DocumentFile(file, List.of(), SimpleStoreFile::document);
    }

    private static Document document(JsonNode content) {
        JsonNode text = content.has("text") ? content.path("text") : content.path("content");
        return new Document(
                content.required("id").asText(),
                text.textValue(),
                DocumentFile.metadata(content.path("metadata")),
                DocumentFile.vector(content.required("embedding")));
    }
}
