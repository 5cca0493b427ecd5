package dev.vicino.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import org.junit.jupiter.api.Test;

/** An index on a card where nothing knows any. */
final class CardsTest {
    @Test
    void saysWhatIsMissing() {
        assertThatExceptionOfType(CardException.class)
                .isThrownBy(() -> Cards.find("gpu"))
                .withMessage("device = gpu, but nothing knows such cards: expected vicino-gpu on the class path");
    }

    @Test
    void leavesTheVectorsToTheCaller() {
        try (Vectors vectors = Vectors.of(new float[][] {{1, 2}, {3, 4}})) {
            assertThatExceptionOfType(CardException.class)
                    .isThrownBy(
                            () -> Vicino.index(vectors).spec("Flat(device=gpu)").build());
            try (VectorIndex index = Vicino.index(vectors).build()) {
                assertThat(index.search(new float[] {1, 2}, 1).id(0)).isZero();
            }
        }
    }
}
