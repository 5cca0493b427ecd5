package dev.vicino.documents;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A text with a vector.
 *
 * @param id any text but a blank one; whoever is added under it takes the place of who was there
 * @param text null where the vector stands for itself
 * @param metadata values by key: texts, truth values, finite numbers, UUIDs, dates and instants, and lists and maps of these
 * @param vector finite values; must not change afterwards
 */
public record Document(String id, @Nullable String text, Map<String, ?> metadata, float[] vector) {
    /**
     * Checks the id, and copies the map.
     *
     * @throws IllegalArgumentException for a blank id
     */
    public Document {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id = \"" + id + "\", expected a text that is not blank");
        }
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
