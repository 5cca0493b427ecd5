package dev.vicino;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.kernel.Kernels;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Exact search as simple as can be, in double precision: what answers are compared with. */
final class Oracle {
    private static final Neighbors.Work NO_WORK = new Neighbors.Work("oracle", 0, 0);

    private Oracle() {}

    static double dot(float[] x, float[] q) {
        return IntStream.range(0, x.length)
                .mapToDouble(i -> (double) x[i] * q[i])
                .sum();
    }

    /** The score by its definition. */
    static double score(Metric metric, float[] x, float[] q) {
        return switch (metric) {
            case COSINE -> {
                double norms = Math.sqrt(dot(x, x)) * Math.sqrt(dot(q, q));
                yield norms == 0 ? 0 : dot(x, q) / norms;
            }
            case DOT -> dot(x, q);
            case L2 ->
                Math.sqrt(IntStream.range(0, x.length)
                        .mapToDouble(i -> (double) x[i] - q[i])
                        .map(difference -> difference * difference)
                        .sum());
            case L1 ->
                IntStream.range(0, x.length)
                        .mapToDouble(i -> Math.abs((double) x[i] - q[i]))
                        .sum();
        };
    }

    /** How far the score of ordinary vectors may be from its definition. */
    static double tolerance(Metric metric, float[] x, float[] q) {
        double relative = Kernels.relativeError(x.length) + 4 * 0x1p-24;
        return relative
                * switch (metric) {
                    case COSINE -> 1;
                    case DOT ->
                        IntStream.range(0, x.length)
                                .mapToDouble(i -> Math.abs((double) x[i] * q[i]))
                                .sum();
                    case L2, L1 -> score(metric, x, q);
                };
    }

    /** The k nearest of rows all of whose scores are exact in single precision. */
    static Neighbors search(Metric metric, float[][] rows, long[] ids, float[] query, int k) {
        double sign = metric.isSimilarity() ? -1 : 1;
        double[] distances = Arrays.stream(rows)
                .mapToDouble(row -> sign * score(metric, row, query))
                .toArray();
        int[] nearest = IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(i -> distances[i]).thenComparingLong(i -> ids[i]))
                .limit(k)
                .mapToInt(Integer::intValue)
                .toArray();
        float[] scores = new float[nearest.length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = 0f + (float) (sign * distances[nearest[i]]);
        }
        return new Neighbors(Arrays.stream(nearest).mapToLong(i -> ids[i]).toArray(), scores, NO_WORK);
    }

    /** The first k of an answer. */
    static Neighbors first(Neighbors all, int k) {
        int count = Math.min(k, all.size());
        return new Neighbors(Arrays.copyOf(all.ids(), count), Arrays.copyOf(all.scores(), count), NO_WORK);
    }

    static void assertSame(Neighbors actual, Neighbors expected, String what) {
        assertThat(actual.ids()).as("ids, %s", what).isEqualTo(expected.ids());
        assertThat(actual.scores()).as("scores, %s", what).isEqualTo(expected.scores());
    }

    /** That the answer is right but for rounding: ids are row numbers. */
    static void assertNearest(Neighbors actual, Metric metric, float[][] rows, float[] query, int k, String what) {
        assertThat(actual.size()).as("size, %s", what).isEqualTo(Math.min(k, rows.length));
        assertThat(LongStream.of(actual.ids()).distinct().count())
                .as("different ids, %s", what)
                .isEqualTo(actual.size());
        boolean[] found = new boolean[rows.length];
        double farthest = Double.NEGATIVE_INFINITY;
        double sign = metric.isSimilarity() ? -1 : 1;
        for (int i = 0; i < actual.size(); i++) {
            int row = Math.toIntExact(actual.id(i));
            found[row] = true;
            double score = score(metric, rows[row], query);
            double tolerance = tolerance(metric, rows[row], query);
            assertThat((double) actual.score(i))
                    .as("score of row %s, %s", row, what)
                    .isBetween(score - tolerance, score + tolerance);
            assertThat(i == 0 || sign * actual.score(i - 1) <= sign * actual.score(i))
                    .as("neighbours %s and %s in order, %s", i - 1, i, what)
                    .isTrue();
            farthest = Math.max(farthest, sign * score - tolerance);
        }
        for (int row = 0; row < rows.length && actual.size() > 0; row++) {
            double nearestItCanBe = sign * score(metric, rows[row], query) + tolerance(metric, rows[row], query);
            assertThat(found[row] || nearestItCanBe >= farthest)
                    .as("row %s is left out rightly, %s", row, what)
                    .isTrue();
        }
    }
}
