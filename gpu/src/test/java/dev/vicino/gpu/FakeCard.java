package dev.vicino.gpu;

import dev.vicino.card.Card;
import dev.vicino.card.HostRows;

/** A card that there is not, with limits that suit small data. */
record FakeCard(FakeDriver driver, Limits limits) implements Card {
    /** Some blocks of rows, and more queries than there are at once; rows go where there is room, on the card or through it. */
    FakeCard(FakeDriver driver, boolean resident) {
        this(driver, new Limits(24, 2, 1 << 18, resident ? 0.9 : 0));
    }

    @Override
    public String name() {
        return driver.deviceName(0);
    }

    @Override
    public GpuRows load(HostRows rows) {
        return GpuRows.load(driver, 0, rows, limits);
    }
}
