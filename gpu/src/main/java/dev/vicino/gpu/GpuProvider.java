package dev.vicino.gpu;

import dev.vicino.card.Card;
import dev.vicino.card.CardException;
import dev.vicino.card.CardProvider;

/** Finds the first card of NVIDIA's, of the generation of Ampere or later. */
public final class GpuProvider implements CardProvider {
    /** Ampere: the first that copies to shared memory on its own, which the kernels rely on. */
    private static final int LEAST_CAPABILITY = 80;

    private static final int FIRST = 0;

    @Override
    public String kind() {
        return "gpu";
    }

    @Override
    public Card find() {
        return find(new CudaDriver(CudaLibrary.load()));
    }

    static Card find(Driver driver) {
        if (driver.deviceCount() == 0) {
            throw new CardException("device = gpu, but the driver knows no card: expected at least 1");
        }
        int capability = driver.computeCapability(FIRST);
        if (capability < LEAST_CAPABILITY) {
            throw new CardException("device = gpu, but %s has compute capability %d.%d, expected at least %d.%d"
                    .formatted(
                            driver.deviceName(FIRST),
                            capability / 10,
                            capability % 10,
                            LEAST_CAPABILITY / 10,
                            LEAST_CAPABILITY % 10));
        }
        return new GpuCard(driver, FIRST);
    }
}
