package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.io.Progress;
import dev.vicino.kernel.Kernels;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.testing.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bounds that scans exclude rows by, against the distances themselves: for every row and query the lower bound is not above the
 * distance, nor the upper one below it. On rows that come close to the bounds: equal to the query, far from the origin, and of norms
 * just short of extreme.
 */
@ExtendWith(Seeds.class)
final class ProvenBoundsTest {
    private static final int ROWS = 4200;
    private static final int QUERIES = 12;

    private final Random random = Seeds.random();
    private int d = 64 + random.nextInt(20);
    private Memory memory = Memory.allocate(0);
    private Norms norms = Norms.empty(0, false);

    /** The kinds of rows. */
    enum Data {
        EMBEDDINGS,
        REALS,
        TIES,
        FAR_FROM_THE_ORIGIN,
        OUTLIERS,
        LONG,
        SHORT
    }

    private float[][] rows(Data data) {
        return switch (data) {
            case EMBEDDINGS -> Seeds.embeddings(random, ROWS, d);
            case REALS -> Seeds.realRows(random, ROWS, d);
            case TIES -> Seeds.signRows(random, ROWS, d);
            case FAR_FROM_THE_ORIGIN -> moved(Seeds.embeddings(random, ROWS, d));
            case OUTLIERS -> withOutliers(Seeds.embeddings(random, ROWS, d));
            case LONG -> scaled(Seeds.embeddings(random, ROWS, d), 0x1p54f);
            case SHORT -> scaled(Seeds.embeddings(random, ROWS, d), 0x1p-40f);
        };
    }

    private float[][] moved(float[][] rows) {
        float[] by = Seeds.reals(random, d);
        float[][] moved = new float[rows.length][d];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < d; i++) {
                moved[r][i] = rows[r][i] + 3000 * by[i];
            }
        }
        return moved;
    }

    /** Some values beyond the largest code: there the row is clamped, and the query, the same row, is not. */
    private float[][] withOutliers(float[][] rows) {
        for (int r = 0; r < rows.length; r++) {
            rows[r] = rows[r].clone();
            rows[r][random.nextInt(d)] += random.nextInt(5) == 0 ? 50 : 0;
        }
        return rows;
    }

    private float[][] scaled(float[][] rows, float factor) {
        float[][] scaled = new float[rows.length][d];
        for (int r = 0; r < rows.length; r++) {
            for (int i = 0; i < d; i++) {
                scaled[r][i] = rows[r][i] * factor;
            }
        }
        return scaled;
    }

    private Distances distances(Distances.Form form, float[][] values) {
        memory = Memory.allocate(4L * ROWS * d);
        for (int r = 0; r < ROWS; r++) {
            MemorySegment.copy(values[r], 0, memory.segment(), Memory.FLOAT, 4L * r * d, d);
        }
        Rows rows = Rows.of(memory, ROWS, d);
        norms = Norms.compute(rows, form == Distances.Form.COSINE, Progress.NONE);
        return switch (form) {
            case COSINE -> Distances.cosine(rows, norms);
            case DOT -> Distances.dot(rows, norms);
            case SQUARED_L2 -> Distances.squaredL2(rows, norms);
            case L1 -> Distances.l1(rows, norms);
        };
    }

    private void free() {
        memory.close();
        norms.memory().close();
    }

    @AfterEach
    void freeLast() {
        free();
    }

    /** Rows themselves, rows with a change, others, and zero. */
    private float[] query(float[][] rows, int i) {
        float[] query = rows[random.nextInt(ROWS)].clone();
        switch (i % 4) {
            case 1 -> query[random.nextInt(d)] *= 1.5f;
            case 2 -> query = scaled(new float[][] {query}, random.nextFloat() * 2)[0];
            case 3 -> query = i == 3 ? new float[d] : Seeds.reals(random, d);
            default -> {}
        }
        return query;
    }

    @ParameterizedTest
    @EnumSource
    void codesBoundDistancesFromBelow(Distances.Form form) {
        for (Data data : Data.values()) {
            float[][] rows = rows(data);
            Distances distances = distances(form, rows);
            try (PruningCodes codes = Objects.requireNonNull(PruningCodesBuilder.build(distances, 2, Progress.NONE))) {
                for (int i = 0; i < QUERIES; i++) {
                    Query query = distances.prepare(query(rows, i), null);
                    PruningCodes.Prepared prepared = codes.prepare(query);
                    String what = form + " of " + data + ", query " + i;
                    float[] lower = lower(codes, codes.full, prepared.full(), prepared.offset(), null);
                    assertBelow(lower, distances, query, what);
                    if (codes.prefix != null && prepared.prefix() != null) {
                        PruningCodes.Prefix prefix = codes.prefix;
                        lower = lower(codes, prefix.codes(), prepared.prefix(), prepared.offset(), prefix.tails());
                        assertBelow(lower, distances, query, what + ", prefix");
                    }
                }
            }
            free();
        }
    }

    private static float[] lower(
            PruningCodes codes, Int8Codes of, PruningCodes.Comparison query, float offset, Memory tails) {
        int[] sums = new int[Math.ceilDiv(ROWS, 64) * 64];
        codes.sums(query, of, 0, ROWS, sums);
        float[] scales = new float[ROWS];
        float[] terms = new float[ROWS];
        float[] tailValues = new float[ROWS];
        of.scales.get(0, scales, ROWS);
        codes.terms.get(0, terms, ROWS);
        if (tails != null) {
            tails.get(0, tailValues, ROWS);
        }
        float[] lower = new float[ROWS];
        Kernels.BEST
                .codes()
                .bounds(
                        sums,
                        ROWS,
                        scales,
                        terms,
                        tailValues,
                        query.factor(),
                        query.margin(),
                        query.tail(),
                        offset,
                        lower);
        return lower;
    }

    private static void assertBelow(float[] lower, Distances distances, Query query, String what) {
        for (int r = 0; r < ROWS; r++) {
            float distance = distances.compute(query, r);
            // A row without a code has a bound that is no number.
            assertThat(Float.isNaN(lower[r]) || lower[r] <= distance)
                    .as("%s, row %s: %s at most %s", what, r, lower[r], distance)
                    .isTrue();
        }
        long bounded = 0;
        for (float bound : lower) {
            bounded += Float.isNaN(bound) ? 0 : 1;
        }
        assertThat(bounded).as("rows with a bound, %s", what).isGreaterThan(ROWS / 2);
    }

    /** Products summed up one after the other: the order with the largest error. */
    @ParameterizedTest
    @EnumSource(names = {"COSINE", "DOT", "SQUARED_L2"})
    void productsBoundDistancesFromBothSides(Distances.Form form) {
        for (Data data : Data.values()) {
            // In few dimensions nothing but the margin for other rounding is left.
            d = data == Data.TIES ? 16 : data == Data.EMBEDDINGS ? 70 : 1 + random.nextInt(4);
            float[][] rows = rows(data);
            Distances distances = distances(form, rows);
            Bounds bounds = Objects.requireNonNull(distances.bounds());
            float[] scales = new float[ROWS];
            float[] terms = new float[ROWS];
            bounds.rows(0, ROWS, scales, terms);
            for (int i = 0; i < QUERIES; i++) {
                Query query = distances.prepare(query(rows, i), null);
                if (query.extreme) {
                    continue;
                }
                Bounds.OfQuery of = bounds.of(query);
                for (int r = 0; r < ROWS; r++) {
                    float product = 0;
                    for (int j = 0; j < d; j++) {
                        product += rows[r][j] * (query.values[j] * of.factor());
                    }
                    float lower = product * scales[r] + (terms[r] * of.termFactor() + of.offset());
                    float upper = lower + (terms[r] * of.slackFactor() + of.slack());
                    float distance = distances.compute(query, r);
                    assertThat(Float.isNaN(lower) || (lower <= distance && distance <= upper))
                            .as("%s of %s, row %s: %s..%s holds %s", form, data, r, lower, upper, distance)
                            .isTrue();
                }
            }
            free();
        }
    }

    /** Products as far off as whoever computes them admits, to either side. */
    @ParameterizedTest
    @EnumSource(names = {"COSINE", "DOT", "SQUARED_L2"})
    void coarseProductsBoundDistancesFromBothSides(Distances.Form form) {
        double error = 0x1p-10;
        for (Data data : Data.values()) {
            float[][] rows = rows(data);
            Distances distances = distances(form, rows);
            Bounds bounds = Objects.requireNonNull(distances.bounds(error));
            float[] scales = new float[ROWS];
            float[] terms = new float[ROWS];
            bounds.rows(0, ROWS, scales, terms);
            for (int i = 0; i < QUERIES; i++) {
                Query query = distances.prepare(query(rows, i), null);
                if (query.extreme) {
                    continue;
                }
                Bounds.OfQuery of = bounds.of(query);
                for (int r = 0; r < ROWS; r++) {
                    double off = (r % 2 == 0 ? error : -error) * Norms.of(rows[r]) * query.norm;
                    float product = (float) (product(rows[r], query.values) + off);
                    float lower = product * of.factor() * scales[r] + (terms[r] * of.termFactor() + of.offset());
                    float upper = lower + (terms[r] * of.slackFactor() + of.slack());
                    float distance = distances.compute(query, r);
                    assertThat(Float.isNaN(lower) || (lower <= distance && distance <= upper))
                            .as("%s of %s, row %s: %s..%s holds %s", form, data, r, lower, upper, distance)
                            .isTrue();
                }
            }
            free();
        }
    }

    private static double product(float[] x, float[] q) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += (double) x[i] * q[i];
        }
        return sum;
    }

    /** An extreme row is given up by all bounds, and only such a row. */
    @ParameterizedTest
    @EnumSource
    void extremeRowsHaveNoBound(Distances.Form form) {
        float[][] rows = Seeds.embeddings(random, ROWS, d);
        rows[7] = scaled(new float[][] {rows[7]}, 1e30f)[0];
        rows[4199] = scaled(new float[][] {rows[4199]}, 1e-30f)[0];
        rows[8] = new float[d];
        Distances distances = distances(form, rows);
        try (PruningCodes codes = Objects.requireNonNull(PruningCodesBuilder.build(distances, 1, Progress.NONE))) {
            Query query = distances.prepare(Seeds.reals(random, d), null);
            PruningCodes.Prepared prepared = codes.prepare(query);
            float[] lower = lower(codes, codes.full, prepared.full(), prepared.offset(), null);
            int[] none =
                    IntStream.range(0, ROWS).filter(r -> Float.isNaN(lower[r])).toArray();
            assertThat(none).isEqualTo(norms.extremes());
            assertThat(Arrays.stream(none).boxed()).contains(7, 4199);
        }
    }
}
