package dev.vicino.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vicino.scan.Distances.Form;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** How far beyond its anchor a walk looks. */
final class ReachTest {
    private static final int SIZE = 100_000;

    /** Of distances that grow as the fourth root of the rank, as in four dimensions. */
    private static Reach reach() {
        float[] means = new float[Reach.RANKS.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) Math.pow(Reach.RANKS[i], 0.25);
        }
        return new Reach(means, SIZE);
    }

    private static Width width(int k, int ef) {
        return reach().width(k, ef, SIZE, Form.SQUARED_L2, 0);
    }

    @Test
    void looksAsFarAsTheRankOfEffortLies() {
        for (int ef : new int[] {12, 50, 200, 1000}) {
            assertThat(width(10, ef).factor()).isCloseTo((float) Math.pow(ef / 10.0, 0.25) - 1, byAHundredth());
            assertThat(width(10, ef).capacity()).isGreaterThan(ef);
        }
    }

    @Test
    void goesByTheLastOneWanted() {
        assertThat(width(100, 200).anchor()).isEqualTo(100);
        assertThat(width(100, 200).factor()).isCloseTo((float) Math.pow(2, 0.25) - 1, byAHundredth());
        assertThat(width(1, 64).anchor()).as("one neighbour tells little").isEqualTo(10);
        assertThat(width(100, 100).factor()).as("no farther than the last").isZero();
    }

    @Test
    void measuresCosineFromMinusOne() {
        Width width = reach().width(10, 160, SIZE, Form.COSINE, 0);
        assertThat(width.factor()).isCloseTo(1, byAHundredth());
        assertThat(width.bound(-0.75f)).isCloseTo(-0.5f, byAHundredth());
    }

    @Test
    void looksNoLessFarThanTheError() {
        assertThat(reach().width(10, 11, SIZE, Form.SQUARED_L2, 0.5f).bound(0.01f))
                .as("a near-duplicate, told by a code that is off by more than its distance")
                .isCloseTo(0.51f, byAHundredth());
    }

    @Test
    void holdsAllOfEffortWhereNothingIsKnownOrTheGraphIsSmall() {
        assertThat(Reach.NONE.width(10, 64, SIZE, Form.COSINE, 0)).isEqualTo(Width.fixed(64));
        assertThat(reach().width(10, 64, 190, Form.COSINE, 0)).isEqualTo(Width.fixed(64));
    }

    @Test
    void isOutdatedWhenASixteenthWasAdded() {
        assertThat(Reach.NONE.isOutdated(Reach.FEWEST - 1, Reach.FEWEST)).isFalse();
        assertThat(Reach.NONE.isOutdated(Reach.FEWEST, Reach.FEWEST)).isTrue();
        assertThat(reach().isOutdated(SIZE, SIZE / 16 - 1)).isFalse();
        assertThat(reach().isOutdated(SIZE, SIZE / 16)).isTrue();
    }

    private static Offset<Float> byAHundredth() {
        return Offset.offset(0.01f);
    }
}
