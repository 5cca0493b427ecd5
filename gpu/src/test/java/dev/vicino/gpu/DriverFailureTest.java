package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.Metric;
import dev.vicino.VectorIndex;
import dev.vicino.Vectors;
import dev.vicino.Vicino;
import dev.vicino.card.CardException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes wrong on the card, at any call: an exception with the driver's words, and nothing is left behind. */
@ExtendWith(Seeds.class)
final class DriverFailureTest {
    private final Random random = Seeds.random();

    @Test
    void whateverFailsIsToldAndEverythingIsGivenBack() {
        int calls = 0;
        while (!succeeds(calls)) {
            calls++;
        }
        assertThat(calls).isGreaterThan(40);
    }

    private boolean succeeds(int calls) {
        FakeDriver driver = new FakeDriver(FakeDriver.CAPACITY, random);
        FakeProvider.has(new FakeCard(driver, true));
        driver.failAfter(calls);
        boolean succeeds = false;
        try (Vectors vectors = Vectors.of(Seeds.rows(random, 300, 10));
                VectorIndex index = Vicino.index(vectors)
                        .metric(Metric.L2)
                        .spec("Flat(device=gpu)")
                        .build()) {
            index.search(Seeds.rows(random, 1, 10)[0], 5);
            succeeds = true;
        } catch (CardException e) {
            assertThat(e).hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED, unspecified launch failure");
        }
        assertThat(driver.hasNothing()).as("after %s calls", calls).isTrue();
        return succeeds;
    }

    /** The index goes on when the card does. */
    @Test
    void aSearchThatFailedDoesNotHarmTheNext() {
        FakeDriver driver = new FakeDriver(FakeDriver.CAPACITY, random);
        FakeProvider.has(new FakeCard(driver, true));
        float[][] rows = Seeds.rows(random, 3000, 10);
        try (VectorIndex index =
                Vicino.index(Vectors.of(rows)).spec("Flat(device=gpu)").build()) {
            int calls = 0;
            while (fails(index, driver, calls, rows[7])) {
                driver.failAfter(Integer.MAX_VALUE);
                assertThat(index.search(rows[7], 5).id(0)).isEqualTo(7);
                calls++;
            }
            assertThat(calls).isGreaterThan(10);
            driver.failAfter(Integer.MAX_VALUE);
        }
        assertThat(driver.hasNothing()).isTrue();
    }

    private static boolean fails(VectorIndex index, FakeDriver driver, int calls, float[] query) {
        driver.failAfter(calls);
        try {
            index.search(query, 5);
            return false;
        } catch (CardException e) {
            assertThat(e).hasMessageContaining("CUDA_ERROR_LAUNCH_FAILED");
            return true;
        }
    }

    @Test
    void aCardThatIsTooSmallSaysSo() {
        FakeDriver driver = new FakeDriver(1 << 16, random);
        FakeProvider.has(new FakeCard(driver, true));
        try (Vectors vectors = Vectors.of(Seeds.rows(random, 300, 100))) {
            assertThatExceptionOfType(CardException.class)
                    .isThrownBy(
                            () -> Vicino.index(vectors).spec("Flat(device=gpu)").build())
                    .withMessageContaining("CUDA_ERROR_OUT_OF_MEMORY");
        }
        assertThat(driver.hasNothing()).isTrue();
    }
}
