package dev.vicino.store.payload;

import dev.vicino.store.filter.Scalar;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.RoaringBitmap;

/** How many points have each value of a field. A point counts once for each of its values. */
public final class Facets {
    private final Map<Scalar, Long> counts = new HashMap<>();

    /** A value and the number of points that have it. */
    public record Hit(Scalar value, long count) {}

    static Facets of(KeyedIndex<?> index, RoaringBitmap among) {
        Facets facets = new Facets();
        index.byKey().forEach((key, ordinals) -> {
            long count = RoaringBitmap.andCardinality(ordinals, among);
            if (count > 0) {
                facets.counts.merge(scalar(key), count, Long::sum);
            }
        });
        return facets;
    }

    private static Scalar scalar(Object key) {
        return switch (key) {
            case Long number -> Scalar.of(number);
            case Boolean truth -> Scalar.of(truth);
            default -> Scalar.of(key.toString());
        };
    }

    /** Counts one more of a value. */
    public void count(Scalar value) {
        counts.merge(value, 1L, Long::sum);
    }

    /** The most frequent values, ties by the value. */
    public List<Hit> top(int limit) {
        return counts.entrySet().stream()
                .map(entry -> new Hit(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparingLong(Hit::count)
                        .reversed()
                        .thenComparing(hit -> hit.value().toString()))
                .limit(limit)
                .toList();
    }
}
