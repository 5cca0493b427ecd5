package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SweepTest {
    private final Sweep sweep =
            new Sweep("a", new int[] {10, 20}, new double[] {0.9, 0.95}, new double[][] {{8, 4}, {12, 6}, {40, 5}});

    @Test
    void aRecallHasASpeedInEveryRound() {
        assertThat(sweep.qpsAt(0.95)).containsExactly(4, 6, 5);
        assertThat(sweep.qpsAt(0.5)).containsExactly(8, 12, 40);
        assertThat(sweep.qpsAt(0.96)).isEmpty();
    }

    @Test
    void theMedianCurveHasTheMediansOfAllRounds() {
        assertThat(sweep.median().points()).containsExactly(new Point(10, 0.9, 12), new Point(20, 0.95, 5));
    }

    @Test
    void aCurveRowHasNothingWhereARecallIsNotReached() {
        CurveRow row = CurveRow.of(sweep, true);

        assertThat(row.qpsAt()).containsEntry("0.95", 5.0).containsEntry("0.99", null);
    }
}
