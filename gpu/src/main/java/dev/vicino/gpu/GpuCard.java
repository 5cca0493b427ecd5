package dev.vicino.gpu;

import dev.vicino.card.Card;
import dev.vicino.card.CardRows;
import dev.vicino.card.HostRows;

/** A card by its number, which the driver has for it. */
record GpuCard(Driver driver, int device) implements Card {
    @Override
    public String name() {
        return driver.deviceName(device);
    }

    @Override
    public CardRows load(HostRows rows) {
        return GpuRows.load(driver, device, rows, Limits.DEFAULT);
    }
}
