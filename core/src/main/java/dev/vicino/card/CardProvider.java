package dev.vicino.card;

/** Knows one kind of card. Named in {@code META-INF/services/dev.vicino.card.CardProvider}; has a constructor without parameters. */
public interface CardProvider {
    /** The word for the kind in a spec, {@code gpu}. */
    String kind();

    /**
     * The first card.
     *
     * @throws CardException saying what is missing
     */
    Card find();
}
