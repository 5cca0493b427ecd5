package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.PruningCodes.Comparison;
import dev.vicino.scan.PruningCodes.Prefix;
import dev.vicino.scan.PruningCodes.Prepared;
import dev.vicino.testing.HardRows;
import dev.vicino.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the proofs of {@link PruningCodes}, {@link Bounds} and {@link PrunedBatch} promise, on millions of pairs of row and query. */
@ExtendWith(Seeds.class)
final class PruningBoundsTest {
    private static final int ROWS = PruningCodesBuilder.MIN_ROWS + 150;
    private static final int[] DIMENSIONS = {32, 33, 48, 64, 100, 130};
    private static final int QUERIES = 3;
    private static final double FAINT = 1e-3;

    /** Queries of a batch, enough for whole groups at every width. */
    private static final int BATCH = 64;

    static Stream<Arguments> kinds() {
        List<Arguments> kinds = new ArrayList<>();
        for (HardRows kind : HardRows.values()) {
            for (Form form : Form.values()) {
                kinds.add(Arguments.of(kind, form, DIMENSIONS[kinds.size() % DIMENSIONS.length]));
            }
        }
        return kinds.stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void noBoundIsOnTheWrongSide(HardRows kind, Form form, int d) {
        Random random = Seeds.random();
        try (CodedRows rows = CodedRows.of(form, kind.rows(random, ROWS, d))) {
            assertBounds(random, rows);
        }
    }

    private static void assertBounds(Random random, CodedRows rows) {
        PruningCodes codes = rows.codes;
        for (Query query : usual(random, rows, QUERIES)) {
            Prepared prepared = codes.prepare(query);
            float[] distances = rows.distances(query);
            float[] byCode = rows.boundsByCode(prepared);
            assertLower("whole code", byCode, distances, rows);
            assertLower("code of one row", boundsOneByOne(prepared, rows), distances, rows);
            if (codes.prefix != null && prepared.prefix() != null) {
                assertLower("prefix", rows.boundsByPrefix(prepared, codes.prefix, prepared.prefix()), distances, rows);
            }
            Bounds bounds = rows.distances.bounds();
            if (bounds != null) {
                assertProductBounds(random, bounds, query, distances, rows);
            }
        }
    }

    private static List<Query> usual(Random random, CodedRows rows, int count) {
        List<Query> usual = new ArrayList<>();
        for (float[] values : HardRows.queries(random, rows.values, count)) {
            Query query = rows.query(values);
            if (!query.extreme) {
                usual.add(query);
            }
        }
        return usual;
    }

    /** A bound that is NaN excludes nothing that is not extreme. */
    private static void assertLower(String what, float[] lower, float[] distances, CodedRows rows) {
        Norms norms = rows.distances.norms;
        for (int row = 0; row < ROWS; row++) {
            boolean extreme = norms.nextExtreme(row) == row;
            if (extreme ? !Float.isNaN(lower[row]) : !(lower[row] <= distances[row])) {
                assertThat(lower[row])
                        .as(
                                "lower bound by %s of row %s (extreme: %s), %s of %s values",
                                what, row, extreme, rows.codes.form, rows.dimension())
                        .isLessThanOrEqualTo(distances[row]);
            }
        }
    }

    /** As rows are looked at again when a coarser bound left them. */
    private static float[] boundsOneByOne(Prepared query, CodedRows rows) {
        PruningCodes codes = rows.codes;
        Comparison full = query.full();
        int[] sum = new int[1];
        float[] lower = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            codes.sums(full, codes.full, row, 1, sum);
            float product = codes.full.scales.get(row) * (full.factor() * sum[0] + full.margin());
            lower[row] = query.offset() + codes.terms.get(row) - product;
        }
        return lower;
    }

    /** From products summed up in any order. */
    private static void assertProductBounds(
            Random random, Bounds bounds, Query query, float[] distances, CodedRows rows) {
        Bounds.OfQuery of = bounds.of(query);
        float[] scales = new float[ROWS];
        float[] terms = new float[ROWS];
        bounds.rows(0, ROWS, scales, terms);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < rows.dimension(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, random);
        int[] places = order.stream().mapToInt(Integer::intValue).toArray();
        boolean fused = random.nextBoolean();
        float[] lower = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            float product = 0;
            for (int i : places) {
                float x = rows.values[row][i];
                float q = query.values[i] * of.factor();
                product = fused ? Math.fma(x, q, product) : product + x * q;
            }
            lower[row] = product * scales[row] + (terms[row] * of.termFactor() + of.offset());
            float upper = lower[row] + (terms[row] * of.slackFactor() + of.slack());
            if (upper < distances[row]) {
                assertThat(upper).as("upper bound of row %s", row).isGreaterThanOrEqualTo(distances[row]);
            }
        }
        assertLower("product", lower, distances, rows);
    }

    /** Where a prefix pays, as with a faint tail, and where none would be chosen. */
    @ParameterizedTest
    @EnumSource
    void noBoundByAPrefixIsOnTheWrongSide(HardRows kind) {
        Random random = Seeds.random();
        for (Form form : new Form[] {Form.COSINE, Form.DOT, Form.SQUARED_L2}) {
            float[][] values = kind.rowsWithTails(random, ROWS, 32, 128, FAINT);
            try (CodedRows rows = CodedRows.of(form, values, 32)) {
                Prefix prefix = rows.codes.prefix;
                assertThat(prefix).as("prefix for %s", form).isNotNull();
                assertBounds(random, rows);
                for (Query query : usual(random, rows, QUERIES)) {
                    assertFound(random, rows, prefix, query);
                }
            }
        }
    }

    /** A batch finds every row whose distance is just the radius, and those nearer: the bound of none of them is larger. */
    private static void assertFound(Random random, CodedRows rows, Prefix prefix, Query query) {
        float[] distances = rows.distances(query);
        float[] sorted = distances.clone();
        Arrays.sort(sorted);
        Query[] queries = new Query[BATCH];
        Nearest[] within = new Nearest[BATCH];
        float[] radii = new float[BATCH];
        for (int i = 0; i < BATCH; i++) {
            radii[i] = sorted[(int) (Math.exp(random.nextDouble() * Math.log(ROWS)) / 4)];
            queries[i] = query;
            within[i] = new WithinRadius(radii[i], Ids.ORDINALS);
        }
        PrunedBatch batch = new PrunedBatch(rows.distances, rows.codes, prefix, queries, within, new DeferredPairs());
        batch.search(0, ROWS);
        batch.finish();
        for (int i = 0; i < BATCH; i++) {
            float radius = radii[i];
            int[] expected = IntStream.range(0, ROWS)
                    .filter(row -> distances[row] <= radius && rows.distances.norms.nextExtreme(row) != row)
                    .toArray();
            int[] found = within[i].drain(new Hits.Work("", 0, 0)).ordinals();
            Arrays.sort(found);
            assertThat(found).as("%s, within %s", rows.codes.form, radius).isEqualTo(expected);
        }
    }
}
