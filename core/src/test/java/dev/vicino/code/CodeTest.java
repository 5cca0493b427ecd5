package dev.vicino.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances.Form;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What codes tell of distances: right on average, and as far off as they say. At every width, and without SIMD. */
@Tag("kernel")
@Tag("scalar")
@ExtendWith(Seeds.class)
final class CodeTest {
    private static final int ROWS = 250;
    private static final int QUERIES = 400;

    private final Random random = Seeds.random();

    /** Codes of some rows, in slots of their own. */
    private record Coded(Code code, Memory memory, Slots slots) implements AutoCloseable {
        static Coded of(CodeKind kind, Form form, Sphere sphere, float[][] rows) {
            Code code = Codes.learn(kind, form, rows[0].length, sphere, sample(rows), 1);
            return of(code, rows);
        }

        static Coded of(Code code, float[][] rows) {
            int bytes = (code.bytes() + 63) / 64 * 64;
            Memory memory = Memory.allocate((long) bytes * rows.length);
            Slots slots = Slots.empty(bytes, 4).with(memory);
            Code.Encoder encoder = code.encoder();
            for (int r = 0; r < rows.length; r++) {
                encoder.encode(rows[r], slots.base(r), slots.at(r));
            }
            return new Coded(code, memory, slots);
        }

        /** Estimates of all rows. */
        float[] score(Scorer scorer, int count) {
            float[] out = new float[count];
            scorer.score(IntStream.range(0, count).toArray(), count, out);
            return out;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    /** All codes of some bits a value. */
    private static CodeKind kind(int bits) {
        return bits == Byte.SIZE ? new CodeKind.Int8() : new CodeKind.RaBitQ(bits);
    }

    private static Sample sample(float[][] rows) {
        return new Sample() {
            @Override
            public int size() {
                return rows.length;
            }

            @Override
            public void copy(int place, float[] into) {
                System.arraycopy(rows[place], 0, into, 0, into.length);
            }
        };
    }

    private static double dot(float[] a, float[] b) {
        return IntStream.range(0, a.length)
                .mapToDouble(i -> (double) a[i] * b[i])
                .sum();
    }

    /** The inner distance by its definition. */
    private static double distance(Form form, float[] x, float[] q) {
        return switch (form) {
            case COSINE -> -dot(x, q) / Math.sqrt(dot(x, x) * dot(q, q));
            case DOT -> -dot(x, q);
            case SQUARED_L2 -> dot(x, x) - 2 * dot(x, q) + dot(q, q);
            case L1 ->
                IntStream.range(0, x.length)
                        .mapToDouble(i -> Math.abs((double) x[i] - q[i]))
                        .sum();
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 63, 64, 65, 100, 128, 384, 768, 1000, 1536})
    void aRotationKeepsLengthsAndAngles(int d) {
        Rotation rotation = new Rotation(d, random.nextLong());
        int turned = rotation.turned();
        assertThat(turned).isEqualTo((d + 63) / 64 * 64);
        float[][] rows = Points.gaussian(random, 20, d);
        float[][] out = new float[20][turned];
        for (int r = 0; r < 20; r++) {
            float[] before = rows[r].clone();
            rotation.turn(rows[r], out[r], new float[turned]);
            assertThat(rows[r]).isEqualTo(before);
        }
        for (int a = 0; a < 20; a++) {
            for (int b = 0; b < 20; b++) {
                double lengths = Math.sqrt(dot(rows[a], rows[a]) * dot(rows[b], rows[b]));
                assertThat(dot(out[a], out[b]) / lengths).isCloseTo(dot(rows[a], rows[b]) / lengths, within(1e-5));
            }
        }
    }

    /** One value alone becomes one in which all take part. */
    @ParameterizedTest
    @ValueSource(ints = {64, 100, 128, 384, 768})
    void aRotationSpreadsEveryValue(int d) {
        Rotation rotation = new Rotation(d, 7);
        for (int i = 0; i < d; i += 13) {
            float[] unit = new float[d];
            unit[i] = 1;
            float[] out = new float[rotation.turned()];
            rotation.turn(unit, out, new float[rotation.turned()]);
            float largest = 0;
            for (float value : out) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).as("largest of value %s alone", i).isLessThan(0.8f);
        }
    }

    static Stream<Arguments> codes() {
        return Stream.of(
                        new CodeKind.Int8(),
                        new CodeKind.Float16(),
                        new CodeKind.RaBitQ(1),
                        new CodeKind.RaBitQ(2),
                        new CodeKind.RaBitQ(3),
                        new CodeKind.RaBitQ(4),
                        new CodeKind.RaBitQ(6),
                        new CodeKind.RaBitQ(8),
                        new CodeKind.Product(new TurnKind.None(), 9, 4, false),
                        new CodeKind.Product(new TurnKind.Random(), 16, 4, false))
                .flatMap(kind -> Stream.of(Form.values())
                        .filter(form ->
                                form != Form.L1 || kind instanceof CodeKind.Int8 || kind instanceof CodeKind.Float16)
                        .map(form -> Arguments.of(kind, form)));
    }

    /** Over many pairs, divided by the error that is told of each: no bias, and a deviation of about one. */
    @ParameterizedTest
    @MethodSource("codes")
    void estimatesAreRightOnAverageAndAsFarOffAsTheySay(CodeKind kind, Form form) {
        for (int d : new int[] {64, 100, 384}) {
            float[][] rows = Points.gaussian(random, ROWS, d);
            for (int r = 0; r < ROWS; r++) {
                rows[r] = Points.moved(Points.scaled(rows[r], 1 + 0.5 * random.nextDouble()), 0.5f);
            }
            try (Coded coded = Coded.of(kind, form, new Sphere(0), rows)) {
                Scorer scorer = coded.code.scorer(coded.slots);
                double sum = 0;
                double square = 0;
                float least = Float.MAX_VALUE;
                for (int q = 0; q < QUERIES; q++) {
                    float[] query = Points.moved(Seeds.reals(random, d), 0.5f);
                    scorer.prepare(query);
                    float[] estimates = coded.score(scorer, ROWS);
                    for (int r = 0; r < ROWS; r++) {
                        float error = scorer.error(r);
                        least = Math.min(least, error);
                        double off = (estimates[r] - distance(form, rows[r], query)) / error;
                        sum += off;
                        square += off * off;
                    }
                }
                assertThat(least).isPositive();
                double count = QUERIES * ROWS;
                assertThat(sum / count).as("bias, d = %s", d).isBetween(-0.5, 0.5);
                assertThat(Math.sqrt(square / count)).as("deviation, d = %s", d).isBetween(0.6, 1.7);
            }
        }
    }

    /** More bits, less error: by a third or less for each bit. */
    @Test
    void moreBitsTellMore() {
        float[][] rows = Points.gaussian(random, ROWS, 128);
        double before = Double.POSITIVE_INFINITY;
        for (int bits : new int[] {1, 2, 3, 4, 8}) {
            try (Coded coded = Coded.of(kind(bits), Form.SQUARED_L2, new Sphere(0), rows)) {
                Scorer scorer = coded.code.scorer(coded.slots);
                double square = 0;
                for (int q = 0; q < QUERIES; q++) {
                    float[] query = Seeds.reals(random, 128);
                    scorer.prepare(query);
                    float[] estimates = coded.score(scorer, ROWS);
                    for (int r = 0; r < ROWS; r++) {
                        double off = estimates[r] - distance(Form.SQUARED_L2, rows[r], query);
                        square += off * off;
                    }
                }
                assertThat(square).as("%s bits", bits).isLessThan(0.5 * before);
                before = square;
            }
        }
    }

    /** As points of a sphere, nodes are at the distance of their products and their heights. */
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void nodesOfTheDotProductAreComparedOnASphere(int bits) {
        CodeKind kind = kind(bits);
        int d = 128;
        float[][] rows = Points.withLogNormalNorms(random, Points.gaussian(random, ROWS, d), 0.5);
        Sphere sphere = new Sphere(1.5f);
        try (Coded coded = Coded.of(kind, Form.DOT, sphere, rows)) {
            Scorer scorer = coded.code.scorer(coded.slots);
            scorer.prepareNode(rows[0]);
            float[] estimates = coded.score(scorer, ROWS);
            for (int r = 0; r < ROWS; r++) {
                double expected = -dot(rows[r], rows[0]) - (double) sphere.height(rows[r]) * sphere.height(rows[0]);
                assertThat((double) estimates[r]).isCloseTo(expected, within(8.0 * scorer.error(r) + 1e-4));
            }
            scorer.prepare(rows[0]);
            assertThat((double) coded.score(scorer, 1)[0])
                    .as("a query lies on the equator")
                    .isCloseTo(-dot(rows[0], rows[0]), within(8.0 * scorer.error(0) + 1e-4));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aByteIsOffByHalfAStepAtMost(Form form) {
        for (int d : new int[] {1, 5, 16, 17, 100}) {
            float[][] rows = Points.gaussian(random, ROWS, d);
            try (Coded coded = Coded.of(new CodeKind.Int8(), form, new Sphere(0), rows)) {
                Scorer scorer = coded.code.scorer(coded.slots);
                float[] steps = Arrays.copyOf(coded.code.parameters(), d);
                for (int i = 0; i < d; i++) {
                    // The product with a unit vector is a value of the code; with it a distance is one of one value.
                    float[] unit = new float[d];
                    unit[i] = 1;
                    scorer.prepare(unit);
                    float[] estimates = coded.score(scorer, ROWS);
                    for (int r = 0; r < ROWS && (form == Form.DOT || form == Form.COSINE); r++) {
                        double length = form == Form.COSINE ? Math.sqrt(dot(rows[r], rows[r])) : 1;
                        assertThat((double) -estimates[r])
                                .as("value %s of row %s", i, r)
                                .isCloseTo(rows[r][i] / length, within(0.5001 * steps[i] + 1e-6));
                    }
                }
                double most = IntStream.range(0, d).mapToDouble(i -> steps[i]).sum() / 2;
                double mostSquare = IntStream.range(0, d)
                                .mapToDouble(i -> (double) steps[i] * steps[i])
                                .sum()
                        / 4;
                for (int r = 0; r < ROWS; r++) {
                    scorer.prepare(rows[r]);
                    float[] own = coded.score(scorer, ROWS);
                    if (form == Form.L1) {
                        assertThat((double) own[r]).isLessThanOrEqualTo(1.0001 * most);
                    } else if (form == Form.SQUARED_L2) {
                        assertThat((double) own[r]).isLessThanOrEqualTo(1.0001 * mostSquare);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void aCodeIsReadAsItWasWritten(CodeKind kind, Form form) {
        int d = 70;
        float[][] rows = Points.gaussian(random, ROWS, d);
        Sphere sphere = new Sphere(9);
        try (Coded coded = Coded.of(kind, form, sphere, rows);
                Memory parameters = Memory.of(coded.code.parameters())) {
            Code read = Codes.open(kind, form, d, sphere, parameters);
            assertThat(read).isNotNull();
            try (Coded again = Coded.of(read, rows)) {
                assertThat(again.memory.segment().mismatch(coded.memory.segment()))
                        .isEqualTo(-1);
                Scorer first = coded.code.scorer(coded.slots);
                Scorer second = read.scorer(again.slots);
                first.prepare(rows[3]);
                second.prepare(rows[3]);
                assertThat(again.score(second, ROWS)).isEqualTo(coded.score(first, ROWS));
                assertThat(second.error(5)).isEqualTo(first.error(5));
            }
            int right = coded.code.parameters().length;
            for (int length : new int[] {0, right - 1, right + 1, d, d + 1, 1000}) {
                assertThat(length).isNotEqualTo(right);
                try (Memory wrong = Memory.of(new float[length])) {
                    assertThat(Codes.open(kind, form, d, sphere, wrong))
                            .as("%s parameters", length)
                            .isNull();
                }
            }
            float[] notFinite = coded.code.parameters();
            notFinite[notFinite.length / 2] = Float.NaN;
            try (Memory wrong = Memory.of(notFinite)) {
                assertThat(Codes.open(kind, form, d, sphere, wrong)).isNull();
            }
        }
    }

    /** Nothing to learn from, nothing but zeros, the same over and over, and what no float can hold the square of. */
    @ParameterizedTest
    @MethodSource("codes")
    void anyRowsHaveACode(CodeKind kind, Form form) {
        int d = 20;
        float[] row = Seeds.reals(random, d);
        float[][][] samples = {
            {},
            {row},
            {new float[d], new float[d]},
            {row, row, row},
            {Points.scaled(row, 1e37), Points.scaled(row, -1e37), Points.scaled(row, 1e-40), row}
        };
        for (float[][] rows : samples) {
            Code code = Codes.learn(kind, form, d, new Sphere(1), sample(rows), 1);
            for (float value : code.parameters()) {
                assertThat(value).isFinite();
            }
            float[][] others = {row, new float[d], Points.scaled(row, 1e30), Points.scaled(row, 1e-44)};
            try (Coded coded = Coded.of(code, others)) {
                Scorer scorer = code.scorer(coded.slots);
                for (float[] query : new float[][] {row, new float[d], Points.scaled(row, -1)}) {
                    scorer.prepare(query);
                    float[] estimates = coded.score(scorer, 2);
                    assertThat(estimates).doesNotContain(Float.NaN);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void aMeanThatMovedAwayIsNoticed(int bits) {
        CodeKind kind = kind(bits);
        int d = 40;
        float[][] rows = Points.gaussian(random, ROWS, d);
        Code code = Codes.learn(kind, Form.SQUARED_L2, d, new Sphere(0), sample(rows), 1);
        double[] mean = new double[d];
        for (float[] row : rows) {
            for (int i = 0; i < d; i++) {
                mean[i] += row[i] / (double) ROWS;
            }
        }
        double variance = d;
        assertThat(code.hasDrifted(
                        mean, variance + Arrays.stream(mean).map(x -> x * x).sum()))
                .isFalse();
        double[] far = Arrays.stream(mean).map(x -> x + 3).toArray();
        assertThat(code.hasDrifted(
                        far, variance + Arrays.stream(far).map(x -> x * x).sum()))
                .isTrue();
    }
}
