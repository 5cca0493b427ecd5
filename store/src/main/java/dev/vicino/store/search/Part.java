package dev.vicino.store.search;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of the points found.
 *
 * @param payload whether the payload
 * @param include fields of it, at its top; null for all
 * @param exclude fields that are not wanted
 * @param vectors names of vectors wanted
 */
public record Part(boolean payload, @Nullable Set<String> include, Set<String> exclude, Set<String> vectors) {
    /** Ids, scores and versions alone. */
    public static final Part NONE = new Part(false, null, Set.of(), Set.of());

    /** The whole payload, no vectors. */
    public static final Part PAYLOAD = new Part(true, null, Set.of(), Set.of());

    /** Copies the sets. */
    public Part {
        include = include == null ? null : Set.copyOf(include);
        exclude = Set.copyOf(exclude);
        vectors = Set.copyOf(vectors);
    }

    /** This with vectors. */
    public Part withVectors(String... names) {
        return new Part(payload, include, exclude, Set.of(names));
    }

    /** Whether nothing has to be read. */
    boolean isNothing() {
        return !payload && vectors.isEmpty();
    }

    /** What is wanted of a payload. */
    ObjectNode of(ObjectNode whole) {
        if (!payload) {
            return JsonNodeFactory.instance.objectNode();
        }
        return (include == null ? whole : whole.retain(include)).remove(exclude);
    }
}
