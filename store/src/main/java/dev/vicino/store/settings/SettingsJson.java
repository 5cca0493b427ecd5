package dev.vicino.store.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vicino.IndexSpec;
import dev.vicino.Metric;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings as JSON, as they are kept in the truth. */
public final class SettingsJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private SettingsJson() {}

    /** Writes settings. */
    public static String write(CollectionSettings settings) {
        ObjectNode root = MAPPER.createObjectNode();
        ObjectNode vectors = root.putObject("vectors");
        settings.vectors().forEach((name, vector) -> write(vector, vectors.putObject(name)));
        ObjectNode indexes = root.putObject("payload_indexes");
        settings.payloadIndexes().forEach((path, kind) -> indexes.put(path, kind.label()));
        Limits limits = settings.limits();
        root.putObject("limits")
                .put("points", limits.points())
                .put("payload_bytes", limits.payloadBytes())
                .put("batch_points", limits.batchPoints())
                .put("tail_vectors", limits.tailVectors());
        return root.toString();
    }

    private static void write(VectorSettings vector, ObjectNode into) {
        switch (vector) {
            case VectorSettings.Sparse sparse -> into.put("kind", "sparse");
            case VectorSettings.Dense dense ->
                into.put("kind", "dense")
                        .put("dimension", dense.dimension())
                        .put("metric", dense.metric().label())
                        .put("spec", dense.spec().toString())
                        .put("threshold", dense.threshold());
        }
    }

    /**
     * Reads settings.
     *
     * @throws IllegalArgumentException for what {@link #write} does not write
     */
    public static CollectionSettings read(String json) {
        try {
            JsonNode root = MAPPER.readTree(json);
            SortedMap<String, VectorSettings> vectors = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry : root.required("vectors").properties()) {
                vectors.put(entry.getKey(), vector(entry.getValue()));
            }
            SortedMap<String, IndexKind> indexes = new TreeMap<>();
            for (Map.Entry<String, JsonNode> entry :
                    root.required("payload_indexes").properties()) {
                indexes.put(entry.getKey(), IndexKind.parse(entry.getValue().asText()));
            }
            return new CollectionSettings(vectors, indexes, limits(root.required("limits")));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("settings = " + json + ", expected JSON", e);
        }
    }

    private static VectorSettings vector(JsonNode node) {
        return switch (node.required("kind").asText()) {
            case "sparse" -> new VectorSettings.Sparse();
            case "dense" ->
                new VectorSettings.Dense(
                        node.required("dimension").asInt(),
                        Metric.parse(node.required("metric").asText()),
                        IndexSpec.parse(node.required("spec").asText()),
                        node.required("threshold").asInt());
            default -> throw new IllegalArgumentException("kind = " + node.get("kind") + ", expected dense or sparse");
        };
    }

    private static Limits limits(JsonNode node) {
        return new Limits(
                node.required("points").asLong(),
                node.required("payload_bytes").asInt(),
                node.required("batch_points").asInt(),
                node.required("tail_vectors").asInt());
    }
}
