package dev.vicino.store.settings;

import dev.vicino.Metric;
import dev.vicino.store.point.Point;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a collection is. Vectors are told once; payload indexes come and go.
 *
 * @param vectors by name, at most {@value #MAX_VECTORS}; their order by name is the order of their tables
 * @param payloadIndexes by the path of their field, as {@link dev.vicino.store.filter.JsonPath} reads it
 */
public record CollectionSettings(
        SortedMap<String, VectorSettings> vectors, SortedMap<String, IndexKind> payloadIndexes, Limits limits) {
    /** A point says in one word of 64 bits what it has. */
    public static final int MAX_VECTORS = 62;

    /**
     * Checks the fields, and copies the maps.
     *
     * @throws IllegalArgumentException for too many names
     */
    public CollectionSettings {
        if (vectors.size() > MAX_VECTORS) {
            throw new IllegalArgumentException(
                    "vectors of " + vectors.size() + " names, expected at most " + MAX_VECTORS);
        }
        vectors = Collections.unmodifiableSortedMap(new TreeMap<>(vectors));
        payloadIndexes = Collections.unmodifiableSortedMap(new TreeMap<>(payloadIndexes));
    }

    /** Points with one unnamed dense vector each. */
    public static CollectionSettings of(int dimension, Metric metric) {
        return of(Map.of(Point.UNNAMED, VectorSettings.dense(dimension, metric)));
    }

    /** Points with vectors of these names, or some of them. */
    public static CollectionSettings of(Map<String, VectorSettings> vectors) {
        return new CollectionSettings(new TreeMap<>(vectors), new TreeMap<>(), Limits.DEFAULT);
    }

    /** These settings with one payload index more. */
    public CollectionSettings withPayloadIndex(String path, IndexKind kind) {
        SortedMap<String, IndexKind> more = new TreeMap<>(payloadIndexes);
        more.put(path, kind);
        return new CollectionSettings(vectors, more, limits);
    }

    /** These settings without the payload index of a path. */
    public CollectionSettings withoutPayloadIndex(String path) {
        SortedMap<String, IndexKind> fewer = new TreeMap<>(payloadIndexes);
        fewer.remove(path);
        return new CollectionSettings(vectors, fewer, limits);
    }

    /** These settings with other limits. */
    public CollectionSettings withLimits(Limits limits) {
        return new CollectionSettings(vectors, payloadIndexes, limits);
    }

    /** The names of the vectors, in order: the number of a name is its place. */
    public List<String> names() {
        return List.copyOf(vectors.keySet());
    }
}
