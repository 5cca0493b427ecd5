package dev.vicino.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.kernel.Codes;
import dev.vicino.kernel.Codes.Layout;
import dev.vicino.kernel.Kernels;
import dev.vicino.scan.Int8Codes.Quantised;
import dev.vicino.testing.Seeds;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows and queries in whole numbers: near to what they stand for, and never so large that the sum of a segment leaves 16 bits. */
@Tag("kernel")
@ExtendWith(Seeds.class)
final class Int8CodesTest {
    private static final int ROWS = 70;

    static Stream<Arguments> layouts() {
        return Stream.of(Layout.values())
                .flatMap(layout ->
                        IntStream.of(1, 32, 33, 64, 96, 300, 384, 385, 1536).mapToObj(d -> Arguments.of(layout, d)));
    }

    private static Int8Codes encode(double[][] rows, Layout layout) {
        int d = rows[0].length;
        Int8Codes codes = Int8Codes.allocate(rows.length, d, layout);
        Int8Codes.Encoder encoder = codes.new Encoder();
        for (int r = 0; r < rows.length; r++) {
            encoder.encode(r, rows[r], d);
        }
        encoder.finish();
        return codes;
    }

    private static double[] reals(Random random, int d, double deviation) {
        return random.doubles(d).map(_ -> deviation * random.nextGaussian()).toArray();
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void segmentsOfRandomRowsFit(Layout layout, int d) {
        Random random = Seeds.random();
        double[][] rows = new double[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = reals(random, d, Math.exp(10 * random.nextGaussian()));
            for (int i = 0; i < d && r % 3 == 0; i++) {
                rows[r][i] *= random.nextInt(20) == 0 ? 100 : 0.01;
            }
        }
        try (Int8Codes codes = encode(rows, layout)) {
            for (int i = 0; i < 20; i++) {
                double[] query = i % 4 == 0 ? rows[random.nextInt(ROWS)].clone() : reals(random, d, 1);
                for (int j = 0; j < d && i % 4 == 3; j++) {
                    query[j] = Math.signum(query[j]); // of the largest norm for its values
                }
                assertSumsFit(codes, query);
            }
        }
    }

    /** Rows and queries of one sign that have all their length in one segment: nothing cancels. */
    @ParameterizedTest
    @MethodSource("layouts")
    void segmentsThatHaveEverythingFit(Layout layout, int d) {
        Random random = Seeds.random();
        int width = Codes.width(d);
        int segment = layout.segment(width, random.nextInt(d));
        double[][] rows = new double[ROWS][d];
        double[] query = new double[d];
        for (int i = 0; i < d; i++) {
            boolean inside = layout.segment(width, i) == segment;
            query[i] = inside ? 1 : 0;
            for (int r = 0; r < ROWS; r++) {
                rows[r][i] = (inside ? 1 : r % 2 * 0.001) * (r % 3 == 0 ? -1 : 1);
            }
        }
        try (Int8Codes codes = encode(rows, layout)) {
            int largest = assertSumsFit(codes, query);
            assertThat(largest)
                    .as("the largest sum, which ought to use the 16 bits")
                    .isGreaterThan(30_000);
            for (double length : new double[] {1e-300, 1e-30, 1e-3, 1e30}) {
                double[] scaled = query.clone();
                for (int i = 0; i < d; i++) {
                    scaled[i] *= length * (random.nextInt(5) == 0 ? 1 + 1e-3 : 1);
                }
                assertSumsFit(codes, scaled);
            }
        }
    }

    /** Also of what a sum comes to on the way; returns the largest there was. */
    private static int assertSumsFit(Int8Codes codes, double[] query) {
        int d = query.length;
        int width = codes.codes.width();
        Layout layout = codes.codes.layout();
        Quantised quantised = codes.quantise(query, d);
        int[] exact = new int[ROWS];
        int largest = 0;
        for (int r = 0; r < ROWS; r++) {
            int[] sums = new int[layout.segments(width)];
            for (int i = 0; i < d; i++) {
                int segment = layout.segment(width, i);
                sums[segment] += codes.get(r, i) * quantised.values()[layout.place(width, i)];
                largest = Math.max(largest, Math.abs(sums[segment]));
            }
            exact[r] = IntStream.of(sums).sum();
        }
        assertThat(largest).as("the largest sum of a segment").isLessThanOrEqualTo(Short.MAX_VALUE);
        int[] sums = new int[2 * Codes.BLOCK];
        if (layout == Layout.ROWS) {
            Kernels.BEST.codes().dot(quantised.values(), codes.codes, 0, ROWS, sums);
        } else {
            Kernels.BEST.codes().dotBlocks(quantised.values(), codes.codes, 0, ROWS, sums);
        }
        assertThat(sums).startsWith(exact);
        assertError(query, quantised, layout, width);
        return largest;
    }

    /** What is said of the rounding of a query is so. */
    private static void assertError(double[] query, Quantised quantised, Layout layout, int width) {
        double square = 0;
        double absolute = 0;
        for (int i = 0; i < query.length; i++) {
            double difference =
                    query[i] - (double) quantised.scale() * quantised.values()[layout.place(width, i)];
            square += difference * difference;
            absolute += Math.abs(difference);
        }
        assertThat(quantised.error()).isCloseTo(Math.sqrt(square), within(1e-9 * Math.sqrt(square)));
        assertThat(quantised.absoluteError()).isCloseTo(absolute, within(1e-9 * absolute));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void aCodeIsTheNearestWholeNumber(Layout layout, int d) {
        Random random = Seeds.random();
        double[][] rows = new double[ROWS][];
        for (int r = 0; r < ROWS; r++) {
            rows[r] = reals(random, d, Math.exp(10 * random.nextGaussian()));
        }
        try (Int8Codes codes = encode(rows, layout)) {
            double maxError = 0;
            double maxNorm = 0;
            for (int r = 0; r < ROWS; r++) {
                float scale = codes.scales.get(r);
                double error = 0;
                int norm = 0;
                for (int i = 0; i < d; i++) {
                    int code = codes.get(r, i);
                    double difference = rows[r][i] / scale - code;
                    assertThat(code).isBetween(-127, 127);
                    assertThat(Math.abs(difference))
                            .as("row %s, value %s", r, i)
                            .isLessThan(0.5001);
                    error += difference * difference;
                    norm += code * code;
                }
                maxError = Math.max(maxError, Math.sqrt(error));
                maxNorm = Math.max(maxNorm, Math.sqrt(norm));
            }
            assertThat(codes.facts.maxError).isCloseTo(maxError, within(1e-9 * maxError));
            assertThat(codes.facts.maxNorm).isCloseTo(maxNorm, within(1e-9 * maxNorm));
        }
    }

    @Test
    void valuesBeyondTheLargestCodeAreClampedAndTold() {
        try (Int8Codes codes = Int8Codes.allocate(2, 3, Layout.ROWS)) {
            Int8Codes.Encoder encoder = codes.new Encoder();
            double error = encoder.encode(0, new double[] {1000, -1000, 2.25}, 3, 2);
            assertThat(new int[] {codes.get(0, 0), codes.get(0, 1), codes.get(0, 2)})
                    .containsExactly(127, -127, 1);
            assertThat(error).isEqualTo(746 + 746 + 0.25);
            codes.skip(1);
            assertThat(codes.scales.get(1)).isNaN();
        }
    }

    /** A query far away is clamped under L1, and says by how much. */
    @Test
    void aQueryBeyondTheLargestIsClampedAndTold() {
        try (Int8Codes codes = Int8Codes.allocate(1, 3, Layout.ROWS)) {
            Quantised query = codes.round(new double[] {1e6, -1e6, 3.5}, 3, 1, 2000);
            assertThat(query.values()).startsWith((short) 2000, (short) -2000, (short) 4);
            assertThat(query.absoluteError()).isEqualTo(2 * 998_000 + 0.5);
            assertThat(query.error()).isCloseTo(998_000 * Math.sqrt(2), within(1e-3));
        }
    }

    /** Rows and queries of nothing, or of next to nothing, have a scale all the same. */
    @Test
    void zerosHaveCodes() {
        try (Int8Codes codes =
                encode(new double[][] {new double[40], reals(Seeds.random(), 40, 1e-200)}, Layout.ROWS)) {
            assertThat(codes.scales.get(0)).isPositive();
            assertThat(codes.scales.get(1)).isPositive();
            for (double deviation : new double[] {0, 1e-300, 1e-40}) {
                Quantised query = codes.quantise(reals(Seeds.random(), 40, deviation), 40);
                assertThat(query.scale()).isPositive();
                assertThat(query.error()).isLessThanOrEqualTo(1e-28);
            }
        }
    }
}
