package dev.vicino.documents;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Metadata as JSON. UUIDs, dates and instants become texts; a number keeps its decimal digits. */
final class MetadataJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private MetadataJson() {}

    /**
     * Writes metadata.
     *
     * @throws IllegalArgumentException for a value that is none of those that {@link Document} names
     */
    static ObjectNode write(Map<String, ?> metadata) {
        ObjectNode object = JSON.objectNode();
        metadata.forEach((key, value) -> object.set(key, node(key, value)));
        return object;
    }

    private static JsonNode node(String key, @Nullable Object value) {
        return switch (value) {
            case String text -> JSON.textNode(text);
            case Boolean bool -> JSON.booleanNode(bool);
            case Number number -> number(key, number);
            case UUID uuid -> JSON.textNode(uuid.toString());
            case Enum<?> constant -> JSON.textNode(constant.name());
            case Instant instant -> JSON.textNode(instant.toString());
            case Date date -> JSON.textNode(date.toInstant().toString());
            case Collection<?> values -> array(key, values);
            case Map<?, ?> map -> object(key, map);
            case null, default ->
                throw new IllegalArgumentException("metadata \"" + key + "\" = " + value
                        + ", expected a text, a number, a truth value, a UUID, a date, or lists and maps of these");
        };
    }

    private static JsonNode number(String key, Number number) {
        return switch (number) {
            case Integer whole -> JSON.numberNode(whole);
            case Long whole -> JSON.numberNode(whole);
            case Short whole -> JSON.numberNode(whole);
            case Byte whole -> JSON.numberNode(whole);
            case BigInteger whole -> JSON.numberNode(whole);
            case BigDecimal decimal -> JSON.numberNode(decimal);
            default -> JSON.numberNode(MetadataConditions.finite(key, number));
        };
    }

    private static ArrayNode array(String key, Collection<?> values) {
        ArrayNode array = JSON.arrayNode(values.size());
        values.forEach(value -> array.add(node(key, value)));
        return array;
    }

    private static ObjectNode object(String key, Map<?, ?> values) {
        ObjectNode object = JSON.objectNode();
        values.forEach((name, value) -> object.set(String.valueOf(name), node(key, value)));
        return object;
    }

    /** Reads metadata: texts, numbers, truth values, lists and maps. */
    static Map<String, Object> read(@Nullable JsonNode metadata) {
        return metadata == null
                ? Map.of()
                : MAPPER.convertValue(metadata, new TypeReference<LinkedHashMap<String, Object>>() {});
    }
}
