package dev.vicino.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.code.Code;
import dev.vicino.code.CodeKind;
import dev.vicino.code.Codes;
import dev.vicino.code.Sphere;
import dev.vicino.io.Progress;
import dev.vicino.kernel.Rows;
import dev.vicino.memory.Memory;
import dev.vicino.rows.RowStore;
import dev.vicino.scan.Distances.Form;
import dev.vicino.scan.Norms;
import dev.vicino.testing.Points;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a code has to be learnt anew, and when the vectors have come to rest. The data is the same in every run. */
final class DriftTest {
    private static final int D = 20;
    private static final int ROWS = 500;

    private final Random random = new Random(61);

    private static CodeKind kind(int bits) {
        return bits == Byte.SIZE ? new CodeKind.Int8() : new CodeKind.RaBitQ(bits);
    }

    /** Rows, what was learnt from them, and the account of their mean. */
    private record Watched(Memory memory, Norms norms, RowStore rows, Learnt learnt, Drift drift)
            implements AutoCloseable {
        static Watched of(int bits, float[][] values) {
            Memory memory = Memory.allocate(4L * ROWS * D);
            for (int r = 0; r < ROWS; r++) {
                MemorySegment.copy(values[r], 0, memory.segment(), Memory.FLOAT, 4L * r * D, D);
            }
            Norms norms = Norms.compute(Rows.of(memory, ROWS, D), false, Progress.NONE);
            RowStore rows = new RowStore(Form.SQUARED_L2, memory, null, norms, ROWS, D);
            Code code = Codes.learn(kind(bits), Form.SQUARED_L2, D, new Sphere(0), rows, 1);
            Learnt learnt = new Learnt(code, new Sphere(0), ROWS, Double.NaN);
            Drift drift = new Drift(rows);
            drift.begin(slot -> true);
            return new Watched(memory, norms, rows, learnt, drift);
        }

        /** How often something had to be learnt while rows were added one after the other, the code staying what it is. */
        int timesTooFar(float[][] more) {
            int times = 0;
            for (float[] row : more) {
                drift.added(row);
                times += drift.isTooFar(learnt) ? 1 : 0;
            }
            return times;
        }

        @Override
        public void close() {
            rows.close();
            norms.memory().close();
            memory.close();
        }
    }

    private float[][] gaussian(int count, float at) {
        return Arrays.stream(Points.gaussian(random, count, D))
                .map(row -> Points.moved(row, at))
                .toArray(float[][]::new);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void rowsThatMoveAreNoticedAndComeToRest(int bits) {
        try (Watched watched = Watched.of(bits, gaussian(ROWS, 0))) {
            assertThat(watched.timesTooFar(gaussian(ROWS, 0))).isZero();
            assertThat(watched.drift.isMoving()).isFalse();
            float[][] far = gaussian(ROWS, 20);
            assertThat(watched.timesTooFar(far)).isPositive();
            for (float[] row : far) {
                watched.drift.removed(row);
            }
            assertThat(watched.drift.isMoving()).isTrue();
            assertThat(watched.timesTooFar(gaussian(4 * ROWS, 0))).isZero();
            assertThat(watched.drift.isMoving()).isFalse();
        }
    }

    /** One row far out takes all the range of a byte: no code that is learnt of such rows fits, however often. */
    @Test
    void whatNeverFitsIsNotLearntAgainAndAgain() {
        float[][] rows = gaussian(ROWS, 0);
        rows[7] = Points.moved(rows[7], 10_000);
        try (Watched watched = Watched.of(8, rows)) {
            assertThat(watched.learnt.code().hasDrifted(new double[D], D)).isTrue();
            assertThat(watched.timesTooFar(gaussian(ROWS, 0))).isZero();
            assertThat(watched.drift.isMoving()).isFalse();
        }
    }
}
