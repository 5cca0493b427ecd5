package dev.vicino.springai.autoconfigure;

import dev.vicino.documents.DocumentSettings;
import dev.vicino.store.settings.IndexKind;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties {@code spring.ai.vectorstore.vicino.*}.
 *
 * @param folder Where documents are kept; without one they are gone when the application ends.
 * @param collection Name of the collection of the documents.
 * @param recallFloor Share of the true neighbours that searches find on average; 1 for exact search.
 * @param recallShare Share of the searches that is asked once more, exactly, in the background.
 * @param indexes Payload indexes by the key of the metadata that they are of: keyword, integer, float, bool, datetime, uuid, geo, text.
 */
@ConfigurationProperties(VicinoProperties.PREFIX)
public record VicinoProperties(
        @Nullable Path folder,
        @DefaultValue(DocumentSettings.DEFAULT_COLLECTION) String collection,
        @DefaultValue("0.95") double recallFloor,
        @DefaultValue("0.01") double recallShare,
        @DefaultValue Map<String, IndexKind> indexes) {
    /** What all of them begin with. */
    public static final String PREFIX = "spring.ai.vectorstore.vicino";

    /** The same for a store. */
    DocumentSettings settings() {
        return new DocumentSettings(collection, recallFloor, recallShare, indexes);
    }
}
