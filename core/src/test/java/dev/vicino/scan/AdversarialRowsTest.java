package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prepared;
import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Rows and queries made from the proof of {@link PruningCodes}, so that its inequalities are equalities, or nearly so: a bound that
 * were too high by a hair would exclude a neighbour here.
 */
@ExtendWith(Seeds.class)
final class AdversarialRowsTest {
    private static final int ROWS = PruningCodesBuilder.MIN_ROWS;

    /** Where a value lies between two codes: nearly in the middle, and exact in single precision. */
    private static final double RESIDUAL = 63.0 / 128;

    private static int dimension(Random random) {
        return 32 + random.nextInt(70);
    }

    /**
     * Every residual is parallel to the query, or opposite: r·q′ = ±‖r‖·‖q′‖. Every row is there with its opposite, so that the mean
     * is zero and the codes are what they are meant to be.
     */
    @ParameterizedTest
    @EnumSource(names = {"DOT", "SQUARED_L2"})
    void residualsParallelToTheQuery(Form form) {
        Random random = Seeds.random();
        int d = dimension(random);
        int[] signs = random.ints(d, 0, 2).map(bit -> 2 * bit - 1).toArray();
        float[][] values = new float[ROWS][d];
        for (int r = 0; r < ROWS; r += 2) {
            int length = random.nextInt(-126, 127);
            for (int i = 0; i < d; i++) {
                // The last row differ in one value only.
                int code = r < ROWS / 2 ? random.nextInt(-126, 127) : signs[i] * length;
                values[r][i] = (float) ((code + signs[i] * RESIDUAL) / 128);
            }
            values[r][random.nextInt(d)] = 127f / 128;
            for (int i = 0; i < d; i++) {
                values[r + 1][i] = -values[r][i];
            }
        }
        try (CodedRows rows = CodedRows.of(form, values)) {
            assertThat(rows.codes.mean).containsOnly(0f);
            for (float length : new float[] {1e-3f, 1, 1000}) {
                float[] query = new float[d];
                for (int i = 0; i < d; i++) {
                    query[i] = signs[i] * length;
                }
                assertThat(parallel(rows, 0, query))
                        .as("residual along the query")
                        .isGreaterThan(0.95);
                assertThat(parallel(rows, 1, query))
                        .as("residual along the query")
                        .isLessThan(-0.95);
                assertRight(rows, query);
            }
        }
    }

    /** The query is the residual of one row: of that row's code nothing is known in just the direction that is asked for. */
    @ParameterizedTest
    @EnumSource(names = "L1", mode = EnumSource.Mode.EXCLUDE)
    void queriesMadeOfResiduals(Form form) {
        Random random = Seeds.random();
        for (HardRows kind : new HardRows[] {HardRows.ISOTROPIC, HardRows.DOMINANT, HardRows.DECAYING}) {
            int d = dimension(random);
            try (CodedRows rows = CodedRows.of(form, kind.rows(random, ROWS, d))) {
                for (int i = 0; i < 5; i++) {
                    int row = i == 0 ? worst(rows) : random.nextInt(ROWS);
                    double[] residual = residual(rows, row);
                    // Long enough that the mean, which is added, does not turn it.
                    double length = i % 2 == 0 ? 1e4 : 1e8;
                    float[] query = new float[d];
                    for (int j = 0; j < d; j++) {
                        query[j] = (float) (rows.codes.mean[j] + residual[j] * length);
                    }
                    assertThat(parallel(rows, row, query))
                            .as("residual along the query")
                            .isGreaterThan(0.9);
                    assertRight(rows, query);
                }
            }
        }
    }

    /** Under L1 every value of the row and of the query is rounded away from the other: the bound is the distance, but for rounding. */
    @Test
    void differencesThatRoundingHides() {
        Random random = Seeds.random();
        int d = dimension(random);
        try (CodedRows rows = CodedRows.of(Form.L1, HardRows.ISOTROPIC.rows(random, ROWS, d))) {
            float scale = rows.codes.commonScale;
            for (int i = 0; i < 20; i++) {
                int row = random.nextInt(ROWS);
                double[] residual = residual(rows, row);
                int steps = 1 + random.nextInt(5);
                float[] query = new float[d];
                for (int j = 0; j < d; j++) {
                    double towards = Math.signum(residual[j]) * (steps - RESIDUAL);
                    query[j] = (float) (rows.codes.mean[j] + (rows.codes.full.get(row, j) + towards) * scale);
                }
                Query prepared = rows.query(query);
                float distance = rows.distances.compute(prepared, row);
                float bound = rows.boundsByCode(rows.codes.prepare(prepared))[row];
                assertThat(bound).as("bound of row %s", row).isBetween(distance * 0.9999f, distance);
                assertRight(rows, query);
            }
        }
    }

    /** Distances of which hundreds differ in their last bits alone, at the threshold as well. */
    @ParameterizedTest
    @EnumSource
    void distancesThatDifferInTheLastBit(Form form) {
        Random random = Seeds.random();
        int d = dimension(random);
        float[] usual = Seeds.reals(random, d);
        float[][] values = new float[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            values[r] = usual.clone();
            int place = random.nextInt(d);
            int bits = random.nextInt(-64, 65);
            values[r][place] = Float.intBitsToFloat(Float.floatToRawIntBits(usual[place]) + bits);
        }
        try (CodedRows rows = CodedRows.of(form, values)) {
            float[] query = Seeds.reals(random, d);
            float[] distances = rows.distances(rows.query(query));
            Arrays.sort(distances);
            // One that has others an ulp on either side, where there is such; the one in the middle else.
            int rank = IntStream.range(0, ROWS)
                    .filter(i -> Arrays.binarySearch(distances, Math.nextUp(distances[i])) >= 0)
                    .filter(i -> Arrays.binarySearch(distances, Math.nextDown(distances[i])) >= 0)
                    .findFirst()
                    .orElse(ROWS / 2);
            float threshold = distances[rank];
            assertRight(rows, query);
            assertSame(rows, query, new Goal.KNearest(rank + 1));
            for (float radius : new float[] {threshold, Math.nextUp(threshold), Math.nextDown(threshold)}) {
                assertSame(rows, query, new Goal.Within(radius));
            }
        }
    }

    /** No bound is above its distance, and a search finds what a scan finds. */
    private static void assertRight(CodedRows rows, float[] values) {
        Query query = rows.query(values);
        Prepared prepared = rows.codes.prepare(query);
        float[] distances = rows.distances(query);
        assertLower(rows.boundsByCode(prepared), distances);
        Comparison byPrefix = prepared.prefix();
        if (rows.codes.prefix != null && byPrefix != null) {
            assertLower(rows.boundsByPrefix(prepared, rows.codes.prefix, byPrefix), distances);
        }
        for (int k : new int[] {1, 2, 10, 100}) {
            assertSame(rows, values, new Goal.KNearest(k));
        }
    }

    private static void assertLower(float[] lower, float[] distances) {
        int[] wrong = IntStream.range(0, ROWS)
                .filter(row -> !(lower[row] <= distances[row]))
                .toArray();
        assertThat(wrong).as("rows with a bound above their distance").isEmpty();
    }

    private static void assertSame(CodedRows rows, float[] query, Goal goal) {
        Hits expected = ExactScan.plain(rows.distances, Ids.ORDINALS).search(query, goal, null, 1, Stop.NEVER);
        Nearest nearest = goal.collect(Ids.ORDINALS);
        for (boolean usePrefix : new boolean[] {false, true}) {
            PrunedScan scan = new PrunedScan(
                    rows.distances, rows.codes, rows.query(query), usePrefix, nearest, new PrunedScan.Scratch(ROWS));
            scan.search(0, ROWS);
            Hits found = nearest.drain(new Hits.Work("", 0, 0));
            String what = goal + (usePrefix ? " by prefix" : " by code");
            assertThat(found.ordinals()).as(what).isEqualTo(expected.ordinals());
            assertThat(found.distances()).as(what).isEqualTo(expected.distances());
        }
    }

    /** r of the proof: what a row has that its code has not. */
    private static double[] residual(CodedRows rows, int row) {
        double[] residual = rows.centred(row);
        Int8Codes full = rows.codes.full;
        for (int i = 0; i < residual.length; i++) {
            residual[i] -= (double) full.scales.get(row) * full.get(row, i);
        }
        return residual;
    }

    /** r·q′ as a share of ‖r‖·‖q′‖, the most that the proof takes it for. */
    private static double parallel(CodedRows rows, int row, float[] query) {
        double[] residual = residual(rows, row);
        Query prepared = rows.query(query);
        double factor = rows.codes.form == Form.COSINE ? 1 / prepared.norm : 1;
        double product = 0;
        double square = 0;
        double residualSquare = 0;
        for (int i = 0; i < residual.length; i++) {
            double centred = query[i] * factor - rows.codes.mean[i];
            product += residual[i] * centred;
            square += centred * centred;
            residualSquare += residual[i] * residual[i];
        }
        return product / Math.sqrt(square * residualSquare);
    }

    /** The row whose residual is the longest for its scale, ε of the proof. */
    private static int worst(CodedRows rows) {
        int worst = 0;
        double longest = 0;
        for (int row = 0; row < ROWS; row++) {
            double length = 0;
            for (double value : residual(rows, row)) {
                length += value * value;
            }
            length = Math.sqrt(length) / rows.codes.full.scales.get(row);
            if (length > longest) {
                longest = length;
                worst = row;
            }
        }
        assertThat(longest).as("longest error").isCloseTo(rows.codes.full.facts.maxError, within(1e-6));
        return worst;
    }
}
