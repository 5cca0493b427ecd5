package dev.vicino.langchain4j;

import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.vicino.documents.Document;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Segments as documents, and back. */
final class Segments {
    private Segments() {}

    static Document document(String id, Embedding embedding, @Nullable TextSegment segment) {
        return segment == null
                ? new Document(id, null, Map.of(), embedding.vector())
                : new Document(id, segment.text(), segment.metadata().toMap(), embedding.vector());
    }

    /** Null where the document has no text, which a segment must have. */
    static @Nullable TextSegment segment(Document document) {
        String text = document.text();
        return text == null || text.isBlank() ? null : TextSegment.from(text, metadata(document.metadata()));
    }

    /** What the framework has no class for, which others may have written, becomes a text. */
    private static Metadata metadata(Map<String, ?> values) {
        Map<String, Object> known = new HashMap<>();
        values.forEach((key, value) -> {
            if (value != null && !key.isBlank()) {
                known.put(key, isKnown(value) ? value : value.toString());
            }
        });
        return Metadata.from(known);
    }

    private static boolean isKnown(Object value) {
        return value instanceof Integer || value instanceof Long || value instanceof Double;
    }
}
