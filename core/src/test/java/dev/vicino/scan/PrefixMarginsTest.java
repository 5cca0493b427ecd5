package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prefix;
import dev.vicino.scan.PruningCodes.Prepared;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Margins of the prefix that other data hide behind the errors of codes: here codes are exact, or nearly, and the rows lie within the
 * directions.
 */
@ExtendWith(Seeds.class)
final class PrefixMarginsTest {
    private static final int ROWS = 1024;
    private static final int D = 64;
    private static final int P = 32;

    /** Queries of a batch, enough for whole groups at every width. */
    private static final int BATCH = 64;

    /** A direction of this length is nearly as far from orthonormal ones as an index takes them. */
    private static final float LONG = 1.0049f;

    private final Random random = Seeds.random();

    /** Some axes, the first of a given length. */
    private static float[] axes(float length) {
        float[] basis = new float[P * D];
        basis[0] = length;
        for (int i = 1; i < P; i++) {
            basis[i * D + i] = 1;
        }
        return basis;
    }

    /** So many values of 1 and −1 in a row of zeros, and each row with its opposite, so that the mean is zero. */
    private float[][] oppositeRows(int set) {
        float[][] rows = new float[ROWS][D];
        for (int r = 0; r < ROWS; r += 2) {
            for (int i = 0; i < set; i++) {
                int place = r / 2 % (P / set) * set + i;
                rows[r][place] = random.nextBoolean() ? 1 : -1;
                rows[r + 1][place] = -rows[r][place];
            }
        }
        return rows;
    }

    /** The product of the coordinates of opposite vectors is below their own, and there is no tail to make up for it: κ alone does. */
    @ParameterizedTest
    @EnumSource(
            value = Form.class,
            names = {"COSINE", "DOT", "SQUARED_L2"})
    void directionsMayBeTooLong(Form form) {
        float[][] values = oppositeRows(1);
        try (CodedRows rows = CodedRows.of(form, values, axes(LONG))) {
            assertBelow(rows, values[1], 0);
            assertBatchFinds(rows, values[1], 0);
        }
    }

    /** A batch has these rows as whole numbers without error, four of 89 each. The query is rounded down by nearly half a unit just where the row has its values. */
    @Test
    void roundingOfAQueryMayBeAlongTheRow() {
        float[][] values = oppositeRows(4);
        try (CodedRows rows = CodedRows.of(Form.DOT, values, axes(1))) {
            for (int row = 0; row < ROWS; row += 101) {
                float[] query = new float[D];
                double square = 0;
                for (int i = 0; i < P; i++) {
                    query[i] = values[row][i] * 10.49f;
                    square += query[i] * query[i];
                }
                // The unit is 1 when the query has this length; the rest of it is where the row is zero.
                double length = SegmentedShorts.LONGEST - 2;
                query[free(values[row])] = (float) Math.sqrt(length * length - square);
                double[] coordinates = new double[P];
                Arrays.setAll(coordinates, i -> query[i]);
                assertThat((double) SegmentedShorts.of(coordinates).scale())
                        .as("unit of the query")
                        .isCloseTo(1, within(1e-4));
                assertBatchFinds(rows, query, row);
            }
        }
    }

    private static int free(float[] row) {
        int place = 0;
        while (row[place] != 0) {
            place++;
        }
        return place;
    }

    private static void assertBelow(CodedRows rows, float[] values, int row) {
        Query query = rows.query(values);
        Prepared prepared = rows.codes.prepare(query);
        Prefix prefix = rows.codes.prefix;
        Comparison comparison = prepared.prefix();
        assertThat(prefix).isNotNull();
        assertThat(comparison).isNotNull();
        assertThat(rows.boundsByPrefix(prepared, prefix, comparison)[row])
                .as("bound of row %s, %s", row, rows.codes.form)
                .isLessThanOrEqualTo(rows.distances.compute(query, row));
    }

    /** What is within just the distance of a row has that row among it. */
    private static void assertBatchFinds(CodedRows rows, float[] values, int row) {
        Query query = rows.query(values);
        float radius = rows.distances.compute(query, row);
        Prefix prefix = rows.codes.prefix;
        assertThat(prefix).isNotNull();
        Query[] queries = new Query[BATCH];
        Nearest[] nearest = new Nearest[BATCH];
        Arrays.fill(queries, query);
        Arrays.setAll(nearest, i -> new WithinRadius(radius, Ids.ORDINALS));
        PrunedBatch batch = new PrunedBatch(rows.distances, rows.codes, prefix, queries, nearest, new DeferredPairs());
        batch.search(0, ROWS);
        batch.finish();
        for (Nearest of : nearest) {
            assertThat(of.drain(new Hits.Work("", 0, 0)).ordinals())
                    .as("within %s, %s", radius, rows.codes.form)
                    .contains(row);
        }
    }
}
