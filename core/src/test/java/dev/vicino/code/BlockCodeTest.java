package dev.vicino.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.memory.Memory;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rows in blocks: their distances are as near to the true ones as they say, wherever a row lies. At every width, and without SIMD. */
@Tag("kernel")
@Tag("scalar")
@ExtendWith(Seeds.class)
final class BlockCodeTest {
    private static final int ROWS = 100;

    private final Random random = Seeds.random();

    /** Rows of a list, in blocks that begin anywhere. */
    private record Packed(BlockCode code, Memory memory) implements AutoCloseable {
        private static final long FROM = 64;

        static Packed of(BlockCode code, float[][] rows, float[] origin) {
            int blocks = Math.ceilDiv(rows.length, BlockCode.ROWS);
            Packed packed = new Packed(code, Memory.allocate(FROM + (long) blocks * code.blockBytes()));
            BlockCode.Packer packer = code.packer();
            packer.origin(origin);
            for (int r = 0; r < rows.length; r++) {
                packer.put(rows[r], packed.base(), packed.block(r), r % BlockCode.ROWS);
            }
            return packed;
        }

        MemorySegment base() {
            return memory.base();
        }

        long block(int row) {
            return memory.start() + FROM + (long) (row / BlockCode.ROWS) * code.blockBytes();
        }

        float[] score(BlockScorer scorer, int rows) {
            int blocks = Math.ceilDiv(rows, BlockCode.ROWS);
            float[] out = new float[blocks * BlockCode.ROWS];
            scorer.score(base(), block(0), blocks, out);
            return out;
        }

        @Override
        public void close() {
            memory.close();
        }
    }

    static Stream<Arguments> codes() {
        return Stream.of(Form.values()).flatMap(form -> kinds(form).stream().map(kind -> Arguments.of(kind, form)));
    }

    private static List<CodeKind> kinds(Form form) {
        return form == Form.L1
                ? List.of(new CodeKind.Float32(), new CodeKind.Int8())
                : List.of(
                        new CodeKind.Float32(),
                        new CodeKind.Int8(),
                        new CodeKind.RaBitQ(1),
                        new CodeKind.RaBitQ(2),
                        new CodeKind.RaBitQ(4),
                        new CodeKind.RaBitQ(7),
                        new CodeKind.Product(new TurnKind.None(), 11, 4, false),
                        new CodeKind.Product(new TurnKind.None(), 32, 4, true),
                        new CodeKind.Product(new TurnKind.Random(), 5, 4, true));
    }

    /** Rows of one list. */
    private static Sample sample(Form form, float[][] rows) {
        float[] centroid = centroid(form, rows);
        return new Sample() {
            @Override
            public void origin(int place, float[] into) {
                System.arraycopy(centroid, 0, into, 0, into.length);
            }

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

    /** Where the rows of a list lie about, as lists have it. */
    private static float[] centroid(Form form, float[][] rows) {
        float[] mean = new float[rows[0].length];
        float[] row = new float[mean.length];
        for (float[] each : rows) {
            System.arraycopy(each, 0, row, 0, row.length);
            if (form == Form.COSINE) {
                Sphere.normalise(each, row);
            }
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row[i] / rows.length;
            }
        }
        return mean;
    }

    @ParameterizedTest
    @MethodSource("codes")
    void distancesAreOffByAboutTheErrorThatIsTold(CodeKind kind, Form form) {
        for (int d : new int[] {33, 64, 200}) {
            float[][] rows = aside(ROWS, d);
            BlockCode code = BlockCodes.learn(kind, form, d, sample(form, rows), 2);
            float[] origin = centroid(form, rows);
            try (Packed packed = Packed.of(code, rows, origin)) {
                BlockScorer scorer = code.scorer();
                double squares = 0;
                double errors = 0;
                for (float[] query : aside(50, d)) {
                    scorer.prepare(query);
                    scorer.origin(origin);
                    float[] out = packed.score(scorer, ROWS);
                    for (int r = 0; r < ROWS; r++) {
                        double off = out[r] - Distances.inDouble(form, rows[r], query);
                        double error = scorer.error(packed.base(), packed.block(r), r % BlockCode.ROWS);
                        squares += off * off;
                        errors += error * error;
                    }
                }
                if (kind instanceof CodeKind.Float32) {
                    assertThat(errors).isZero();
                    assertThat(Math.sqrt(squares / (50 * ROWS))).isLessThan(1e-4);
                } else {
                    assertThat(Math.sqrt(squares / errors)).as("d = %s", d).isBetween(0.5, 1.8);
                }
            }
        }
    }

    /** Points far from where all values are zero. */
    private float[][] aside(int count, int d) {
        float[][] points = Points.gaussian(random, count, d);
        for (float[] point : points) {
            point[0] += 5;
        }
        return points;
    }

    /** Whatever else is in its block, and of whatever block it was before. */
    @ParameterizedTest
    @MethodSource("codes")
    void aRowIsAsFarAwayWhereverItLies(CodeKind kind, Form form) {
        int d = 70;
        float[][] rows = Points.gaussian(random, ROWS, d);
        BlockCode code = BlockCodes.learn(kind, form, d, sample(form, rows), 2);
        float[] origin = centroid(form, rows);
        BlockScorer scorer = code.scorer();
        scorer.prepare(Points.gaussian(random, 1, d)[0]);
        scorer.origin(origin);
        try (Packed packed = Packed.of(code, rows, origin);
                Packed other = Packed.of(code, Points.gaussian(random, ROWS, d), origin)) {
            float[] before = packed.score(scorer, ROWS);
            float[] otherBefore = other.score(scorer, ROWS);
            BlockCode.Packer packer = code.packer();
            for (int r = 0; r < ROWS; r += 3) {
                int to = ROWS - 1 - r;
                packer.move(
                        packed.base(),
                        packed.block(r),
                        r % BlockCode.ROWS,
                        other.base(),
                        other.block(to),
                        to % BlockCode.ROWS);
                otherBefore[to] = before[r];
                assertThat(scorer.error(other.base(), other.block(to), to % BlockCode.ROWS))
                        .isEqualTo(scorer.error(packed.base(), packed.block(r), r % BlockCode.ROWS));
            }
            assertThat(Arrays.copyOf(other.score(scorer, ROWS), ROWS)).isEqualTo(Arrays.copyOf(otherBefore, ROWS));
        }
    }

    @ParameterizedTest
    @MethodSource("codes")
    void aCodeIsReadAsItWasWritten(CodeKind kind, Form form) {
        int d = 40;
        float[][] rows = Points.gaussian(random, ROWS, d);
        BlockCode code = BlockCodes.learn(kind, form, d, sample(form, rows), 2);
        float[] origin = centroid(form, rows);
        try (Packed packed = Packed.of(code, rows, origin);
                Memory parameters = Memory.of(code.parameters());
                Memory wrong = Memory.of(new float[code.parameters().length + 1])) {
            BlockCode read = BlockCodes.open(kind, form, d, parameters);
            assertThat(read).isNotNull();
            try (Packed again = Packed.of(read, rows, origin)) {
                assertThat(again.memory.segment().mismatch(packed.memory.segment()))
                        .isEqualTo(-1);
            }
            assertThat(BlockCodes.open(kind, form, d, wrong)).isNull();
        }
    }

    /** Single precision cannot square some of these. */
    @ParameterizedTest
    @EnumSource(Form.class)
    void flatBlocksAreAsExactAsExactSearch(Form form) {
        int d = 37;
        float[][] rows = Points.gaussian(random, ROWS, d);
        rows[3] = new float[d];
        rows[40][2] = 1e30f;
        Arrays.fill(rows[50], 1e-25f);
        BlockCode code = new FlatBlocks(form, d);
        try (Packed packed = Packed.of(code, rows, new float[d]);
                ExactRows exact = ExactRows.of(form, rows)) {
            BlockScorer scorer = code.scorer();
            for (float[] query : List.of(rows[7], rows[3], rows[40], rows[50], Points.gaussian(random, 1, d)[0])) {
                scorer.prepare(query);
                float[] out = packed.score(scorer, ROWS);
                for (int r = 0; r < ROWS; r++) {
                    assertThat(out[r]).as("row %s", r).isEqualTo(exact.distance(query, r), within(0f));
                }
            }
        }
    }
}
