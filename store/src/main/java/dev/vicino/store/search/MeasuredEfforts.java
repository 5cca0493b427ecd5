package dev.vicino.store.search;

import dev.vicino.SearchOptions;
import dev.vicino.advise.Interval;
import dev.vicino.store.point.PointId;
import dev.vicino.store.point.StoredPoint;
import dev.vicino.store.point.VectorValue;
import dev.vicino.store.truth.PointRow;
import dev.vicino.store.view.Hits;
import dev.vicino.store.view.VectorView;
import dev.vicino.store.view.Views;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/**
 * Efforts by the recall that they reach: measured when first asked for, and again when the number of vectors has changed by a quarter.
 * Some vectors that are there are looked for; their neighbours, they themselves aside, are compared with the true ones. A recall counts as
 * reached where the lower end of its interval of 95 % is there.
 */
final class MeasuredEfforts {
    private static final int[] EFFORTS = {10, 14, 20, 28, 40, 56, 80, 113, 160, 226, 320, 452, 640};
    private static final int QUERIES = 200;
    private static final long SEED = 1;

    /** A change of the number of vectors that makes what was measured old. */
    private static final double CHANGE = 0.25;

    /** Numbers of neighbours at which recall is measured: the next one above what is asked for counts. */
    private static final int[] LIMITS = {10, 100, 1000};

    private final Views views;
    private final Reader reader;
    private final Map<Key, Measured> known = new HashMap<>();

    MeasuredEfforts(Views views, Reader reader) {
        this.views = views;
        this.reader = reader;
    }

    private record Key(String using, int limit) {}

    /** The recall of each effort at least, when there were so many vectors. */
    private record Measured(long vectors, double[] recalls) {
        boolean isOf(long now) {
            return Math.abs(now - vectors) <= CHANGE * vectors;
        }
    }

    /** The least effort that reaches a recall with so many neighbours; empty where none does but an exact search. */
    synchronized OptionalInt effort(String using, int number, double recall, int limit) throws IOException {
        VectorView view = views.vectors(number);
        if (!view.isIndexed()) {
            return OptionalInt.of(0); // what is scanned is exact whatever the effort
        }
        int measuredLimit =
                IntStream.of(LIMITS).filter(each -> each >= limit).findFirst().orElse(limit);
        Key key = new Key(using, measuredLimit);
        long vectors = views.progress(number).vectors();
        Measured measured = known.get(key);
        if (measured == null || !measured.isOf(vectors)) {
            measured = new Measured(vectors, measure(using, number, measuredLimit));
            known.put(key, measured);
        }
        double[] recalls = measured.recalls;
        return IntStream.range(0, recalls.length)
                .filter(i -> recalls[i] >= recall)
                .map(i -> EFFORTS[i])
                .findFirst();
    }

    /** A vector that is there. */
    private record Sample(int ordinal, VectorValue vector) {}

    private double[] measure(String using, int number, int limit) throws IOException {
        List<Sample> samples = samples(using);
        try (VectorView.Moment moment =
                views.reading(() -> views.vectors(number).moment())) {
            List<Set<Integer>> truths = samples.stream()
                    .map(sample -> neighbours(moment, sample, limit, SearchOptions.DEFAULT.withExact(true)))
                    .toList();
            return IntStream.of(EFFORTS)
                    .mapToDouble(effort -> recall(moment, samples, truths, limit, effort))
                    .toArray();
        }
    }

    private List<Sample> samples(String using) throws IOException {
        Map<PointId, Integer> ordinals = views.reading(() -> {
            Map<PointId, Integer> drawn = new HashMap<>();
            RoaringBitmap all = views.table().withVector(using);
            var random = new SplittableRandom(SEED);
            for (int i = 0; i < Math.min(QUERIES, all.getCardinality()); i++) {
                int ordinal = all.select(random.nextInt(all.getCardinality()));
                PointRow row = views.table().at(ordinal);
                if (row != null) {
                    drawn.put(row.id(), ordinal);
                }
            }
            return drawn;
        });
        List<Sample> samples = new ArrayList<>();
        for (StoredPoint point : reader.get(List.copyOf(ordinals.keySet()), Part.NONE.withVectors(using))) {
            VectorValue vector = point.vectors().get(using);
            Integer ordinal = ordinals.get(point.id());
            if (vector != null && ordinal != null) {
                samples.add(new Sample(ordinal, vector));
            }
        }
        return samples;
    }

    private static Set<Integer> neighbours(VectorView.Moment moment, Sample sample, int limit, SearchOptions options) {
        Hits hits = moment.search(sample.vector, limit + 1, options);
        return IntStream.of(hits.ordinals())
                .filter(ordinal -> ordinal != sample.ordinal)
                .limit(limit)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static double recall(
            VectorView.Moment moment, List<Sample> samples, List<Set<Integer>> truths, int limit, int effort) {
        if (samples.isEmpty()) {
            return 0;
        }
        double[] recalls = new double[samples.size()];
        for (int i = 0; i < recalls.length; i++) {
            Set<Integer> found = neighbours(moment, samples.get(i), limit, SearchOptions.DEFAULT.withEffort(effort));
            found.retainAll(truths.get(i));
            recalls[i] = (double) found.size() / Math.max(1, truths.get(i).size());
        }
        return Interval.of(recalls, limit).low();
    }
}
