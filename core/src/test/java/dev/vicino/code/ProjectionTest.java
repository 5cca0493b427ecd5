package dev.vicino.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vicino.memory.Memory;
import dev.vicino.memory.Slots;
import dev.vicino.scan.Distances;
import dev.vicino.scan.Distances.Form;
import dev.vicino.testing.Points;
import dev.vicino.testing.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Principal components: the widest directions, and what codes of them say of distances. At every width, and without SIMD. */
@Tag("kernel")
@Tag("scalar")
@ExtendWith(Seeds.class)
final class ProjectionTest {
    private static final int N = 1000;
    private static final int D = 64;
    private static final int WIDE = 20;
    private static final float NARROW = 0.1f;

    private final Random random = Seeds.random();

    /** Rows that are wide in a few directions, which are no axes, and so much less wide in others; all moved. */
    private float[][] rows(float narrow, float aside) {
        Rotation rotation = new Rotation(D, 3);
        float[][] rows = new float[N][D];
        float[] scratch = new float[D];
        for (float[] row : rows) {
            float[] before = Points.gaussian(random, 1, D)[0];
            for (int i = WIDE; i < D; i++) {
                before[i] *= narrow;
            }
            before[0] += aside;
            rotation.turn(before, row, scratch);
        }
        return rows;
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

    /** What the other directions hold is all that is lost. */
    @ParameterizedTest
    @EnumSource(names = {"SQUARED_L2", "COSINE", "DOT"})
    void theWidestDirectionsAreKept(Form form) {
        float[][] rows = rows(NARROW, 0);
        Projection projection = Projection.learn(WIDE, form, D, sample(rows));
        float[] projected = new float[WIDE];
        float[] back = new float[D];
        double lost = 0;
        double all = 0;
        for (float[] row : rows) {
            projection.project(row, projected);
            projection.turn().back(projected, back);
            for (int i = 0; i < D; i++) {
                lost += (row[i] - back[i]) * (row[i] - back[i]);
                all += row[i] * row[i];
            }
        }
        double narrow = (D - WIDE) * NARROW * NARROW;
        assertThat(lost / all).isLessThan(1.05 * narrow / (WIDE + narrow));
    }

    /** The deviation of estimates from what they are on average, which under L2 is less than the distance. */
    @ParameterizedTest
    @EnumSource(names = {"SQUARED_L2", "COSINE", "DOT"})
    void estimatesAreOffByAboutTheErrorThatIsTold(Form form) {
        float[][] rows = rows(NARROW, 1);
        Code code = Codes.learn(
                new CodeKind.Projected(WIDE / 2, new CodeKind.Float16()), form, D, new Sphere(0), sample(rows), 1);
        float[] first = new float[code.bytes() / Float.BYTES];
        try (Memory memory = Memory.of(first)) {
            Slots slots = Slots.empty(code.bytes(), 1).with(memory);
            Scorer scorer = code.scorer(slots);
            Code.Encoder encoder = code.encoder();
            float[] out = new float[1];
            double sum = 0;
            double squares = 0;
            double errors = 0;
            int count = 0;
            for (int r = 0; r < 200; r++) {
                encoder.encode(rows[r], slots.base(0), slots.at(0));
                for (int q = 200; q < 300; q++) {
                    scorer.prepare(rows[q]);
                    scorer.score(new int[1], 1, out);
                    double off = out[0] - Distances.inDouble(form, rows[r], rows[q]);
                    sum += off;
                    squares += off * off;
                    errors += scorer.error(0) * scorer.error(0);
                    count++;
                }
            }
            double deviation = Math.sqrt(squares / count - sum / count * (sum / count));
            assertThat(deviation / Math.sqrt(errors / count)).isBetween(0.6, 1.6);
        }
    }

    @Test
    void nothingIsLostOfRowsThatFillFewDirections() {
        float[][] rows = rows(0, 0);
        Code code = Codes.learn(
                new CodeKind.Projected(WIDE, new CodeKind.Float16()),
                Form.SQUARED_L2,
                D,
                new Sphere(0),
                sample(rows),
                1);
        float[] back = new float[D];
        MemorySegment bytes = MemorySegment.ofArray(new byte[code.bytes()]);
        for (int r = 0; r < 50; r++) {
            code.encoder().encode(rows[r], bytes, 0);
            code.decode(bytes, 0, back);
            for (int i = 0; i < D; i++) {
                assertThat(back[i]).isCloseTo(rows[r][i], within(0.01f));
            }
        }
    }
}
