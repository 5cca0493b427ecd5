package dev.vicino.card;

/** A card that rows can be put on. Safe for use by any number of threads. */
public interface Card {
    /** What its maker calls it. */
    String name();

    /**
     * Puts rows on the card, or makes ready to send them through it where they do not fit.
     *
     * @param rows that stay readable until what is returned is closed
     * @throws CardException when the card, or its memory, does not allow it
     */
    CardRows load(HostRows rows);
}
