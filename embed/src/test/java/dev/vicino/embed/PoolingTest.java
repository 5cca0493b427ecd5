package dev.vicino.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class PoolingTest {
    @Test
    void meanOfTokensIsScaledToUnitNorm() {
        var tokens = FloatBuffer.wrap(new float[] {1, 0, 5, 8}); // mean (3, 4), norm 5

        assertThat(Pooling.unitMean(tokens, 2)).containsExactly(new float[] {0.6f, 0.8f}, within(1e-6f));
    }

    @Test
    void oneTokenIsItsOwnMean() {
        assertThat(Pooling.unitMean(FloatBuffer.wrap(new float[] {0, -2, 0}), 3))
                .containsExactly(new float[] {0, -1, 0}, within(1e-6f));
    }
}
