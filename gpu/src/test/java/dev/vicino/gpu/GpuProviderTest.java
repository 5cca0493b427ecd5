package dev.vicino.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.vicino.card.CardException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is missing is named. */
final class GpuProviderTest {
    private final FakeDriver driver = new FakeDriver(FakeDriver.CAPACITY, new Random(1));

    @Test
    void aDriver() {
        assertThatExceptionOfType(CardException.class)
                .isThrownBy(() -> CudaLibrary.load("libcuda.so.none"))
                .withMessage(
                        "device = gpu, but libcuda.so.none cannot be loaded: expected the driver of an NVIDIA card");
    }

    @Test
    void aCard() {
        driver.withDevices(0, 0);
        assertThatExceptionOfType(CardException.class)
                .isThrownBy(() -> GpuProvider.find(driver))
                .withMessage("device = gpu, but the driver knows no card: expected at least 1");
    }

    @Test
    void aCardThatIsNewEnough() {
        driver.withDevices(1, 75);
        assertThatExceptionOfType(CardException.class)
                .isThrownBy(() -> GpuProvider.find(driver))
                .withMessage("device = gpu, but Fake 0 has compute capability 7.5, expected at least 8.0");
        driver.withDevices(1, 80);
        assertThat(GpuProvider.find(driver).name()).isEqualTo("Fake 0");
    }
}
