package dev.vicino.advise;

import dev.vicino.Metric;
import dev.vicino.Neighbors;
import dev.vicino.SearchOptions;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at vectors: norms and duplicates of all, and how they lie by a sample. */
final class Profiler {
    private static final int SAMPLE = 10_000;
    private static final int POINTS = 300;
    private static final int NEIGHBOURS = 20;
    private static final int CENTRES = 64;

    /** Of the test whether queries are like the vectors. */
    private static final double CRITICAL = 1.95;

    private final Vectors vectors;
    private final Metric metric;
    private final int threads;
    private final Drawn drawn;

    /** For vectors, of which a seed draws the sample. */
    Profiler(Vectors vectors, Metric metric, int threads, long seed) {
        this.vectors = vectors;
        this.metric = metric;
        this.threads = threads;
        this.drawn = Drawn.of(vectors.size(), seed);
    }

    /** @param queries those given; null where vectors are held out instead */
    DataProfile profile(@Nullable Vectors queries, int asked) {
        RowPass pass = RowPass.over(vectors);
        int points = Math.min(POINTS, vectors.size() / 4);
        int sample = Math.min(SAMPLE, vectors.size() - points);
        float[][] from = euclidean(Drawn.arrays(vectors, drawn.rows(0, points)));
        float[][] to = euclidean(Drawn.arrays(vectors, drawn.rows(points, points + sample)));
        if (points == 0) {
            var none = new DataProfile.Queries(queries != null, true, asked);
            return new DataProfile(
                    vectors.size(), vectors.dimension(), metric, pass.norms(), pass.duplicates(), 0, 0, 1, none);
        }
        float[][] distances = distances(to, from, NEIGHBOURS);
        return new DataProfile(
                vectors.size(),
                vectors.dimension(),
                metric,
                pass.norms(),
                pass.duplicates(),
                Geometry.intrinsicDimension(distances),
                clusteredness(to, from),
                readWhole(points, sample),
                new DataProfile.Queries(queries != null, queries == null || areLike(queries, to, distances), asked));
    }

    private boolean areLike(Vectors queries, float[][] to, float[][] distances) {
        int count = Math.min(queries.size(), POINTS);
        float[][] asked =
                euclidean(Drawn.arrays(queries, Drawn.of(queries.size(), 1).rows(0, count)));
        return Geometry.areAlike(nearest(distances), nearest(distances(to, asked, 1)), CRITICAL);
    }

    private static double[] nearest(float[][] distances) {
        return Arrays.stream(distances).mapToDouble(of -> of[0]).toArray();
    }

    private static double clusteredness(float[][] to, float[][] from) {
        float[][] centres = Arrays.copyOf(to, Math.min(CENTRES, to.length));
        double nearest = 0;
        double all = 0;
        for (float[] of : distances(centres, from, centres.length)) {
            nearest += (double) of[0] * of[0];
            for (float distance : of) {
                all += (double) distance * distance / of.length;
            }
        }
        return all == 0 ? 1 : 1 - nearest / all;
    }

    /** Under the cosine vectors lie on a sphere; a product has no distance, so there they are looked at as they lie. */
    private float[][] euclidean(float[][] rows) {
        if (metric != Metric.COSINE) {
            return rows;
        }
        return Arrays.stream(rows).map(Profiler::unit).toArray(float[][]::new);
    }

    private static float[] unit(float[] row) {
        double square = 0;
        for (float value : row) {
            square += (double) value * value;
        }
        double factor = square == 0 ? 0 : 1 / Math.sqrt(square);
        float[] unit = new float[row.length];
        for (int i = 0; i < row.length; i++) {
            unit[i] = (float) (row[i] * factor);
        }
        return unit;
    }

    private static float[][] distances(float[][] to, float[][] from, int k) {
        try (VectorIndex index = Vicino.index(Vectors.of(to))
                .metric(Metric.L2)
                .spec("Flat(prune=false)")
                .build()) {
            return index.searchAll(Vectors.of(from), k, SearchOptions.DEFAULT).stream()
                    .map(Neighbors::scores)
                    .toArray(float[][]::new);
        }
    }

    private double readWhole(int points, int sample) {
        Vectors rows = Drawn.vectors(vectors, drawn.rows(points, points + sample));
        try (VectorIndex index =
                Vicino.index(rows).metric(metric).spec("Flat").threads(threads).build()) {
            List<float[]> asked = List.of(Drawn.arrays(vectors, drawn.rows(0, points)));
            return asked.stream()
                    .map(query -> index.search(query, Math.min(10, sample)).work())
                    .mapToDouble(work -> (double) work.exact() / sample)
                    .average()
                    .orElse(1);
        }
    }
}
