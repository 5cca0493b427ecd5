package dev.vicino.card;

import java.util.ServiceLoader;

/** Finds cards. */
public final class Cards {
    private Cards() {}

    /**
     * The first card of a kind.
     *
     * @param kind the word for it in a spec
     * @throws CardException naming what is missing: the module that knows the kind, the driver or the card
     */
    public static Card find(String kind) {
        for (CardProvider provider : ServiceLoader.load(CardProvider.class, Cards.class.getClassLoader())) {
            if (provider.kind().equals(kind)) {
                return provider.find();
            }
        }
        throw new CardException(
                "device = " + kind + ", but nothing knows such cards: expected vicino-" + kind + " on the class path");
    }
}
