package dev.vicino.bench.ann;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class CurveTest {
    private static final Point FAST = new Point(10, 0.90, 1000);
    private static final Point GOOD = new Point(40, 0.99, 100);

    @Test
    void theFrontLeavesOutWhatIsBeatenInBoth() {
        Point beaten = new Point(20, 0.89, 900);
        Point alike = new Point(21, 0.90, 900);
        Point slower = new Point(60, 0.99, 99);

        assertThat(new Curve(List.of(slower, GOOD, beaten, alike, FAST)).front())
                .containsExactly(FAST, GOOD);
    }

    @Test
    void ofTwoEquallyFastTheBetterIsOnTheFront() {
        Point better = new Point(11, 0.91, 1000);

        assertThat(new Curve(List.of(FAST, better)).front()).containsExactly(better);
    }

    @Test
    void speedIsInterpolatedOverTheLogarithmOfWhatIsMissed() {
        var curve = new Curve(List.of(FAST, GOOD));
        double half = 1 - Math.sqrt(0.1 * 0.01);

        assertThat(curve.qpsAt(half).orElseThrow()).isCloseTo(Math.sqrt(1000 * 100), within(1e-6));
        assertThat(curve.qpsAt(0.90).orElseThrow()).isCloseTo(1000, within(1e-6));
        assertThat(curve.qpsAt(0.99).orElseThrow()).isCloseTo(100, within(1e-6));
    }

    @Test
    void belowTheFirstPointItIsThatPointsSpeed() {
        assertThat(new Curve(List.of(GOOD)).qpsAt(0.5)).hasValue(100);
    }

    @Test
    void aboveTheLastPointThereIsNone() {
        assertThat(new Curve(List.of(FAST, GOOD)).qpsAt(0.991)).isEmpty();
        assertThat(new Curve(List.of()).qpsAt(0.1)).isEmpty();
    }

    @Test
    void aRecallOfOneIsAPointLikeOthers() {
        var curve = new Curve(List.of(FAST, new Point(99, 1.0, 10)));

        assertThat(curve.qpsAt(0.99).orElseThrow()).isBetween(10.0, 1000.0);
        assertThat(curve.qpsAt(1.0).orElseThrow()).isCloseTo(10, within(1e-6));
    }
}
