package dev.vicino.store.search;

import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.point.VectorValue.Dense;
import dev.vicino.store.settings.VectorSettings;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns queries into vectors. */
final class QueryVectors {
    private final Reader reader;
    private final @Nullable Embedder embedder;

    QueryVectors(Reader reader, @Nullable Embedder embedder) {
        this.reader = reader;
        this.embedder = embedder;
    }

    /** A vector to be near to, and points that are not to be found. */
    record Target(VectorValue vector, Set<PointId> excluded) {}

    /**
     * The vector of a query.
     *
     * @throws IllegalArgumentException for an id that is not there or has no such vector, a text without a model, or a vector of
     *     another sort or dimension
     */
    Target target(Query query, String using, VectorSettings settings) throws IOException {
        Target target = switch (query) {
            case Query.Nearest(VectorValue vector) -> new Target(vector, Set.of());
            case Query.NearestTo(PointId id) -> new Target(vector(id, using), Set.of(id));
            case Query.NearestText(String text) -> new Target(embed(text), Set.of());
            case Query.Recommend recommend -> new Target(mean(recommend, using), recommend.examples());
        };
        check(target.vector, using, settings);
        return target;
    }

    private static void check(VectorValue vector, String using, VectorSettings settings) {
        boolean fits = switch (settings) {
            case VectorSettings.Dense dense ->
                vector instanceof Dense(float[] values) && values.length == dense.dimension();
            case VectorSettings.Sparse sparse -> vector instanceof VectorValue.Sparse;
        };
        if (!fits) {
            String found = vector instanceof Dense(float[] values) ? values.length + " dense values" : "sparse values";
            throw new IllegalArgumentException(
                    "query of " + found + ", expected vector \"" + using + "\": " + settings);
        }
    }

    private VectorValue embed(String text) {
        if (embedder == null) {
            throw new IllegalArgumentException("query is a text, expected a vector: the database was given no model");
        }
        return VectorValue.of(embedder.embed(text));
    }

    private VectorValue vector(PointId id, String using) throws IOException {
        List<StoredPoint> found = reader.get(List.of(id), Part.NONE.withVectors(using));
        VectorValue vector = found.isEmpty() ? null : found.getFirst().vectors().get(using);
        if (vector == null) {
            throw new IllegalArgumentException("point " + id + ", expected one that has a vector \"" + using + "\"");
        }
        return vector;
    }

    /**
     * The dense vector of a point.
     *
     * @throws IllegalArgumentException where it has none
     */
    float[] dense(PointId id, String using) throws IOException {
        if (!(vector(id, using) instanceof Dense(float[] values))) {
            throw new IllegalArgumentException("point " + id + " has a sparse vector, expected a dense one");
        }
        return values;
    }

    private VectorValue mean(Query.Recommend recommend, String using) throws IOException {
        float[] mean = mean(recommend.positive(), using);
        if (!recommend.negative().isEmpty()) {
            float[] away = mean(recommend.negative(), using);
            for (int i = 0; i < mean.length; i++) {
                mean[i] += mean[i] - away[i];
            }
        }
        return VectorValue.of(mean);
    }

    private float[] mean(List<PointId> ids, String using) throws IOException {
        float[] sum = new float[0];
        for (PointId id : ids) {
            float[] values = dense(id, using);
            sum = sum.length == 0 ? new float[values.length] : sum;
            for (int i = 0; i < values.length; i++) {
                sum[i] += values[i] / ids.size();
            }
        }
        return sum;
    }
}
